#include "http_client.h"

#include <ctime>

#include "text.h"

namespace s3drop {

std::string HttpResponse::header(std::string_view name) const {
    for (const auto& [header, value] : headers) {
        if (equal_ignoring_case(header, name)) return value;
    }
    return {};
}

std::optional<std::chrono::system_clock::time_point> HttpResponse::date() const {
    std::tm utc{};
    if (strptime(header("Date").c_str(), "%a, %d %b %Y %H:%M:%S GMT", &utc) == nullptr) {
        return std::nullopt;
    }
    return std::chrono::system_clock::from_time_t(timegm(&utc));
}

}  // namespace s3drop
