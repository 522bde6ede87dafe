#include "s3/access.h"

#include <algorithm>

#include "base/text.h"

namespace s3drop {

std::optional<Endpoint> endpoint_at(const Access& access, const std::string& host) {
    Endpoint endpoint = access.endpoint;
    const auto named = parse_host(host);
    if (!named) return std::nullopt;
    const std::string own_port = default_port(endpoint.scheme);
    const std::string endpoint_port = endpoint.port.empty() ? own_port : endpoint.port;
    const auto port = [&](const HostAndPort& each) {
        return each.port.empty() ? endpoint_port : each.port;
    };
    const auto allows = [&](const HostAndPort& pattern) {
        return matches_glob(pattern.host, named->host) && port(pattern) == port(*named);
    };
    const bool is_endpoint = named->host == endpoint.host && port(*named) == endpoint_port;
    if (is_endpoint) return endpoint;
    if (std::none_of(access.hosts.begin(), access.hosts.end(), allows)) return std::nullopt;
    endpoint.host = named->host;
    endpoint.port = port(*named) == own_port ? "" : port(*named);
    return endpoint;
}

// If the bucket is part of the host's name, it is also part of the name that S3 redirects to.
std::optional<Destination> redirected(const Access& access, const Destination& destination,
                                      const std::string& host, const std::string& region) {
    Destination changed = destination;
    if (!host.empty()) {
        const std::string bucket_label = destination.bucket + ".";
        const auto endpoint = endpoint_at(
            access, host.starts_with(bucket_label) ? host.substr(bucket_label.size()) : host);
        if (!endpoint) return std::nullopt;
        changed.address =
            address_of(*endpoint, access.addressing, destination.bucket, destination.key);
        const std::string named = region_of(endpoint->host);
        if (!named.empty()) changed.region = named;
    }
    if (!region.empty()) {
        if (!is_region(region)) return std::nullopt;
        changed.region = region;
    }
    const bool unchanged =
        changed.address.url == destination.address.url && changed.region == destination.region;
    return unchanged ? std::nullopt : std::optional(changed);
}

}  // namespace s3drop
