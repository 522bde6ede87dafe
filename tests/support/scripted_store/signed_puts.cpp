#include "scripted_store/signed_puts.h"

#include <algorithm>
#include <chrono>
#include <memory>

#include "aws/sigv4.h"
#include "base/payload.h"
#include "s3/aws_chunked.h"

namespace s3drop::test {

namespace {

struct Prepared {
    HttpRequest request;
    SignedRequest signature;
    SigningScope scope;
};

Payload payload_of(const Content& content) {
    return {.size = content.size(),
            .hash = {},
            .read = [content](std::uint64_t offset, std::span<char> into) {
                const std::span<char> part =
                    into.first(std::min<std::uint64_t>(into.size(), content.size() - offset));
                content.fill(offset, part);
                return part.size();
            }};
}

Prepared prepare(const StoreAccess& store, const PutOptions& options, const std::string& payload) {
    const std::size_t host_begin = store.endpoint.find("//") + 2;
    const std::string scheme = store.endpoint.substr(0, host_begin);
    const std::string host =
        options.host.empty() ? store.endpoint.substr(host_begin) : options.host;
    Prepared prepared{.request = {}, .signature = {}, .scope = {}};
    prepared.scope = {std::chrono::system_clock::now(), options.region, "s3"};
    SignableRequest signable{.method = options.method,
                             .path = options.path,
                             .query = {},
                             .headers = {{"Host", host}},
                             .payload_hash = payload};
    signable.headers.insert(signable.headers.end(), options.headers.begin(), options.headers.end());
    prepared.request.method = options.method;
    prepared.request.url = scheme + host + options.path;
    prepared.request.headers = signable.headers;
    prepared.signature =
        sign(signable, {store.access_key_id, store.secret_access_key, ""}, prepared.scope);
    for (const NameValue& header : prepared.signature.headers)
        prepared.request.headers.push_back(header);
    return prepared;
}

}  // namespace

HttpRequest put_of(const StoreAccess& store, const Content& content, const PutOptions& options) {
    const Payload payload = payload_of(content);
    const std::string said = options.payload.empty() ? sha256_of(payload) : options.payload;
    HttpRequest request = prepare(store, options, said).request;
    request.body_size = payload.size;
    request.body = payload.read;
    return request;
}

HttpRequest chunked_put_of(const StoreAccess& store, const Content& content,
                           const PutOptions& options) {
    PutOptions chunked = options;
    chunked.headers.push_back({"Content-Encoding", "aws-chunked"});
    chunked.headers.push_back({"x-amz-decoded-content-length", std::to_string(content.size())});
    const Prepared prepared = prepare(store, chunked, std::string(chunked_payload));
    HttpRequest request = prepared.request;
    request.body_size = chunked_size(content.size());
    const auto body =
        std::make_shared<ChunkedBody>(payload_of(content), prepared.signature, prepared.scope);
    request.body = [body](std::uint64_t offset, std::span<char> into) {
        return body->read(offset, into);
    };
    return request;
}

std::string outcome_of(HttpClient& client, const HttpRequest& request) {
    try {
        return std::to_string(client.send(request).status);
    } catch (const TransportError& error) {
        switch (error.kind) {
            case TransportError::Kind::unreachable:
                return "unreachable";
            case TransportError::Kind::untrusted:
                return "untrusted";
            case TransportError::Kind::timed_out:
                return "timed_out";
            case TransportError::Kind::broken:
                break;
        }
        return "broken";
    }
}

}  // namespace s3drop::test
