// The signals that would end the process where write() can report an error instead.
#pragma once

namespace s3drop {

// Ignores SIGPIPE, which says that the web server is gone: the upload in hand is finished anyway.
// And SIGXFSZ, which says that a file has reached the limit on the size of files.
void ignore_signals_of_writes();

}  // namespace s3drop
