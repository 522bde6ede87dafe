// Files in folders where other users can create files too, such as /tmp.
#pragma once

#include <sys/stat.h>

namespace s3drop {

// Whether it is safe to write to a file: it is a regular file, owned by this process's user or by
// root. `status` must be that of the file itself, from lstat() or fstat(), because another user may
// have put a link, a pipe or a file there.
bool is_own_file(const struct stat& status);

}  // namespace s3drop
