// What a check has found: one line for each thing that it looked at.
#pragma once

#include <string>
#include <vector>

namespace s3drop {

struct CheckLine {
    std::string subject;  // what was checked
    bool ok = true;
    std::string finding;  // what was found
    std::string advice;   // what to do, or what to consider if the line is ok; "": nothing
};

using CheckReport = std::vector<CheckLine>;

// Each adds a line: ok, or failed with advice on what to do about it.
void pass(CheckReport& report, const std::string& subject, const std::string& finding);
void fail(CheckReport& report, const std::string& subject, const std::string& finding,
          const std::string& advice);

bool all_ok(const CheckReport& report);

// One line for each: "ok      subject: finding", or "FAILED  …" with the advice below it.
std::string check_text(const CheckReport& report);

// {"ok":false,"checks":[{"subject","ok","finding","advice"}…]}
std::string check_json(const CheckReport& report);

}  // namespace s3drop
