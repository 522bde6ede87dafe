// A form as a stream of parts, whichever of the two form types it came in.
//
// The reader pulls: next() moves to the following part, data() gives the current part's bytes piece
// by piece. Nothing is kept, so a part may be larger than memory.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/failure.h"

namespace s3drop {

struct Part {
    std::string name;
    std::optional<std::string> filename;  // set: a file part; "" where no file was chosen
    std::string content_type;             // "" where the part names none
};

class PartSource {
  public:
    PartSource() = default;
    PartSource(const PartSource&) = delete;
    PartSource& operator=(const PartSource&) = delete;
    virtual ~PartSource() = default;

    // The next part, or nothing after the last. Skips what is left of the part before.
    // Throws Failure where the form is malformed, cut short or over a limit.
    virtual std::optional<Part> next() = 0;

    // The next piece of the current part, empty at its end. Valid until the next call of either.
    // Throws as next() does.
    virtual std::string_view data() = 0;

    // Where in the body the next piece of data() begins, where the body holds the part's bytes as
    // they are; nothing where they are encoded.
    virtual std::optional<std::uint64_t> data_offset() const = 0;

    // How many bytes of the current part are still to come if it is the form's last and the body
    // ends with the closing delimiter's line; nothing where that cannot be told beforehand.
    virtual std::optional<std::uint64_t> implied_size() const = 0;

    // Behind the last piece of a part: whether the form ends here, read to its very end and found
    // in order. Throws as next() does.
    virtual bool at_end() = 0;
};

// `what` is wrong with a form, so that it cannot be read.
inline Failure malformed(const std::string& what) {
    return {Status::bad_request, "The form is malformed: " + what + "."};
}

// Caps on what one form may make a worker hold or walk through.
struct FormLimits {
    static constexpr std::size_t boundary = 70;           // RFC 2046 section 5.1.1
    static constexpr std::size_t preamble = 16UL * 1024;  // and padding, and epilogue
    static constexpr std::size_t part_headers = 16UL * 1024;
    static constexpr std::size_t field_name = 16UL * 1024;  // urlencoded
    static constexpr std::size_t parts = 1000;
    // The values of all fields, the names and types of all files, together.
    static constexpr std::size_t fields = 256UL * 1024;
};

}  // namespace s3drop
