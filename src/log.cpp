#include "log.h"

#include "text.h"
#include "utc.h"

namespace s3drop {

namespace {

std::string field(const char* name, const std::string& value) {
    constexpr std::size_t longest = 1100;  // a whole key
    const std::string shown = printable(value, longest);
    std::string text = std::string(" ") + name + "=";
    if (shown.empty()) return text + "-";
    if (shown.find_first_of(" \"\\=") == std::string::npos) return text + shown;
    text += '"';
    for (const char c : shown) {
        if (c == '"' || c == '\\') text += '\\';
        text += c;
    }
    return text + '"';
}

}  // namespace

std::string log_line(const LogEntry& entry) {
    std::string line =
        "time=" + iso_time(entry.time) + field("id", entry.request_id) +
        field("status", std::to_string(static_cast<int>(entry.status))) +
        field("bucket", entry.bucket) + field("key", entry.key) +
        field("bytes", std::to_string(entry.bytes)) + field("type", entry.content_type) +
        field("ms", std::to_string(entry.total.count())) +
        field("s3_ms", std::to_string(entry.at_s3.count())) +
        field("attempts", std::to_string(entry.attempts)) + field("s3_id", entry.s3_request_id) +
        field("remote", entry.remote_address) + field("user", entry.user);
    if (!entry.error.empty()) line += field("error", entry.error);
    return line;
}

}  // namespace s3drop
