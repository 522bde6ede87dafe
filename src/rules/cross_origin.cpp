#include "rules/cross_origin.h"

#include "base/text.h"

namespace s3drop {

namespace {

constexpr std::string_view opaque = "null";

bool is_over_https(const Request& request) {
    const std::string_view https = request.variable("HTTPS");
    return (!https.empty() && !equal_ignoring_case(https, "off")) ||
           equal_ignoring_case(request.variable("REQUEST_SCHEME"), "https");
}

// An http page is not part of an https site: someone on the network could have forged it.
bool is_own(const Origin& origin, const Request& request) {
    if (origin.scheme != "https" && (origin.scheme != "http" || is_over_https(request)))
        return false;
    const auto own = parse_authority(request.variable("HTTP_HOST"));
    return own && own->host == origin.host &&
           port_of(origin.scheme, own->port) == port_of(origin.scheme, origin.port);
}

}  // namespace

bool page_may_upload(const Origins& origins, const Request& request) {
    const std::string_view site = request.variable("HTTP_SEC_FETCH_SITE");
    const std::string_view sent = request.variable("HTTP_ORIGIN");
    if (origins.any || site == "same-origin" || site == "none") return true;
    if (site.empty() && sent.empty()) return true;
    const std::optional<Origin> origin = parse_origin(sent);
    if (!origin) return false;
    return (site.empty() && is_own(*origin, request)) || is_listed(origins, *origin);
}

Failure page_not_allowed(const Request& request) {
    const std::string origin = quoted(request.variable("HTTP_ORIGIN"));
    const bool named = parse_origin(request.variable("HTTP_ORIGIN")).has_value();
    return {Status::forbidden,
            "Uploads from pages of " + (named ? origin : "other sites") + " are not allowed here.",
            "Origin " + origin + ", Sec-Fetch-Site " +
                quoted(request.variable("HTTP_SEC_FETCH_SITE")) + ", Host " +
                quoted(request.variable("HTTP_HOST")) + "; see UPLOAD_ORIGINS"};
}

bool is_preflight(const Request& request) {
    return request.variable("REQUEST_METHOD") == "OPTIONS" &&
           !request.variable("HTTP_ORIGIN").empty() &&
           !request.variable("HTTP_ACCESS_CONTROL_REQUEST_METHOD").empty();
}

CrossOrigin cross_origin(const Origins& origins, const Request& request) {
    CrossOrigin cross{.varies = !origins.empty(), .allowed = "", .credentials = false};
    const std::string_view sent = request.variable("HTTP_ORIGIN");
    const std::optional<Origin> origin = parse_origin(sent);
    cross.credentials = origin && is_listed(origins, *origin);
    // Only text that is a valid origin is echoed, so it is short and contains no line break.
    if (cross.credentials || (origins.any && (origin || sent == opaque))) cross.allowed = sent;
    return cross;
}

}  // namespace s3drop
