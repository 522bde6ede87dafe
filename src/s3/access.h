// What a call to S3 needs of the operator's settings, and which other places it may go to.
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
    std::vector<HostAndPort> hosts;  // that may stand in for the endpoint's; their names are globs
    std::string region;              // unless the host's name contains another
    Credentials credentials;
    Headers headers;  // sent and signed with every PUT
    PayloadSigning payload = PayloadSigning::automatic;
    int attempts = 3;                  // per call, the first one counted
    std::chrono::seconds timeout{60};  // without progress; also the most that a call waits in all
};

// The endpoint with `host` (host or host:port) in place of its own, nullopt if the operator does
// not allow that host. A port that is not named is the endpoint's, in `host` as in the list.
std::optional<Endpoint> endpoint_at(const Access& access, const std::string& host);

// The same object at another host or in another region, as S3 asked for it; "" stands for the
// present one. Returns nullopt if the operator does not allow that host, or nothing would change.
std::optional<Destination> redirected(const Access& access, const Destination& destination,
                                      const std::string& host, const std::string& region);

}  // namespace s3drop
