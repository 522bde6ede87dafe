// What a check needs from outside the program. Passed in, so that tests can replace it.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/lookup.h"
#include "http/http_client.h"
#include "process/sandbox.h"
#include "settings/settings.h"

namespace s3drop {

struct CheckContext {
    Lookup environment;
    std::vector<std::string> environment_names;
    std::function<std::unique_ptr<HttpClient>(const Settings&)> client;
    // Restricts this process in the same way as a worker.
    std::function<Sandbox(const Settings&)> sandbox;
    std::function<std::chrono::system_clock::time_point()> now;
    std::function<std::string()> random_hex;
};

}  // namespace s3drop
