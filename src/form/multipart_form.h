// The multipart/form-data scanner (RFC 7578, RFC 2046 section 5.1): a body in, parts out.
//
// The scanner moves a window of window_size bytes over the body and finds the delimiters (CR LF
// "--" boundary) with find_delimiter(). The bytes between two delimiters are returned as views of
// the window, without copying.
//
// It is strict, because misreading a form can lose a user's file:
//   - Header lines and delimiters must end in CR LF. The closing delimiter is required, but not
//     its CR LF.
//   - As RFC 2046 allows, spaces and tabs may follow a delimiter, and a preamble may precede the
//     first one. Only white space may follow the closing delimiter; anything else is refused, not
//     ignored. So is a preamble that contains "--" boundary in the middle of a line or after a
//     bare LF.
//   - A line of a part's content must not begin with "--" boundary: the sender has to choose a
//     boundary for which this is so (RFC 2046 section 5.1.1). If the rest of such a line is not
//     that of a delimiter, the form is refused.
//
// A multipart/mixed part without a file name contains the files of one field (RFC 7578 section 4.3;
// curl -F 'files=@a,b' sends it). The scanner returns the parts in it, each as a part of the form,
// and not the multipart/mixed part itself. The same rules hold inside it, and:
//   - The form's delimiter must not come before the closing delimiter of the multipart/mixed part.
//   - Only white space may precede its first delimiter.
//   - If one of the two boundaries begins with the other, the form is refused, because lines could
//     be read as either delimiter.
//   - A multipart/mixed part inside it is returned like any other part, unread.
//   - FormLimits::parts counts the multipart/mixed parts and the parts in them.
#pragma once

#include <string>
#include <vector>

#include "form/parts.h"
#include "web/body.h"

namespace s3drop {

// The boundary parameter of a Content-Type, quoted or not.
// Throws Failure(bad_request) if there is none, or if it is not 1 to 70 of the characters that RFC
// 2046 allows, other token characters and braces.
std::string boundary_of(std::string_view content_type);

class MultipartForm final : public PartSource {
  public:
    // In bytes. A part's blocks are multiples of it, except the last: whole pages are the cheapest
    // to write to a file.
    static constexpr std::size_t page = 4096;

    // The most bytes of the body that are held: a block of 256 KiB, and a page for the bytes after
    // it that may be the start of a delimiter.
    static constexpr std::size_t window_size = 256UL * 1024 + page;

    // The Body must outlive the MultipartForm. `boundary` is copied.
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
    std::size_t find_within(std::string_view needle, std::size_t limit, const std::string& what);
    std::size_t find_part_end(std::size_t from) const;
    void skip_preamble();
    void skip_blanks_to(const std::string& delimiter, const std::string& what);
    void skip_padding();
    Part read_headers();
    void begin_content();
    void end_content();
    void enter(Part part);
    void leave();
    void expect_end();

    Body& body_;
    const std::string form_delimiter_;
    std::optional<Part> container_;  // the multipart/mixed part that the current part is in
    std::string delimiter_;          // of the container or, if there is none, of the form
    std::vector<char> buffer_;
    std::size_t begin_ = 0;  // not yet consumed: [begin_, end_) of buffer_
    std::size_t end_ = 2;
    std::size_t searched_ = 0;    // no delimiter begins in this many bytes of the window
    std::uint64_t received_ = 0;  // bytes of the body read so far
    std::size_t parts_ = 0;
    Where where_ = Where::preamble;
};

}  // namespace s3drop
