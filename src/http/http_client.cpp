#include "http/http_client.h"

#include "base/text.h"
#include "base/utc.h"

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

std::optional<std::chrono::system_clock::time_point> HttpResponse::date() const {
    return parse_http_date(header("Date"));
}

}  // namespace s3drop
