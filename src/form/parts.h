// A form as a stream of parts, the same for both form types.
//
// The caller pulls: next() moves to the next part, data() returns the next block of the current
// part. A block is a run of consecutive bytes of a part, of whatever length the scanner has at
// hand. Nothing is kept, so a part may be larger than memory.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/failure.h"

namespace s3drop {

struct Part {
    std::string name;
    std::optional<std::string> filename;  // if the part has one; "" if no file was chosen
    std::string content_type;             // "" if the part has none
    // Whether the part is inside a multipart/mixed part and has no name itself: it is one of
    // several files that share `name`, the name of the multipart/mixed part.
    bool attachment = false;
};

class PartSource {
  public:
    PartSource() = default;
    PartSource(const PartSource&) = delete;
    PartSource& operator=(const PartSource&) = delete;
    virtual ~PartSource() = default;

    // The next part, or nullopt after the last one. Skips the rest of the current part.
    // Throws Failure(bad_request) if the form is malformed or exceeds a limit, and what
    // Body::read() throws if the body is cut short or too large.
    virtual std::optional<Part> next() = 0;

    // The next block of the current part; empty at the part's end. Valid until the next call of
    // next(), data() or at_end(). Throws as next() does.
    virtual std::string_view data() = 0;

    // The offset in the body of the next block that data() returns. Returns nullopt if the form
    // type encodes the parts' bytes, so that the body does not contain them as they are.
    virtual std::optional<std::uint64_t> data_offset() const = 0;

    // How many bytes of the current part are still to come, assuming that it is the form's last
    // part and that the body ends right after the closing delimiter and its CR LF. Returns nullopt
    // if this cannot be known in advance, for example because the body's length is unknown.
    virtual std::optional<std::uint64_t> implied_size() const = 0;

    // Call it after the last block of a part. Whether the form ends here; if so, the body has been
    // read to its end and the end is valid. Throws as next() does.
    virtual bool at_end() = 0;
};

// The Failure for a form that cannot be read. `what` is wrong with it, in words for the user; "it"
// and "its" refer to the form.
inline Failure malformed(const std::string& what) {
    return {Status::bad_request, "The form is malformed: " + what + "."};
}

// Limits on what one form can make a worker hold in memory or scan. In bytes, except `parts`.
struct FormLimits {
    static constexpr std::size_t boundary = 70;  // RFC 2046 section 5.1.1
    // Also the limit of the padding after a delimiter, and of the epilogue.
    static constexpr std::size_t preamble = 16UL * 1024;
    static constexpr std::size_t part_headers = 16UL * 1024;
    static constexpr std::size_t field_name = 16UL * 1024;  // in a urlencoded form
    static constexpr std::size_t parts = 1000;
    // The total of all fields' values and all files' names and types.
    static constexpr std::size_t fields = 256UL * 1024;
};

}  // namespace s3drop
