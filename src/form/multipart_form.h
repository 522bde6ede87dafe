// The multipart/form-data scanner (RFC 7578, RFC 2046 section 5.1): a body in, parts out.
//
// It walks the body through a window (window_size) and looks for the delimiter (CR LF "--"
// boundary) as delimiter.h has it; what lies between two is handed out as views into the window,
// uncopied.
//
// Strict, because a form that is misread loses somebody's file:
//   - every line of the framing ends in CR LF, the closing delimiter must be there;
//   - blanks after a delimiter, a preamble, and blank lines after the closing delimiter are
//     allowed, as RFC 2046 has them; anything else after it is refused, not ignored, and so is a
//     preamble with the delimiter in mid-line or after a bare LF;
//   - a line of a part that begins with the delimiter is one: the sender had to choose another
//     boundary (RFC 2046 section 5.1.1), so a line that only begins like it is refused.
#pragma once

#include <string>
#include <vector>

#include "form/parts.h"
#include "web/body.h"

namespace s3drop {

// The boundary parameter of a Content-Type, quoted or not.
// Throws Failure(bad_request) where there is none, or one that RFC 2046 does not allow.
std::string boundary_of(std::string_view content_type);

class MultipartForm final : public PartSource {
  public:
    // Blocks of a part are multiples of it, except the last: whole pages are the cheapest to write
    // to a file.
    static constexpr std::size_t page = 4096;

    // The most of the body that is held: a block of 256 KiB, and a page for what waits behind it.
    static constexpr std::size_t window_size = 256UL * 1024 + page;

    // The Body outlives the MultipartForm.
    MultipartForm(Body& body, std::string_view boundary);

    std::optional<Part> next() override;
    std::string_view data() override;
    std::optional<std::uint64_t> data_offset() const override;
    std::optional<std::uint64_t> implied_size() const override;
    bool at_end() override;

  private:
    enum class Where { preamble, part, delimiter, end };

    std::string_view window() const { return {buffer_.data() + begin_, end_ - begin_}; }
    void consume(std::size_t count);
    bool fill();
    void need(std::size_t count);
    std::size_t find_within(std::string_view needle, std::size_t limit, const char* what);
    void skip_preamble();
    void skip_padding();
    void expect_end();

    Body& body_;
    std::string delimiter_;
    std::vector<char> buffer_;
    std::size_t begin_ = 0;  // what is not consumed yet: [begin_, end_) of buffer_
    std::size_t end_ = 2;
    std::size_t searched_ = 0;    // of the window: no delimiter begins in so many bytes
    std::uint64_t received_ = 0;  // bytes of the body read so far
    std::size_t parts_ = 0;
    Where where_ = Where::preamble;
};

}  // namespace s3drop
