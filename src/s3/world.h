// What an upload needs from outside the program. Passed in, so that tests can replace it.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "http/http_client.h"

namespace s3drop {

// What a worker has learned about its stores, so that later uploads need not learn it again.
struct Learned {
    struct Redirect {
        std::string host;    // "": unchanged
        std::string region;  // "": unchanged
    };

    std::map<std::string, std::chrono::seconds>
        clock_offsets;                 // by authority: S3's clock minus ours
    std::set<std::string> whole_only;  // authorities that do not support chunks
    // By authority and bucket: where S3 has redirected to permanently.
    std::map<std::string, Redirect> redirects;
};

struct World {
    HttpClient& s3;
    Learned& learned;
    std::function<std::chrono::system_clock::time_point()> now;
    std::function<void(std::chrono::milliseconds)> wait;
    std::function<std::string()> random_hex;    // 32 digits, unpredictable
    std::function<void(std::string_view)> log;  // takes one line, without its line end
};

}  // namespace s3drop
