// Files at paths where others can make files too, such as in /tmp.
#pragma once

#include <sys/stat.h>

namespace s3drop {

// Whether a file can be trusted to be written to: a regular file of this process's user or of root.
// `status` is that of the file itself, from lstat() or fstat(): somebody else may have put a link,
// a pipe or a file of theirs there.
bool is_own_file(const struct stat& status);

}  // namespace s3drop
