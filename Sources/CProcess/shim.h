#pragma once

#include <sys/prctl.h>

/// Forbids images of this process's memory, also those that are piped to a program, and looks into it by others.
///
/// `prctl` takes a variable list of arguments, which Swift cannot call.
static inline int forbid_memory_images(void) {
  return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}
