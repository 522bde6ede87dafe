// Reads what a client still sends after the reply was written.
//
// If a connection is closed with unread bytes, it is reset and the reply is lost: the browser shows
// an error of its own instead of the reason why the upload was refused.
#pragma once

namespace s3drop {

// Reads and discards until the end, for at most 10 seconds in total and 2 seconds of silence, so
// that no client can occupy a worker.
void drain(int descriptor);

}  // namespace s3drop
