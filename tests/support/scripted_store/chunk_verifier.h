// A body of signed chunks (aws-chunked), verified as it comes in: Amazon S3 API Reference,
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
    // S3 takes a shorter chunk only where it is the last with content.
    static constexpr std::uint64_t least_chunk = 8192;

    // `sink` gets the content, in pieces; a chunk's comes before its signature has been checked.
    using Sink = std::function<void(std::string_view)>;
    ChunkVerifier(GoodSignature seed, Sink sink);

    // Pieces of the body, cut anywhere. After a fault nothing more is looked at.
    void add(std::string_view piece);

    // What is wrong with what has come so far.
    const std::optional<S3Refusal>& fault() const { return fault_; }

    // The final empty chunk has come, signed, and nothing is wrong.
    bool complete() const { return state_ == State::ended && !fault_; }

    std::uint64_t decoded() const { return decoded_; }  // bytes of content so far

  private:
    enum class State { line, content, line_break, ended };

    void take_line(std::string_view& piece);
    void begin_chunk();
    void take_content(std::string_view& piece);
    void take_line_break(std::string_view& piece);
    void check_chunk();
    void refuse(int status, const std::string& code, const std::string& message);

    GoodSignature seed_;  // its signature becomes that of the last chunk
    Sink sink_;
    State state_ = State::line;
    std::string line_;  // the chunk's header, or its line break, as far as it has come
    EvpHash hash_{EvpHash::Kind::sha256};
    std::string claimed_;  // the signature of the chunk in hand
    std::uint64_t size_ = least_chunk;
    std::uint64_t left_ = 0;
    std::uint64_t decoded_ = 0;
    std::optional<S3Refusal> fault_;
};

}  // namespace s3drop::test
