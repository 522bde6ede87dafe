// One signed request for one object, sent once.
// (Amazon S3 API Reference, "PutObject" and "HeadObject".)
#pragma once

#include <chrono>

#include "base/payload.h"
#include "http/http_client.h"
#include "rules/policy.h"
#include "s3/s3_answer.h"
#include "settings/settings.h"

namespace s3drop {

// A request for an object, signed for `now`, without a body as yet. `headers` are sent and signed
// beside those of the signature.
HttpRequest signed_request(const Settings& settings, const Destination& to, const char* method,
                           const Headers& headers, const std::string& payload_hash,
                           std::chrono::system_clock::time_point now);

// The PUT, signed for `now`. Pure; `payload` is only read when the request is sent, and what it
// reads from has to be there until then. `signing`: whole where the payload has a hash; not
// automatic.
HttpRequest put_request(const Settings& settings, const Destination& to, const Payload& payload,
                        PayloadSigning signing, std::chrono::system_clock::time_point now);

// Sends it. Throws only what `payload` throws.
PutResult put(HttpClient& client, const Settings& settings, const Destination& to,
              const Payload& payload, PayloadSigning signing,
              std::chrono::system_clock::time_point now);

// The object as S3 has it, if it is this payload: of the same size, its ETag the payload's MD5.
// Nothing where there is none, or another. Throws Failure(bad_gateway) where S3 does not say.
std::optional<Stored> find_stored(HttpClient& client, const Settings& settings,
                                  const Destination& to, const Payload& payload,
                                  std::chrono::system_clock::time_point now);

}  // namespace s3drop
