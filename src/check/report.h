// What a check has found: a line for each thing that was looked at.
#pragma once

#include <string>
#include <vector>

namespace s3drop {

struct CheckLine {
    std::string subject;  // what was looked at
    bool ok = true;
    std::string finding;  // what was seen
    std::string advice;   // what to do; where it is ok, what to think of; "": nothing
};

using CheckReport = std::vector<CheckLine>;

// Adds a line: something is right, or wrong with advice on what to do about it.
void pass(CheckReport& report, const std::string& subject, const std::string& finding);
void fail(CheckReport& report, const std::string& subject, const std::string& finding,
          const std::string& advice);

bool all_ok(const CheckReport& report);

// A line each: "ok      subject: finding", or "FAILED  …" with the advice below it.
std::string check_text(const CheckReport& report);

// {"ok":false,"checks":[{"subject","ok","finding","advice"}…]}
std::string check_json(const CheckReport& report);

}  // namespace s3drop
