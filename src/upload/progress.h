// What is known of a request so far. It grows as the request goes its way, and the reply and the
// log line are made from it, whether it gets to the end or not.
#pragma once

#include <chrono>

#include "reply/log.h"
#include "reply/outcome.h"

namespace s3drop {

struct Progress {
    Outcome outcome;
    LogEntry log;
    bool several = false;  // files in the form: a failure then says which one it is about
};

inline std::chrono::milliseconds between(std::chrono::system_clock::time_point begin,
                                         std::chrono::system_clock::time_point end) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(end - begin);
}

}  // namespace s3drop
