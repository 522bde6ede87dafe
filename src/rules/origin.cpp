#include "rules/origin.h"

#include <algorithm>

#include "base/text.h"
#include "s3/endpoint.h"

namespace s3drop {

namespace {

constexpr std::string_view opaque = "null";

// RFC 3986 section 3.1. Not http and https alone: pages that are packed into an app have others.
bool is_scheme(std::string_view text) {
    return !text.empty() && text.size() <= 32 && text.front() >= 'a' && text.front() <= 'z' &&
           is_alphanumeric_or("+-.", text);
}

// What a Host header and an Origin have in common.
std::optional<HostAndPort> parse_authority(std::string_view text) {
    if (!text.starts_with('[')) return parse_host(text);
    const std::string_view address = text.substr(0, std::min(text.find(']'), text.size()));
    constexpr std::string_view allowed = "0123456789abcdefABCDEF:.";
    constexpr std::size_t longest = 46;  // with the bracket
    if (address.size() == text.size() || address.size() > longest ||
        address.find(':') == std::string_view::npos ||
        address.find_first_not_of(allowed, 1) != std::string_view::npos) {
        return std::nullopt;
    }
    // The port's rules are the same behind any host.
    auto parsed = parse_host("x" + std::string(text.substr(address.size() + 1)));
    if (!parsed || parsed->host != "x") return std::nullopt;
    parsed->host = lower_case(address) + "]";
    return parsed;
}

std::string port_of(const std::string& scheme, const std::string& port) {
    return port.empty() ? default_port(scheme) : port;
}

bool says_https(const Request& request) {
    const std::string_view https = request.variable("HTTPS");
    return (!https.empty() && !equal_ignoring_case(https, "off")) ||
           equal_ignoring_case(request.variable("REQUEST_SCHEME"), "https");
}

// A page that came by http, or that somebody on the way could have made up, is none of an https
// site's own.
bool is_own(const Origin& origin, const Request& request) {
    if (origin.scheme != "https" && (origin.scheme != "http" || says_https(request))) return false;
    const auto own = parse_authority(request.variable("HTTP_HOST"));
    return own && own->host == origin.host &&
           port_of(origin.scheme, own->port) == port_of(origin.scheme, origin.port);
}

// An IPv6 address would be a set of characters as a glob.
bool matches_host(const std::string& pattern, const std::string& host) {
    const bool address = pattern.find(':') != std::string::npos;
    return address ? pattern == host : matches_glob(pattern, host);
}

bool is_listed(const Origins& origins, const Origin& origin) {
    return std::any_of(origins.listed.begin(), origins.listed.end(), [&](const Origin& allowed) {
        return allowed.scheme == origin.scheme && matches_host(allowed.host, origin.host) &&
               port_of(allowed.scheme, allowed.port) == port_of(origin.scheme, origin.port);
    });
}

}  // namespace

std::optional<Origin> parse_origin(std::string_view text) {
    const std::size_t colon = text.find("://");
    if (colon == std::string_view::npos) return std::nullopt;
    const std::string scheme = lower_case(text.substr(0, colon));
    const auto authority = parse_authority(text.substr(colon + 3));
    if (!is_scheme(scheme) || !authority) return std::nullopt;
    return Origin{.scheme = scheme, .host = authority->host, .port = authority->port};
}

bool admits(const Origins& origins, const Request& request) {
    const std::string_view site = request.variable("HTTP_SEC_FETCH_SITE");
    const std::string_view sent = request.variable("HTTP_ORIGIN");
    if (origins.any || site == "same-origin" || site == "none") return true;
    if (site.empty() && sent.empty()) return true;
    const std::optional<Origin> origin = parse_origin(sent);
    if (!origin) return false;
    return (site.empty() && is_own(*origin, request)) || is_listed(origins, *origin);
}

Failure foreign_page(const Request& request) {
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
    // Whatever is echoed has been read as an origin, so it is short and has no line break in it.
    if (cross.credentials || (origins.any && (origin || sent == opaque))) cross.allowed = sent;
    return cross;
}

}  // namespace s3drop
