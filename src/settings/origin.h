// An origin (RFC 6454) is the scheme, host and port of a site. This module parses origins, and
// matches them with those that the operator allows (UPLOAD_ORIGINS). rules/cross_origin.h applies
// this to requests.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/host.h"

namespace s3drop {

// Host and scheme are in lower case; an IPv6 address is in brackets.
struct Origin {
    std::string scheme;
    std::string host;
    std::string port;  // "": the scheme's default
};

// Parses exactly scheme://host or scheme://host:port, which is what browsers send. Returns nullopt
// for anything else, such as "null", which browsers send instead of an origin that they keep
// secret.
std::optional<Origin> parse_origin(std::string_view text);

// What the operator allows in addition to the program's own site.
struct Origins {
    bool any = false;            // every page of every site
    std::vector<Origin> listed;  // hosts may be globs

    bool empty() const { return !any && listed.empty(); }
};

// Whether an origin is listed: with the same scheme and port, and a host that matches the glob.
bool is_listed(const Origins& origins, const Origin& origin);

// Parses the host and port in an Origin or Host header. The host may be an IPv6 address in
// brackets. Returns nullopt for anything else.
std::optional<HostAndPort> parse_authority(std::string_view text);

// `port`, or the default port of `scheme` if `port` is ""; "" for a scheme without a known default.
std::string port_of(const std::string& scheme, const std::string& port);

}  // namespace s3drop
