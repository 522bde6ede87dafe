#include "s3/signed_request.h"

#include <algorithm>
#include <memory>
#include <string_view>

#include "aws/sigv4.h"
#include "base/text.h"
#include "s3/aws_chunked.h"

namespace s3drop {

namespace {

// S3 treats the chunks as a content encoding, which comes before any other.
void announce_chunks(Headers& headers, std::uint64_t payload_size) {
    constexpr std::string_view name = "Content-Encoding";
    const auto encoding = std::find_if(headers.begin(), headers.end(), [&](const auto& header) {
        return equal_ignoring_case(header.name, name);
    });
    if (encoding == headers.end()) {
        headers.push_back({std::string(name), "aws-chunked"});
    } else {
        encoding->value = "aws-chunked," + encoding->value;
    }
    headers.push_back({"x-amz-decoded-content-length", std::to_string(payload_size)});
}

std::string_view payload_hash(const Payload& payload, PayloadSigning signing) {
    switch (signing) {
        case PayloadSigning::chunks:
            return chunked_payload;
        case PayloadSigning::none:
            return unsigned_payload;
        default:
            return payload.size == 0 ? empty_payload_hash : std::string_view(payload.hash);
    }
}

std::string url_of(const ObjectAddress& address, const std::vector<NameValue>& query) {
    return query.empty() ? address.url : address.url + "?" + canonical_query(query);
}

}  // namespace

HttpRequest signed_request(const Access& access, const Destination& destination, const Call& call,
                           PayloadSigning signing, std::chrono::system_clock::time_point now) {
    const SigningScope scope{now, destination.region, "s3"};
    const bool in_chunks = signing == PayloadSigning::chunks;
    SignableRequest signable{.method = call.method,
                             .path = destination.address.path,
                             .query = call.query,
                             .headers = {{"Host", destination.address.authority}},
                             .payload_hash = std::string(payload_hash(call.payload, signing))};
    signable.headers.insert(signable.headers.end(), call.headers.begin(), call.headers.end());
    if (in_chunks) announce_chunks(signable.headers, call.payload.size);
    const SignedRequest signature = sign(signable, access.credentials, scope);

    HttpRequest request{.method = std::move(signable.method),
                        .url = url_of(destination.address, call.query),
                        .headers = std::move(signable.headers),
                        .body_size = call.payload.size,
                        .body = call.payload.read,
                        .max_response_body =
                            call.max_response_body.value_or(HttpRequest::default_max_response_body),
                        .timeout = call.timeout};
    request.headers.insert(request.headers.end(), signature.headers.begin(),
                           signature.headers.end());
    if (in_chunks) {
        request.body_size = chunked_size(call.payload.size);
        request.body = [body = std::make_shared<ChunkedBody>(call.payload, signature, scope)](
                           std::uint64_t offset, std::span<char> into) {
            return body->read(offset, into);
        };
    }
    return request;
}

}  // namespace s3drop
