// Reads what a client still sends after its answer was written.
//
// A connection that is closed with bytes unread is reset, and the answer is lost with it: the
// browser shows an error of its own and not why its upload was refused.
#pragma once

namespace s3drop {

// Reads and drops until the end, but for 10 seconds in all and 2 of silence at most, so that no
// client can hold a worker.
void drain(int descriptor);

}  // namespace s3drop
