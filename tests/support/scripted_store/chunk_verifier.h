// Verifies a body of signed chunks (aws-chunked) while it comes in: Amazon S3 API Reference,
// "Signature Calculations for the Authorization Header: Transferring Payload in Multiple Chunks".
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "scripted_store/evp_hash.h"
#include "scripted_store/s3_refusal.h"
#include "scripted_store/signature_check.h"

namespace s3drop::test {

class ChunkVerifier {
  public:
    // In bytes. S3 accepts a shorter chunk only as the last one with content.
    static constexpr std::uint64_t least_chunk = 8192;

    // `sink` receives the content, block by block, before the chunk's signature has been checked.
    using Sink = std::function<void(std::string_view)>;
    ChunkVerifier(GoodSignature seed, Sink sink);

    // Blocks of the body, cut anywhere. After a fault, further blocks are ignored.
    void add(std::string_view block);

    // What is wrong with the body so far; nullopt if nothing is.
    const std::optional<S3Refusal>& fault() const { return fault_; }

    // Whether the final empty chunk has come, with a valid signature, and there is no fault.
    bool complete() const { return state_ == State::ended && !fault_; }

    std::uint64_t decoded() const { return decoded_; }  // bytes of content so far

  private:
    enum class State { line, content, line_break, ended };

    void take_line(std::string_view& block);
    void begin_chunk();
    void take_content(std::string_view& block);
    void take_line_break(std::string_view& block);
    void check_chunk();
    void refuse(int status, const std::string& code, const std::string& message);

    GoodSignature seed_;  // its signature is replaced by each chunk's
    Sink sink_;
    State state_ = State::line;
    std::string line_;  // what has come of the chunk's header or its line break
    EvpHash hash_{EvpHash::Kind::sha256};
    std::string claimed_;  // the signature in the current chunk's header
    std::uint64_t size_ = least_chunk;
    std::uint64_t left_ = 0;
    std::uint64_t decoded_ = 0;
    std::optional<S3Refusal> fault_;
};

}  // namespace s3drop::test
