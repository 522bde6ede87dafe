#include "s3/object.h"

#include "base/hex.h"
#include "base/text.h"

namespace s3drop {

Call put_call(const Access& access, const Destination& destination, const Payload& payload) {
    Call put{.method = "PUT",
             .headers = {{"Content-Type", destination.content_type}},
             .payload = payload};
    if (!destination.may_overwrite) put.headers.push_back({"If-None-Match", "*"});
    put.headers.insert(put.headers.end(), access.headers.begin(), access.headers.end());
    return put;
}

Call head_call() {
    return {.method = "HEAD"};
}

Call delete_call() {
    return {.method = "DELETE"};
}

std::string etag_of(const HttpResponse& response) {
    std::string etag = printable(response.header("ETag"));
    std::erase(etag, '"');
    return etag;
}

bool etag_is_md5(const HttpResponse& response) {
    const std::string etag = etag_of(response);
    return etag.size() == 32 && etag.find_first_not_of(hex_digits) == std::string::npos &&
           !response.header("x-amz-server-side-encryption").starts_with("aws:kms") &&
           response.header("x-amz-server-side-encryption-customer-algorithm").empty();
}

Stored confirmed(const HttpResponse& response, const Destination& destination, std::uint64_t size) {
    return {.bucket = destination.bucket,
            .key = destination.key,
            .size = size,
            .content_type = destination.content_type,
            .etag = etag_of(response),
            .url = destination.address.url,
            .s3_request_id = printable(response.header("x-amz-request-id"))};
}

std::variant<Stored, Refusal> meaning_of(const HttpResponse& response, const Call& put,
                                         const Destination& destination) {
    // S3 gives every object an ETag. A 200 from a proxy or a captive portal has none. S3 also does
    // not confirm an object before it has received all of it.
    if (etag_of(response).empty()) return not_s3(put, destination, response, "without an ETag");
    if (response.early)
        return not_s3(put, destination, response, "before all of the file was sent");
    return confirmed(response, destination, put.payload.size);
}

}  // namespace s3drop
