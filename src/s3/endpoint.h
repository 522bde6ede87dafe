// Where S3 is: the endpoint's URL, the hosts a form may name, and the address of an object there.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace s3drop {

struct Endpoint {
    std::string scheme;  // http or https
    std::string host;    // name or address, without port
    std::string port;    // "" : the scheme's own
    std::string path;    // "" or "/prefix": stores that live below a path
};

// 443 for https, 80 for http, "" for other schemes.
std::string default_port(std::string_view scheme);

// Throws std::runtime_error, which says what would be right.
Endpoint parse_endpoint(std::string_view url);

// scheme://host:port/path, as it was written but for case and a default port.
std::string url_of(const Endpoint& endpoint);

// `host` or `host:port`. Nothing where it is neither: no user, no path, no IPv6 literal, no
// empty label.
struct HostAndPort {
    std::string host;  // in lower case
    std::string port;  // "" where none is named
};
std::optional<HostAndPort> parse_host(std::string_view text);

enum class Addressing { automatic, virtual_host, path };

// The address of one object.
struct ObjectAddress {
    std::string authority;  // as in the Host header: no default port
    std::string path;       // percent-encoded
    std::string url;
};

// Addressing::automatic: virtual on amazonaws.com, but path for a bucket with dots over https, for
// which the certificate's wildcard does not hold; path elsewhere.
ObjectAddress address_of(const Endpoint& endpoint, Addressing addressing, const std::string& bucket,
                         const std::string& key);

// The region that an amazonaws.com host names (s3.eu-west-1.amazonaws.com), "" where it names none.
std::string region_of(const std::string& host);

// Whether the text can be a region's name: it goes into a host's name and a header.
bool is_region(std::string_view text);

}  // namespace s3drop
