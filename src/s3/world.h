// What an upload needs of the outside, passed in.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "http/http_client.h"

namespace s3drop {

// What a worker has learned of its stores, so that the next upload need not learn it again.
struct Learned {
    struct Redirect {
        std::string host;  // "": as before
        std::string region;
    };

    std::map<std::string, std::chrono::seconds> clock_offsets;  // by authority: S3's, less ours
    std::set<std::string> whole_only;                           // authorities that take no chunks
    // By authority and bucket: where S3 has redirected to for good.
    std::map<std::string, Redirect> redirects;
};

struct World {
    HttpClient& s3;
    Learned& learned;
    std::function<std::chrono::system_clock::time_point()> now;
    std::function<void(std::chrono::milliseconds)> wait;
    std::function<std::string()> random_hex;    // 32 digits, unpredictable
    std::function<void(std::string_view)> log;  // takes one line, without its end
};

}  // namespace s3drop
