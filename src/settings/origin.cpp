#include "settings/origin.h"

#include <algorithm>

#include "base/text.h"

namespace s3drop {

namespace {

// RFC 3986 section 3.1. Not only http and https: pages inside apps have other schemes.
bool is_scheme(std::string_view text) {
    return !text.empty() && text.size() <= 32 && text.front() >= 'a' && text.front() <= 'z' &&
           is_alphanumeric_or("+-.", text);
}

// In a glob, the brackets of an IPv6 address would mean a set of characters.
bool matches_host(const std::string& pattern, const std::string& host) {
    const bool address = pattern.find(':') != std::string::npos;
    return address ? pattern == host : matches_glob(pattern, host);
}

}  // namespace

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
    // The rules for the port are the same as after a name.
    auto parsed = parse_host("x" + std::string(text.substr(address.size() + 1)));
    if (!parsed || parsed->host != "x") return std::nullopt;
    parsed->host = lower_case(address) + "]";
    return parsed;
}

std::string port_of(const std::string& scheme, const std::string& port) {
    return port.empty() ? default_port(scheme) : port;
}

std::optional<Origin> parse_origin(std::string_view text) {
    const std::size_t colon = text.find("://");
    if (colon == std::string_view::npos) return std::nullopt;
    const std::string scheme = lower_case(text.substr(0, colon));
    const auto authority = parse_authority(text.substr(colon + 3));
    if (!is_scheme(scheme) || !authority) return std::nullopt;
    return Origin{.scheme = scheme, .host = authority->host, .port = authority->port};
}

bool is_listed(const Origins& origins, const Origin& origin) {
    return std::any_of(origins.listed.begin(), origins.listed.end(), [&](const Origin& allowed) {
        return allowed.scheme == origin.scheme && matches_host(allowed.host, origin.host) &&
               port_of(allowed.scheme, allowed.port) == port_of(origin.scheme, origin.port);
    });
}

}  // namespace s3drop
