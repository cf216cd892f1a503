#pragma once

/// The commit that the program was built from; empty when nobody named one.
const char *_Nonnull build_commit(void);
