// One request, answered: the whole way of an upload, to be read from top to bottom in upload.cpp.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

#include "http_client.h"
#include "request.h"
#include "settings.h"

namespace s3drop {

// What an upload needs of the outside, passed in.
struct World {
    HttpClient& s3;
    std::function<std::chrono::system_clock::time_point()> now;
    std::function<std::string()> random_hex;    // 32 digits, unpredictable
    std::function<void(std::string_view)> log;  // takes one line, without its end
};

// Reads the request, does what it asks for and writes the one reply. Throws nothing that comes of
// the request, and leaves the unread rest of the body to the caller.
void serve(Request& request, const Settings& settings, const World& world);

// Answers every upload with 500: the settings are missing or wrong.
void serve_unconfigured(Request& request, const std::string& problems, const World& world);

}  // namespace s3drop
