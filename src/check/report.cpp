#include "check/report.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace s3drop {

void pass(CheckReport& report, const std::string& subject, const std::string& finding) {
    report.push_back({subject, true, finding, ""});
}

void fail(CheckReport& report, const std::string& subject, const std::string& finding,
          const std::string& advice) {
    report.push_back({subject, false, finding, advice});
}

bool all_ok(const CheckReport& report) {
    return std::all_of(report.begin(), report.end(), [](const CheckLine& line) { return line.ok; });
}

std::string check_text(const CheckReport& report) {
    std::string text;
    for (const CheckLine& line : report) {
        text += (line.ok ? "ok      " : "FAILED  ") + line.subject + ": " + line.finding + "\n";
        if (!line.advice.empty()) text += "        " + line.advice + "\n";
    }
    return text;
}

std::string check_json(const CheckReport& report) {
    nlohmann::ordered_json json = {{"ok", all_ok(report)},
                                   {"checks", nlohmann::ordered_json::array()}};
    for (const CheckLine& line : report) {
        json["checks"].push_back({{"subject", line.subject},
                                  {"ok", line.ok},
                                  {"finding", line.finding},
                                  {"advice", line.advice}});
    }
    return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace s3drop
