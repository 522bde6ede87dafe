#include "scripted_store/chunk_verifier.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace s3drop::test {

namespace {

constexpr std::string_view parameter = ";chunk-signature=";
constexpr std::size_t longest_line = 16 + parameter.size() + 64 + 2;

}  // namespace

ChunkVerifier::ChunkVerifier(GoodSignature seed, Sink sink)
    : seed_(std::move(seed)), sink_(std::move(sink)) {}

void ChunkVerifier::add(std::string_view block) {
    while (!block.empty() && !fault_) {
        switch (state_) {
            case State::line:
                take_line(block);
                break;
            case State::content:
                take_content(block);
                break;
            case State::line_break:
                take_line_break(block);
                break;
            case State::ended:
                refuse(400, "InvalidRequest", "Bytes follow the final chunk.");
        }
    }
}

void ChunkVerifier::take_line(std::string_view& block) {
    while (!block.empty() && !line_.ends_with("\r\n") && line_.size() < longest_line) {
        line_ += block.front();
        block.remove_prefix(1);
    }
    if (line_.ends_with("\r\n")) {
        begin_chunk();
    } else if (line_.size() == longest_line) {
        refuse(400, "InvalidRequest", "A chunk's header is too long.");
    }
}

void ChunkVerifier::begin_chunk() {
    const std::string_view line = std::string_view(line_).substr(0, line_.size() - 2);
    const std::size_t digits = std::min(line.find(parameter), line.size());
    const std::uint64_t previous = std::exchange(size_, 0);
    const auto [end, error] = std::from_chars(line.data(), line.data() + digits, size_, 16);
    claimed_ = line.substr(std::min(digits + parameter.size(), line.size()));
    if (digits == 0 || error != std::errc() || end != line.data() + digits ||
        claimed_.size() != 64) {
        refuse(400, "InvalidRequest", "A chunk's header is malformed.");
    } else if (size_ > 0 && previous < least_chunk) {
        refuse(403, "InvalidChunkSizeError", "Only the last chunk may be below 8192 bytes.");
    }
    line_.clear();
    left_ = size_;
    state_ = size_ > 0 ? State::content : State::line_break;
}

void ChunkVerifier::take_content(std::string_view& block) {
    const std::string_view content = block.substr(0, std::min<std::uint64_t>(left_, block.size()));
    hash_.update(content);
    sink_(content);
    block.remove_prefix(content.size());
    left_ -= content.size();
    decoded_ += content.size();
    if (left_ == 0) state_ = State::line_break;
}

void ChunkVerifier::take_line_break(std::string_view& block) {
    line_ += block.front();
    block.remove_prefix(1);
    if (!std::string_view("\r\n").starts_with(line_)) {
        refuse(400, "InvalidRequest", "No line break follows a chunk's content.");
    } else if (line_.size() == 2) {
        line_.clear();
        check_chunk();
    }
}

void ChunkVerifier::check_chunk() {
    const std::string to_sign = "AWS4-HMAC-SHA256-PAYLOAD\n" + seed_.date + "\n" + seed_.scope +
                                "\n" + seed_.signature + "\n" + evp_sha256("") + "\n" +
                                hash_.finish();
    seed_.signature = bytes_in_hex(evp_hmac_sha256(seed_.key, to_sign));
    if (claimed_ != seed_.signature) {
        refuse(403, "SignatureDoesNotMatch",
               "The signature of the chunk that ends at byte " + std::to_string(decoded_) +
                   " does not match.");
    }
    state_ = size_ > 0 ? State::line : State::ended;
}

void ChunkVerifier::refuse(int status, const std::string& code, const std::string& message) {
    fault_ = S3Refusal{.status = status, .code = code, .message = message};
}

}  // namespace s3drop::test
