// A body that is signed chunk by chunk while it is sent, so that nobody has to hash all of it
// before the first byte leaves: content encoding aws-chunked ("Amazon S3 API Reference, Signature
// Calculations for the Authorization Header: Transferring Payload in Multiple Chunks").
//
//     10000;chunk-signature=<64 hexadecimal digits> CR LF <64 KiB> CR LF … 0;chunk-signature=… CR
//     LF
//
// Each signature covers its chunk and the signature before it; the first follows on that of the
// request's headers.
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

// The bytes that a payload of this size becomes.
std::uint64_t chunked_size(std::uint64_t payload_size);

class ChunkedBody {
  public:
    static constexpr std::size_t chunk_size = 64UL * 1024;

    // `seed`: the signed request, for whose scope the chunks are signed too.
    ChunkedBody(Payload payload, const SignedRequest& seed, const SigningScope& scope);

    // Gives at least one byte, 0 only at the end. Read in order; offset 0 starts anew.
    // Throws what the payload throws, and std::logic_error for any other offset.
    std::size_t read(std::uint64_t offset, std::span<char> into);

  private:
    void restart();
    void make_chunk();

    Payload payload_;
    std::string seed_signature_;
    Digest signing_key_;
    std::string to_sign_;       // what every string to sign begins with
    std::string previous_;      // the signature before
    std::string chunk_;         // as it is sent
    std::size_t taken_ = 0;     // of chunk_
    std::uint64_t offset_ = 0;  // of what is read next
    std::uint64_t signed_ = 0;  // bytes of the payload
    bool ended_ = false;        // the last, empty chunk was made
};

}  // namespace s3drop
