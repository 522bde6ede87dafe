#include "s3/endpoint.h"

#include <algorithm>
#include <stdexcept>

#include "base/host.h"
#include "base/percent.h"
#include "base/text.h"

namespace s3drop {

namespace {

constexpr std::string_view amazon = ".amazonaws.com";

bool is_amazon(const std::string& host) {
    return host.ends_with(amazon) || host.ends_with(".amazonaws.com.cn");
}

std::string authority_of(const Endpoint& endpoint) {
    return endpoint.host + (endpoint.port.empty() ? "" : ":" + endpoint.port);
}

bool virtual_host(const Endpoint& endpoint, Addressing addressing, const std::string& bucket) {
    if (addressing != Addressing::automatic) return addressing == Addressing::virtual_host;
    const bool wildcard_matches =
        endpoint.scheme == "http" || bucket.find('.') == std::string::npos;
    return is_amazon(endpoint.host) && wildcard_matches;
}

}  // namespace

Endpoint parse_endpoint(std::string_view url) {
    const std::size_t scheme_end = url.find("://");
    Endpoint endpoint;
    endpoint.scheme = lower_case(url.substr(0, scheme_end));
    if (scheme_end == std::string_view::npos ||
        (endpoint.scheme != "http" && endpoint.scheme != "https")) {
        throw std::runtime_error("write it as https://host or http://host:port");
    }
    url.remove_prefix(scheme_end + 3);
    const std::size_t slash = std::min(url.find('/'), url.size());
    const auto authority = parse_host(url.substr(0, slash));
    if (!authority)
        throw std::runtime_error("its host is not valid; write https://host or http://host:port");
    endpoint.host = authority->host;
    endpoint.port = authority->port;
    endpoint.path = url.substr(slash);
    while (endpoint.path.ends_with('/'))
        endpoint.path.pop_back();
    if (uri_encode(endpoint.path, true) != endpoint.path) {
        throw std::runtime_error("only a plain path may follow the host and port");
    }
    if (endpoint.port == default_port(endpoint.scheme)) endpoint.port.clear();
    return endpoint;
}

std::string url_of(const Endpoint& endpoint) {
    return endpoint.scheme + "://" + authority_of(endpoint) + endpoint.path;
}

ObjectAddress address_of(const Endpoint& endpoint, Addressing addressing, const std::string& bucket,
                         const std::string& key) {
    ObjectAddress address;
    address.authority = authority_of(endpoint);
    address.path = endpoint.path;
    if (virtual_host(endpoint, addressing, bucket)) {
        address.authority.insert(0, bucket + ".");
    } else {
        address.path += "/" + bucket;
    }
    address.path += "/" + uri_encode(key, true);
    address.url = endpoint.scheme + "://" + address.authority + address.path;
    return address;
}

// s3.REGION, s3-REGION, s3.dualstack.REGION and their FIPS forms, each below amazonaws.com.
// s3.amazonaws.com is us-east-1. Transfer acceleration (s3-accelerate) has no region.
std::string region_of(const std::string& host) {
    if (!is_amazon(host)) return {};
    std::string_view name = std::string_view(host).substr(0, host.find(amazon));
    if (name == "s3" || name == "s3-external-1") return "us-east-1";
    if (name.starts_with("s3-accelerate")) return {};
    for (const std::string_view prefix :
         {"s3-fips.dualstack.", "s3.dualstack.", "s3-fips.", "s3-fips-", "s3.", "s3-"}) {
        if (name.starts_with(prefix)) return std::string(name.substr(prefix.size()));
    }
    return {};
}

bool is_region(std::string_view text) {
    return !text.empty() && is_alphanumeric_or(".-_", text);
}

}  // namespace s3drop
