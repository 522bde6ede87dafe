// Decides whether S3 would accept a request: by its head, then by its body as it comes in.
//
// Checks what a real S3 checks: the signature, the body's hash or its chunks' signatures, the
// length, the clock, the region. Objects may be addressed by path, or by a virtual host below
// .localhost.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "scripted_store/chunk_verifier.h"
#include "scripted_store/evp_hash.h"
#include "scripted_store/request_head.h"
#include "scripted_store/s3_refusal.h"
#include "scripted_store/signature_check.h"

namespace s3drop::test {

struct StoreRules {
    std::string access_key_id = "STANDINACCESSKEY";
    std::string secret_access_key = "stand-in/secret+access/key";
    std::string session_token = {};             // "": requests may not have one
    std::string region = {};                    // "": any
    std::optional<bool> unsigned_payload = {};  // unset: over TLS only
    std::chrono::seconds clock = {};            // how far it is ahead of the system's clock
    bool chunks = true;                         // false: 501 to STREAMING-AWS4-…
    bool conditions = true;                     // false: 501 to If-None-Match

    std::chrono::system_clock::time_point now() const {
        return std::chrono::system_clock::now() + clock;
    }
};

struct StoredObject {
    std::uint64_t size = 0;
    std::string sha256;   // in hexadecimal
    std::string etag;     // the content's MD5 in hexadecimal, without quotation marks
    std::string content;  // "" above 1 MiB
    Headers headers;      // of the request that stored it
};

// BUCKET/KEY, decoded; "" if the request names no object.
std::string object_name(const RequestHead& head);

class S3Judge {
  public:
    // `head` has to outlive this object.
    S3Judge(const RequestHead& head, const StoreRules& rules, bool tls);
    S3Judge(const S3Judge&) = delete;
    S3Judge& operator=(const S3Judge&) = delete;

    // Takes a block of the body, as received.
    void body(std::string_view block);

    // Has to be called after the whole body. Only then is the body judged.
    void finish();

    // Why the request is refused; nullopt if nothing is wrong so far.
    const std::optional<S3Refusal>& refusal() const { return refusal_; }

    // The object of a PUT that is not refused. Valid after finish().
    StoredObject object() const { return object_; }

  private:
    void check_head(const StoreRules& rules);
    void check_streaming(const StoreRules& rules);
    void take(std::string_view content);
    void check_body();
    void refuse(int status, const std::string& code, const std::string& message);

    const RequestHead& head_;
    GoodSignature signature_;
    std::optional<ChunkVerifier> chunks_;
    EvpHash sha256_{EvpHash::Kind::sha256};
    EvpHash md5_{EvpHash::Kind::md5};
    StoredObject object_;
    std::optional<S3Refusal> refusal_;
};

}  // namespace s3drop::test
