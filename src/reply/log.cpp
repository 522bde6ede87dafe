#include "reply/log.h"

#include "base/text.h"
#include "base/utc.h"

namespace s3drop {

namespace {

constexpr std::size_t usual_length = 256;  // of a line

void add(std::string& line, std::string_view name, std::string_view value) {
    constexpr std::size_t longest = 1100;  // fits a whole object key
    line.append(" ").append(name).append("=");
    if (value.empty()) {
        line += '-';
        return;
    }
    const std::string shown = printable(value, longest);
    if (shown.find_first_of(" \"\\=") == std::string::npos) {
        line += shown;
        return;
    }
    line += '"';
    for (const char c : shown) {
        if (c == '"' || c == '\\') line += '\\';
        line += c;
    }
    line += '"';
}

}  // namespace

std::string log_line(const LogEntry& entry) {
    std::string line;
    line.reserve(usual_length);
    line.append("time=").append(iso_time(entry.time));
    add(line, "id", entry.request_id);
    add(line, "status", std::to_string(static_cast<int>(entry.status)));
    add(line, "bucket", entry.bucket);
    add(line, "key", entry.key);
    add(line, "bytes", std::to_string(entry.bytes));
    add(line, "type", entry.content_type);
    add(line, "ms", std::to_string(entry.total.count()));
    add(line, "s3_ms", std::to_string(entry.at_s3.count()));
    add(line, "attempts", std::to_string(entry.attempts));
    add(line, "s3_id", entry.s3_request_id);
    add(line, "remote", entry.remote_address);
    add(line, "user", entry.user);
    if (!entry.error.empty()) add(line, "error", entry.error);
    return line;
}

}  // namespace s3drop
