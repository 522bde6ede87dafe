// The log: one line for each upload, name=value in a fixed order, for people and for grep.
//
//     time=2026-01-31T12:00:00Z id=… status=201 bucket=demo key="a b.txt" bytes=5 type=text/plain
//     ms=12 s3_ms=8 attempts=1 s3_id=tx… remote=192.0.2.7 user=- [error="…"]
//
// A value that contains a space, a quotation mark, a backslash or "=" is quoted. A missing value is
// "-". Control characters and invalid UTF-8 become "?", so that no one can forge a line. A line
// never contains a secret.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "base/failure.h"

namespace s3drop {

struct LogEntry {
    std::chrono::system_clock::time_point time;
    std::string request_id;
    Status status = Status::created;
    std::string bucket;
    std::string key;
    std::uint64_t bytes = 0;
    std::string content_type;
    std::chrono::milliseconds total{0};
    std::chrono::milliseconds at_s3{0};
    int attempts = 0;
    std::string s3_request_id;
    std::string remote_address;
    std::string user;
    std::string error;  // "" if the upload was stored
};

// Returns the line without its line end.
std::string log_line(const LogEntry& entry);

}  // namespace s3drop
