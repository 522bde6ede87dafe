#include "s3/s3_put.h"

#include <algorithm>
#include <memory>

#include "aws/sigv4.h"
#include "base/failure.h"
#include "base/hex.h"
#include "base/text.h"
#include "s3/aws_chunked.h"

namespace s3drop {

namespace {

struct Signed {
    HttpRequest request;
    SignedRequest seal;
};

Signed sign_request(const Settings& settings, const Destination& to, const char* method,
                    const Headers& headers, std::string_view payload_hash,
                    const SigningScope& scope) {
    SignableRequest signable{.method = method,
                             .path = to.address.path,
                             .query = {},
                             .headers = {{"Host", to.address.authority}},
                             .payload_hash = std::string(payload_hash)};
    signable.headers.insert(signable.headers.end(), headers.begin(), headers.end());
    Signed result;
    result.seal = sign(signable, settings.credentials, scope);
    result.request.method = std::move(signable.method);
    result.request.url = to.address.url;
    result.request.headers = std::move(signable.headers);
    result.request.headers.insert(result.request.headers.end(), result.seal.headers.begin(),
                                  result.seal.headers.end());
    return result;
}

// S3 takes the chunks for an encoding of their own, in front of any other.
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

// A question may be asked again at once, unlike a PUT.
HttpResponse send_twice(HttpClient& client, const HttpRequest& question) {
    try {
        return client.send(question);
    } catch (const TransportError&) {
        return client.send(question);
    }
}

// With keys of a customer's or of KMS it is not, nor in every store (Amazon S3 API Reference,
// "Object").
bool etag_is_md5(const HttpResponse& response) {
    const std::string etag = etag_of(response);
    return etag.size() == 32 && etag.find_first_not_of(hex_digits) == std::string::npos &&
           !response.header("x-amz-server-side-encryption").starts_with("aws:kms") &&
           response.header("x-amz-server-side-encryption-customer-algorithm").empty();
}

}  // namespace

HttpRequest signed_request(const Settings& settings, const Destination& to, const char* method,
                           const Headers& headers, const std::string& payload_hash,
                           std::chrono::system_clock::time_point now) {
    return sign_request(settings, to, method, headers, payload_hash, {now, to.region}).request;
}

HttpRequest put_request(const Settings& settings, const Destination& to, const Payload& payload,
                        PayloadSigning signing, std::chrono::system_clock::time_point now) {
    const SigningScope scope{now, to.region};
    Headers headers = {{"Content-Type", to.content_type}};
    if (!settings.overwrite) headers.push_back({"If-None-Match", "*"});
    headers.insert(headers.end(), settings.s3_headers.begin(), settings.s3_headers.end());
    if (signing == PayloadSigning::chunks) {
        announce_chunks(headers, payload.size);
        auto [request, seal] = sign_request(settings, to, "PUT", headers, chunked_payload, scope);
        request.body_size = chunked_size(payload.size);
        request.body = [body = std::make_shared<ChunkedBody>(payload, seal, scope)](
                           std::uint64_t offset, std::span<char> into) {
            return body->read(offset, into);
        };
        return request;
    }
    const std::string_view hash =
        signing == PayloadSigning::none ? unsigned_payload : std::string_view(payload.hash);
    HttpRequest request = sign_request(settings, to, "PUT", headers, hash, scope).request;
    request.body_size = payload.size;
    request.body = payload.read;
    return request;
}

PutResult put(HttpClient& client, const Settings& settings, const Destination& to,
              const Payload& payload, PayloadSigning signing,
              std::chrono::system_clock::time_point now) {
    try {
        return meaning_of(client.send(put_request(settings, to, payload, signing, now)), to,
                          payload.size);
    } catch (const TransportError& error) {
        return no_answer(to, error);
    }
}

std::optional<Stored> find_stored(HttpClient& client, const Settings& settings,
                                  const Destination& to, const Payload& payload,
                                  std::chrono::system_clock::time_point now) {
    const auto unknown = [&](const std::string& why) {
        return Failure(Status::bad_gateway,
                       "The connection to S3 broke, and it does not say whether it has this file.",
                       "HEAD " + object_url(to) + ": " + why);
    };
    const HttpRequest request =
        signed_request(settings, to, "HEAD", {}, std::string(empty_payload_hash), now);
    HttpResponse response;
    try {
        response = send_twice(client, request);
    } catch (const TransportError& error) {
        throw unknown(error.what());
    }
    if (response.status == 404) return std::nullopt;
    if (response.status != 200) throw unknown("S3 answered " + std::to_string(response.status));
    if (response.header("Content-Length") != std::to_string(payload.size)) return std::nullopt;
    if (etag_of(response) == md5_of(payload)) return confirmed(response, to, payload.size);
    if (!etag_is_md5(response)) throw unknown("same size, its ETag is no MD5");
    return std::nullopt;
}

}  // namespace s3drop
