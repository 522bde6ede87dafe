// A host and a port, as in a URL's authority or a Host header.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace s3drop {

struct HostAndPort {
    std::string host;  // in lower case
    std::string port;  // 1 to 65535, as written; "" if there is none
};

// Reads `host` or `host:port`. The host has up to 253 ASCII letters, digits, ".", "-" and "_".
// Returns nullopt for anything else: a user, a path, an IPv6 literal, an empty label.
std::optional<HostAndPort> parse_host(std::string_view text);

// 443 for https, 80 for http, "" for other schemes.
std::string default_port(std::string_view scheme);

}  // namespace s3drop
