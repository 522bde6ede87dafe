// A body that is signed chunk by chunk while it is sent, so that it need not be hashed completely
// before the first byte is sent: content encoding aws-chunked ("Amazon S3 API Reference, Signature
// Calculations for the Authorization Header: Transferring Payload in Multiple Chunks").
//
//     10000;chunk-signature=<64 hexadecimal digits> CR LF
//     <64 KiB> CR LF
//     …
//     0;chunk-signature=<64 hexadecimal digits> CR LF
//     CR LF
//
// Each signature covers its chunk and the previous signature. For the first chunk, that is the
// signature of the request's headers.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "aws/sigv4.h"
#include "base/payload.h"

namespace s3drop {

// The payload hash of such a request.
inline constexpr std::string_view chunked_payload = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";

// The size of the body for a payload of this size, both in bytes.
std::uint64_t chunked_size(std::uint64_t payload_size);

class ChunkedBody {
  public:
    static constexpr std::size_t chunk_size = 64UL * 1024;

    // `seed`: the signed request. `scope`: the one that it was signed for.
    ChunkedBody(Payload payload, const SignedRequest& seed, const SigningScope& scope);

    // Returns how many bytes it has written: at least one, 0 only at the end. Must be called in
    // order; offset 0 starts again. Throws what the payload throws, and std::logic_error for any
    // other offset.
    std::size_t read(std::uint64_t offset, std::span<char> into);

  private:
    void restart();
    void make_chunk();

    Payload payload_;
    std::string seed_signature_;
    Digest signing_key_;
    std::string to_sign_;       // the beginning of every string to sign
    std::string previous_;      // the previous signature
    std::string chunk_;         // as it is sent
    std::size_t taken_ = 0;     // of chunk_
    std::uint64_t offset_ = 0;  // of the next read
    std::uint64_t signed_ = 0;  // bytes of the payload
    bool ended_ = false;        // the last chunk, which is empty, was made
};

}  // namespace s3drop
