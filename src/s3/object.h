// The calls for one object: PUT, HEAD and DELETE.
// (Amazon S3 API Reference, "PutObject", "HeadObject" and "DeleteObject".)
#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "base/payload.h"
#include "s3/access.h"
#include "s3/client.h"

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

// The PUT of an object, with the operator's headers, and with If-None-Match if it must not
// overwrite.
Call put_call(const Access& access, const Destination& destination, const Payload& payload);

// What a 2xx response to a PUT means: the object is stored, unless the response is not from S3.
std::variant<Stored, Refusal> meaning_of(const HttpResponse& response, const Call& put,
                                         const Destination& destination);

// The object that a response to a PUT or HEAD confirms. `size`: of the payload, in bytes.
Stored confirmed(const HttpResponse& response, const Destination& destination, std::uint64_t size);

// HEAD and DELETE have neither a payload nor the operator's headers.
Call head_call();
Call delete_call();

// The ETag without its quotation marks, safe to show.
std::string etag_of(const HttpResponse& response);

// Whether the ETag is the object's MD5. It is not if the object is encrypted with a KMS key or the
// customer's key, or in some stores (Amazon S3 API Reference, "Object").
bool etag_is_md5(const HttpResponse& response);

}  // namespace s3drop
