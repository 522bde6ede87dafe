// Where S3 is: the endpoint's URL, the address of an object there, and the region in a host's name.
#pragma once

#include <string>
#include <string_view>

namespace s3drop {

struct Endpoint {
    std::string scheme;  // http or https
    std::string host;    // name or address, without port
    std::string port;    // "": the scheme's default
    std::string path;    // "" or "/prefix", for stores below a path
};

// Throws std::runtime_error, whose text says what would be valid.
Endpoint parse_endpoint(std::string_view url);

// scheme://host:port/path, as the operator wrote it, except for upper case and a default port.
std::string url_of(const Endpoint& endpoint);

enum class Addressing { automatic, virtual_host, path };

// The address of one object.
struct ObjectAddress {
    std::string authority;  // as in the Host header: no default port
    std::string path;       // percent-encoded
    std::string url;
};

// Addressing::automatic is virtual_host on amazonaws.com and path on other hosts. It is also path
// for a bucket with dots over https, because the wildcard in S3's certificate does not match it.
ObjectAddress address_of(const Endpoint& endpoint, Addressing addressing, const std::string& bucket,
                         const std::string& key);

// The region in the name of an amazonaws.com host (s3.eu-west-1.amazonaws.com), "" if there is
// none.
std::string region_of(const std::string& host);

// Whether the text can be the name of a region, which becomes part of a host's name and of a
// header.
bool is_region(std::string_view text);

}  // namespace s3drop
