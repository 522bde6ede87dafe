#include "form/multipart_form.h"

#include <algorithm>
#include <cstring>

#include "base/text.h"
#include "form/delimiter.h"
#include "form/header_value.h"
#include "form/multipart_mixed.h"
#include "form/part_headers.h"

namespace s3drop {

namespace {

std::size_t find(std::string_view haystack, std::string_view needle) {
    const void* hit = memmem(haystack.data(), haystack.size(), needle.data(), needle.size());
    return hit == nullptr
               ? std::string_view::npos
               : static_cast<std::size_t>(static_cast<const char*>(hit) - haystack.data());
}

// bchars of RFC 2046 section 5.1.1, where the last character must not be a space. Senders also use
// the other token characters of RFC 9110, such as "*****", and GUIDs in braces.
bool valid_boundary(std::string_view boundary) {
    constexpr std::string_view bchars = "'()+_,-./:=? ";
    constexpr std::string_view in_practice = "!#$%&*^`|~{}";
    return !boundary.empty() && boundary.size() <= FormLimits::boundary && boundary.back() != ' ' &&
           is_alphanumeric_or(std::string(bchars) + std::string(in_practice), boundary);
}

}  // namespace

std::string boundary_of(std::string_view content_type) {
    const auto boundary = parse_header_value(content_type).parameter("boundary");
    if (!boundary) throw malformed("its Content-Type has no boundary");
    if (!valid_boundary(*boundary)) throw malformed("its boundary is not valid");
    return *boundary;
}

// The buffer starts with a CR LF that is not in the body, so that a delimiter on the body's first
// line is found like any other. For a small body, the buffer is no larger than the body and this
// CR LF.
MultipartForm::MultipartForm(Body& body, std::string_view boundary)
    : body_(body),
      form_delimiter_("\r\n--" + std::string(boundary)),
      delimiter_(form_delimiter_),
      buffer_(2 + std::min<std::uint64_t>(body.length().value_or(window_size), window_size)) {
    buffer_[0] = '\r';
    buffer_[1] = '\n';
}

void MultipartForm::consume(std::size_t count) {
    begin_ += count;
    searched_ -= std::min(searched_, count);
}

// Moves the window to the start of the buffer and reads more. Returns false at the body's end.
bool MultipartForm::fill() {
    if (begin_ > 0) {
        std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
        end_ -= begin_;
        begin_ = 0;
    }
    const std::size_t got = body_.read(std::span(buffer_).subspan(end_));
    end_ += got;
    received_ += got;
    return got > 0;
}

void MultipartForm::need(std::size_t count) {
    while (window().size() < count) {
        if (!fill()) throw malformed("it ends before its closing delimiter");
    }
}

// The position of `needle` in the window, which is filled until it contains it. Throws
// malformed(what) if `needle` does not begin within the first `limit` bytes.
std::size_t MultipartForm::find_within(std::string_view needle, std::size_t limit,
                                       const std::string& what) {
    std::size_t searched = 0;
    for (;;) {
        const std::size_t hit = find(window().substr(searched), needle);
        if (hit != std::string_view::npos && searched + hit <= limit) return searched + hit;
        if (window().size() > limit + needle.size()) throw malformed(what);
        searched = window().size() - std::min(window().size(), needle.size() - 1);
        need(window().size() + 1);
    }
}

// The position of the next delimiter of the container or the form, searched for in the window from
// `from` on. It may be the form's although there is a container. Relative to `from`; npos if there
// is none. Two delimiters cannot overlap, because each has a CR only at its beginning.
std::size_t MultipartForm::find_part_end(std::size_t from) const {
    const std::string_view text = window().substr(from);
    const std::size_t found = find_delimiter(text, delimiter_);
    if (!container_) return found;
    return std::min(found, find_delimiter(text.substr(0, found), form_delimiter_));
}

// A delimiter in the preamble that does not follow a CR LF is refused: if it were skipped, its part
// would be lost.
void MultipartForm::skip_preamble() {
    const std::size_t length =
        find_within(delimiter_, FormLimits::preamble,
                    "the boundary in its Content-Type does not appear in the first 16 KiB");
    const std::string_view dash_boundary = std::string_view(delimiter_).substr(2);
    if (find(window().substr(0, length), dash_boundary) != std::string_view::npos) {
        throw malformed("its first delimiter does not follow a line break (CR LF)");
    }
    consume(length + delimiter_.size());
}

std::optional<Part> MultipartForm::next() {
    if (where_ == Where::preamble) {
        skip_preamble();
        where_ = Where::delimiter;
    }
    while (where_ == Where::part)
        data();
    while (!at_end()) {
        Part part = read_headers();
        if (container_ || !is_container(part)) {
            begin_content();
            return part;
        }
        enter(std::move(part));
    }
    return std::nullopt;
}

// Reads up to the last header of the part. The CR LF of the blank line stays in the window, because
// in RFC 2046's grammar, it may also be the one that begins the delimiter after an empty part.
Part MultipartForm::read_headers() {
    skip_padding();
    if (++parts_ > FormLimits::parts) throw malformed("it has more than 1000 parts");

    need(2);
    const bool no_headers = window().starts_with("\r\n");
    const std::size_t headers_end =
        no_headers ? 0
                   : find_within("\r\n\r\n", FormLimits::part_headers,
                                 "the headers of a part are longer than 16 KiB");
    Part part = parse_part_headers(window().substr(0, headers_end),
                                   container_ ? &container_.value() : nullptr);
    consume(headers_end + (no_headers ? 0 : 2));
    return part;
}

void MultipartForm::begin_content() {
    need(std::max(delimiter_.size(), form_delimiter_.size()));
    where_ = Where::part;
    if (!window().starts_with(delimiter_) && !window().starts_with(form_delimiter_)) consume(2);
}

// Consumes the delimiter at the window's beginning.
void MultipartForm::end_content() {
    if (!window().starts_with(delimiter_)) throw cut_off(container_.value());
    consume(delimiter_.size());
    where_ = Where::delimiter;
}

// Consumes white space and the delimiter after it. Throws malformed(what) if there is anything
// else, because it may be a file.
void MultipartForm::skip_blanks_to(const std::string& delimiter, const std::string& what) {
    const std::size_t length = find_within(delimiter, FormLimits::preamble, what);
    if (window().substr(0, length).find_first_not_of(" \t\r\n") != std::string_view::npos) {
        throw malformed(what);
    }
    consume(length + delimiter.size());
}

// Moves to the first delimiter in a multipart/mixed part.
void MultipartForm::enter(Part part) {
    delimiter_ = inner_delimiter(part, form_delimiter_);
    skip_blanks_to(delimiter_, "there is data before the first delimiter of " + described(part));
    container_ = std::move(part);
}

// Moves from the closing delimiter of a multipart/mixed part to the form's next delimiter.
void MultipartForm::leave() {
    skip_blanks_to(form_delimiter_, "there is more data after the closing delimiter of " +
                                        described(container_.value()));
    delimiter_ = form_delimiter_;
    container_.reset();
}

std::string_view MultipartForm::data() {
    while (where_ == Where::part) {
        const std::string_view held = window();
        const std::size_t found = find_part_end(searched_);
        if (found == 0 && searched_ == 0) {
            end_content();
            break;
        }
        const bool is_last = found != std::string_view::npos;
        // If no delimiter is found, the last bytes may be the beginning of one: they stay in the
        // window.
        const std::size_t longest = std::max(delimiter_.size(), form_delimiter_.size());
        searched_ = is_last ? searched_ + found : held.size() - std::min(held.size(), longest - 1);
        const std::size_t sure = is_last ? searched_ : searched_ - searched_ % page;
        if (sure > 0) {
            consume(sure);
            return held.substr(0, sure);
        }
        need(held.size() + 1);
    }
    return {};
}

// While the CR LF that the constructor added is in the window, this is 2 too low. It is always
// consumed before a part begins.
std::optional<std::uint64_t> MultipartForm::data_offset() const {
    return received_ - window().size();
}

std::optional<std::uint64_t> MultipartForm::implied_size() const {
    const std::uint64_t behind = delimiter_.size() + std::string_view("--\r\n").size();
    const auto length = body_.length();
    const std::uint64_t offset = received_ - window().size();
    if (!length || container_ || where_ != Where::part || *length < offset + behind) {
        return std::nullopt;
    }
    return *length - offset - behind;
}

bool MultipartForm::at_end() {
    while (where_ == Where::delimiter) {
        need(2);
        if (!window().starts_with("--")) return false;
        consume(2);
        if (container_) {
            leave();
        } else {
            expect_end();
            where_ = Where::end;
        }
    }
    return where_ == Where::end;
}

// Skips the spaces and tabs that RFC 2046 allows between a delimiter and its CR LF.
void MultipartForm::skip_padding() {
    if (window().starts_with('\n')) throw malformed("its lines end in LF, and must end in CR LF");
    const std::size_t line_end =
        find_within("\r\n", FormLimits::preamble, "a delimiter's line is longer than 16 KiB");
    if (window().substr(0, line_end).find_first_not_of(" \t") != std::string_view::npos) {
        throw malformed("a line begins with the boundary but is not a delimiter");
    }
    consume(line_end + 2);
}

void MultipartForm::expect_end() {
    std::size_t length = 0;
    do {
        length += window().size();
        if (window().find_first_not_of(" \t\r\n") != std::string_view::npos ||
            length > FormLimits::preamble) {
            throw malformed("there is more data after its closing delimiter");
        }
        consume(window().size());
    } while (fill());
}

}  // namespace s3drop
