// From a call to the HTTP request that S3 gets: addressed, signed for one moment, with its body.
// Pure: nothing is sent, and the payload is only read when the request is.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "base/name_value.h"
#include "base/payload.h"
#include "http/http_client.h"
#include "s3/access.h"
#include "s3/destination.h"

namespace s3drop {

// One call of the S3 API, of any method, for a destination.
struct Call {
    std::string method;                 // upper case
    std::vector<NameValue> query = {};  // not encoded; a value may be empty
    Headers headers = {};               // signed, in addition to those of the signature
    Payload payload = {};               // what it reads from outlives the request
};

// Signed for `now` and the destination's region. `signing`: whole if the payload has a hash or is
// empty; not automatic.
HttpRequest signed_request(const Access& access, const Destination& destination, const Call& call,
                           PayloadSigning signing, std::chrono::system_clock::time_point now);

}  // namespace s3drop
