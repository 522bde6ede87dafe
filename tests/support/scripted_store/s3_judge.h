// What S3 makes of one request: of its head, and of its body as it comes in.
//
// It verifies what a real S3 does: the signature, the body's hash or its chunks' signatures, the
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
    std::string session_token = {};             // "": none is expected
    std::string region = {};                    // "": any
    std::optional<bool> unsigned_payload = {};  // unset: over TLS alone
    std::chrono::seconds clock = {};            // how far it is ahead of the system's
    bool chunks = true;                         // false: 501 to STREAMING-AWS4-…
    bool conditions = true;                     // false: 501 to If-None-Match

    std::chrono::system_clock::time_point now() const {
        return std::chrono::system_clock::now() + clock;
    }
};

struct StoredObject {
    std::uint64_t size = 0;
    std::string sha256;   // in hexadecimal, as is
    std::string etag;     // the content's MD5, without quotation marks
    std::string content;  // "" above 1 MiB
    Headers headers;      // of the request that stored it
};

// bucket/key, decoded; "" where the request names none.
std::string object_name(const RequestHead& head);

class S3Judge {
  public:
    // `head` outlives this.
    S3Judge(const RequestHead& head, const StoreRules& rules, bool tls);
    S3Judge(const S3Judge&) = delete;
    S3Judge& operator=(const S3Judge&) = delete;

    // A piece of the body as it came over the wire.
    void body(std::string_view piece);

    // The whole body has come; only now is anything said of it.
    void finish();

    // Why the request is refused, as far as is known. Nothing: not at all.
    const std::optional<S3Refusal>& refusal() const { return refusal_; }

    // After finish(), of a PUT that is not refused.
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
