// The signals that would end the process where write() can report an error instead.
#pragma once

namespace s3drop {

// Ignores SIGPIPE (the web server is gone: the current upload is finished anyway) and SIGXFSZ (a
// file has reached the limit on file sizes).
void ignore_signals_of_writes();

}  // namespace s3drop
