// One object, put into S3: the signed request, and what S3's answer means.
// (Amazon S3 API Reference, "PutObject".)
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "http_client.h"
#include "policy.h"
#include "recording.h"
#include "settings.h"

namespace s3drop {

// An object that S3 has confirmed.
struct Stored {
    std::string bucket;
    std::string key;
    std::uint64_t size = 0;
    std::string content_type;
    std::string etag;  // without its quotation marks
    std::string url;
    std::string s3_request_id;
};

// The bytes to put, and their SHA-256 in lower-case hex. The Recording outlives the Payload.
struct Payload {
    const Recording& recording;
    Extent extent;
    std::string hash;
};

// A request for an object, signed for `now`, without a body as yet. `headers` are sent and signed
// beside those of the signature.
HttpRequest signed_request(const Settings& settings, const Destination& to, const char* method,
                           const Headers& headers, const std::string& payload_hash,
                           std::chrono::system_clock::time_point now);

// The request, signed for `now`. Pure; `payload` is only read when the request is sent.
HttpRequest put_request(const Settings& settings, const Destination& to, const Payload& payload,
                        std::chrono::system_clock::time_point now);

// Sends it. Throws Failure: conflict where the object exists and overwriting is off, bad_gateway
// where S3 refuses or breaks off, service_unavailable where it asks to slow down, gateway_timeout
// where it does not answer in time.
Stored put(HttpClient& client, const Settings& settings, const Destination& to,
           const Payload& payload, std::chrono::system_clock::time_point now);

}  // namespace s3drop
