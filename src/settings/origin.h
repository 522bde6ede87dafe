// An origin (RFC 6454): the scheme, host and port of a site, and the list of those that the
// operator allows (UPLOAD_ORIGINS). What a request says of its origin is in rules/cross_origin.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/host.h"

namespace s3drop {

// Host and scheme in lower case; an IPv6 address in its brackets.
struct Origin {
    std::string scheme;
    std::string host;
    std::string port;  // "": the scheme's own
};

// scheme://host or scheme://host:port and nothing else, which is how browsers write it. Nothing
// for "null", which stands for an origin that the browser keeps to itself.
std::optional<Origin> parse_origin(std::string_view text);

// What the operator allows beside the program's own site.
struct Origins {
    bool any = false;            // every page of every site
    std::vector<Origin> listed;  // hosts may be globs

    bool empty() const { return !any && listed.empty(); }
};

// Whether an origin is on the list: scheme and port the same, the host matched as a glob.
bool is_listed(const Origins& origins, const Origin& origin);

// The host and port of an Origin or a Host header, which may be an IPv6 address in brackets.
std::optional<HostAndPort> parse_authority(std::string_view text);

// `port`, or the default port of `scheme` if it is ""; "" for a scheme that has none.
std::string port_of(const std::string& scheme, const std::string& port);

}  // namespace s3drop
