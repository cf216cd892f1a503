#pragma once

#include <sys/prctl.h>
#include <sys/types.h>

/// Forbids images of this process's memory, also those that are piped to a program, and looks into it by others.
///
/// `prctl` takes a variable list of arguments, which Swift cannot call.
static inline int forbid_memory_images(void) {
  return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

/// Linux alone has it, so that Glibc's own module leaves it out.
int sync_file_range(int file, __off64_t start, __off64_t length, unsigned int flags);

/// Has what changed in a file written to the disk, and does not wait for it: SYNC_FILE_RANGE_WRITE, to the file's end.
static inline int begin_write_back(int file) {
  return sync_file_range(file, 0, 0, 2);
}
