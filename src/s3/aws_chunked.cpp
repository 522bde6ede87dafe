#include "s3/aws_chunked.h"

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "base/hex.h"

namespace s3drop {

namespace {

constexpr std::string_view line_end = "\r\n";
constexpr std::string_view extension = ";chunk-signature=";
constexpr std::size_t signature_size = 64;

std::uint64_t framed_size(std::uint64_t size) {
    return hex_number(size).size() + extension.size() + signature_size + line_end.size() + size +
           line_end.size();
}

}  // namespace

std::uint64_t chunked_size(std::uint64_t payload_size) {
    const std::uint64_t rest = payload_size % ChunkedBody::chunk_size;
    return payload_size / ChunkedBody::chunk_size * framed_size(ChunkedBody::chunk_size) +
           (rest == 0 ? 0 : framed_size(rest)) + framed_size(0);
}

ChunkedBody::ChunkedBody(Payload payload, const SignedRequest& seed, const SigningScope& scope)
    : payload_(std::move(payload)),
      seed_signature_(seed.signature),
      signing_key_(seed.signing_key),
      to_sign_("AWS4-HMAC-SHA256-PAYLOAD\n" + scope.date_time + "\n" + credential_scope(scope) +
               "\n") {
    restart();
}

void ChunkedBody::restart() {
    previous_ = seed_signature_;
    chunk_.clear();
    taken_ = 0;
    offset_ = 0;
    signed_ = 0;
    ended_ = false;
}

std::size_t ChunkedBody::read(std::uint64_t offset, std::span<char> into) {
    if (offset == 0) restart();
    if (offset != offset_) throw std::logic_error("chunks must be read in order");
    if (taken_ == chunk_.size() && !ended_) make_chunk();
    const std::size_t count = std::min(into.size(), chunk_.size() - taken_);
    std::memcpy(into.data(), chunk_.data() + taken_, count);
    taken_ += count;
    offset_ += count;
    return count;
}

void ChunkedBody::make_chunk() {
    const std::size_t size = std::min<std::uint64_t>(chunk_size, payload_.size - signed_);
    const std::string begin = hex_number(size).append(extension);
    const std::size_t data = begin.size() + signature_size + line_end.size();
    chunk_.resize(data + size);
    for (std::size_t filled = 0; filled < size;) {
        const std::size_t got =
            payload_.read(signed_, std::span(chunk_).subspan(data + filled, size - filled));
        if (got == 0) throw std::logic_error("the payload is shorter than its size");
        filled += got;
        signed_ += got;
    }
    const std::string hash = hex(sha256(std::string_view(chunk_).substr(data)));
    previous_ = signature(
        signing_key_, to_sign_ + previous_ + "\n" + std::string(empty_payload_hash) + "\n" + hash);
    chunk_.replace(0, data, begin + previous_ + std::string(line_end));
    chunk_.append(line_end);
    taken_ = 0;
    ended_ = size == 0;
}

}  // namespace s3drop
