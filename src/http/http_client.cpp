#include "http/http_client.h"

#include <ctime>

#include "base/text.h"

namespace s3drop {

std::string HttpResponse::header(std::string_view name) const {
    for (const auto& [header, value] : headers) {
        if (equal_ignoring_case(header, name)) return value;
    }
    return {};
}

const std::string& HttpResponse::whole_body() const {
    if (cut_short) {
        throw TransportError(TransportError::Kind::broken,
                             "the body of the response is longer than expected");
    }
    return body;
}

std::optional<std::chrono::system_clock::time_point> http_date(const std::string& text) {
    std::tm utc{};
    if (strptime(text.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &utc) == nullptr) return std::nullopt;
    constexpr int last_year = 2200 - 1900;  // a time_point ends in 2262
    if (utc.tm_year < 0 || utc.tm_year > last_year) return std::nullopt;
    return std::chrono::system_clock::from_time_t(timegm(&utc));
}

std::optional<std::chrono::system_clock::time_point> HttpResponse::date() const {
    return http_date(header("Date"));
}

}  // namespace s3drop
