// Makes the HTTP request for a call to S3: with its URL, its signature for one point in time, and
// its body. Nothing is sent, and the payload is only read when the request is sent.
#pragma once

#include <chrono>
#include <optional>
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
    Headers headers = {};  // signed and sent, in addition to those that the signature needs
    Payload payload = {};  // what it reads from must outlive the request
    // Set for calls whose result is the response's body, in bytes: a longer one is a refusal. Of
    // other calls only the headers count, and HttpRequest's default limit applies.
    std::optional<std::size_t> max_response_body = {};
    std::optional<std::chrono::seconds> timeout = {};  // instead of the HTTP client's
};

// Signed for `now` and the destination's region. `signing`: `whole` only if the payload has a hash
// or is empty; never `automatic`.
HttpRequest signed_request(const Access& access, const Destination& destination, const Call& call,
                           PayloadSigning signing, std::chrono::system_clock::time_point now);

}  // namespace s3drop
