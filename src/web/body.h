// The request body, checked against its announced length and the limit.
//
// The web servers pass a broken upload on in different ways: an error, or just an early end. Body
// throws the same Failure for both, so that its reader never takes a truncated body for a complete
// one. It throws only after it has returned all the bytes that came: a reader that can use an
// incomplete body reads until the Failure and keeps what it has.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "web/request.h"

namespace s3drop {

class Body {
  public:
    // `length`: CONTENT_LENGTH; nullopt if the server passes a chunked body on without one.
    // `max_size`: the largest body, in bytes. The Request must outlive the Body.
    Body(Request& request, std::optional<std::uint64_t> length, std::uint64_t max_size);

    // `into` must not be empty. Returns the number of bytes read; 0 only after a complete body.
    // Throws Failure: bad_request if the body ends before `length`, content_too_large if it grows
    // past `max_size`. The bytes before that have been returned by then. Never reads past `length`.
    std::size_t read(std::span<char> into);

    // As announced; nullopt if it was not.
    std::optional<std::uint64_t> length() const { return length_; }

  private:
    Request& request_;
    std::optional<std::uint64_t> length_;
    std::uint64_t max_size_;
    std::uint64_t consumed_ = 0;
};

}  // namespace s3drop
