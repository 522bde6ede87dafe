// What is known about a request so far. The reply and the log line are made from it, whether the
// request succeeds or fails.
#pragma once

#include <chrono>

#include "reply/log.h"
#include "reply/outcome.h"

namespace s3drop {

struct Progress {
    Outcome outcome;
    LogEntry log;
    bool several = false;  // the form has several files, so a failure names the one it is about
};

inline std::chrono::milliseconds between(std::chrono::system_clock::time_point begin,
                                         std::chrono::system_clock::time_point end) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(end - begin);
}

}  // namespace s3drop
