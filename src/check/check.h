// `upload.fcgi --check`: the tool for the first hour. It reads the settings as an upload would,
// says what it found, and tries the way to S3 step by step, up to a small object that is written to
// the first bucket and deleted again. Every line is ok or failed; what failed says what to do about
// it. Nothing here shows a secret.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "http/http_client.h"
#include "process/sandbox.h"
#include "settings/settings.h"
#include "upload/form_upload.h"

namespace s3drop {

struct CheckLine {
    std::string subject;  // what was looked at
    bool ok = true;
    std::string finding;  // what was seen
    std::string advice;   // what to do; where it is ok, what to think of; "": nothing
};

using CheckReport = std::vector<CheckLine>;

// Adds a line of something that is in order.
inline void pass(CheckReport& report, const std::string& subject, const std::string& finding) {
    report.push_back({subject, true, finding, ""});
}

// The outside of a check: the environment, with the names in it, and a client made from settings.
struct CheckContext {
    Lookup environment;
    std::vector<std::string> environment_names;
    std::function<std::unique_ptr<HttpClient>(const Settings&)> client;
    std::function<Sandbox(const Settings&)>
        sandbox;  // restricts this process, as it would a worker
    std::function<std::chrono::system_clock::time_point()> now;
    std::function<std::string()> random_hex;
};

// A step that depends on one that failed is left out. Throws nothing of what it checks.
CheckReport check(const CheckContext& context);

bool all_ok(const CheckReport& report);

// A line each: "ok      subject: finding", or "FAILED  …" with the advice below it.
std::string check_text(const CheckReport& report);

// {"ok":false,"checks":[{"subject","ok","finding","advice"}…]}
std::string check_json(const CheckReport& report);

}  // namespace s3drop
