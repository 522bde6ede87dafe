#include "base/own_file.h"

#include <unistd.h>

namespace s3drop {

bool is_own_file(const struct stat& status) {
    return S_ISREG(status.st_mode) && (status.st_uid == geteuid() || status.st_uid == 0);
}

}  // namespace s3drop
