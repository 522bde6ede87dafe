// The settings that a call to S3 needs, and the hosts and regions that it may go to instead.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "aws/credentials.h"
#include "base/host.h"
#include "base/name_value.h"
#include "s3/destination.h"
#include "s3/endpoint.h"
#include "s3/payload_signing.h"

namespace s3drop {

struct Access {
    Endpoint endpoint;
    Addressing addressing = Addressing::automatic;
    std::vector<HostAndPort> hosts;  // allowed instead of the endpoint's; the names are globs
    std::string region;              // unless the host's name contains a region
    Credentials credentials;
    Headers headers;  // sent and signed with every PUT
    PayloadSigning payload = PayloadSigning::automatic;
    int attempts = 3;  // per call, including the first
    std::chrono::seconds timeout{
        60};  // without progress; also limits the waits of one Client in total
};

// The endpoint with `host` (host or host:port) instead of its own host. Returns nullopt if the
// operator does not allow that host. The default port is the endpoint's, in `host` and in the list.
std::optional<Endpoint> endpoint_at(const Access& access, const std::string& host);

// The same object at another host or in another region, to which S3 redirects. "" keeps the current
// one. Returns nullopt if the operator does not allow that host, the region is not valid, or
// nothing would change.
std::optional<Destination> redirected(const Access& access, const Destination& destination,
                                      const std::string& host, const std::string& region);

}  // namespace s3drop
