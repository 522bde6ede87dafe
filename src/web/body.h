// The request body, held to what was announced of it.
//
// The web servers pass a broken upload on in different ways: an error, or just an early end. Body
// makes both the same Failure, so that what reads from it never takes a part for the whole.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "web/request.h"

namespace s3drop {

class Body {
  public:
    // `length`: CONTENT_LENGTH, or nothing where the server passes a chunked body on without one.
    // `max_size`: the largest body, in bytes. The Request outlives the Body.
    Body(Request& request, std::optional<std::uint64_t> length, std::uint64_t max_size);

    // Reads at least one byte, at most into.size(); 0 only at the body's proper end.
    // Throws Failure: bad_request where the body ends before `length`, content_too_large where one
    // without a length grows past `max_size`. Never reads past `length`.
    std::size_t read(std::span<char> into);

    // As announced; nothing where it was not.
    std::optional<std::uint64_t> length() const { return length_; }

  private:
    Request& request_;
    std::optional<std::uint64_t> length_;
    std::uint64_t max_size_;
    std::uint64_t consumed_ = 0;
};

}  // namespace s3drop
