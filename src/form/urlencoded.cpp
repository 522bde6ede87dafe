#include "form/urlencoded.h"

#include "base/percent.h"

namespace s3drop {

Urlencoded::Urlencoded(Body& body) : body_(body), window_(window_size) {}

// The next byte, without consuming it, or end_of_body.
int Urlencoded::peek() {
    if (begin_ == end_) {
        begin_ = 0;
        end_ = body_.read(window_);
        if (end_ == 0) return end_of_body;
    }
    return static_cast<unsigned char>(window_[begin_]);
}

char Urlencoded::take_decoded() {
    const char c = window_[begin_++];
    if (c == '+') return ' ';
    if (c != '%') return c;
    std::string escape = "%";
    while (escape.size() < 3 && peek() != end_of_body)
        escape += window_[begin_++];
    const auto decoded = percent_decode(escape);
    if (!decoded) throw malformed("its percent-encoding is not valid");
    return decoded->front();
}

std::optional<Part> Urlencoded::next() {
    while (in_value_)
        data();
    while (peek() == '&')
        ++begin_;
    if (peek() == end_of_body) return std::nullopt;
    if (++parts_ > FormLimits::parts) throw malformed("it has more than 1000 fields");

    Part part;
    while (peek() != '=' && peek() != '&' && peek() != end_of_body) {
        part.name += take_decoded();
        if (part.name.size() > FormLimits::field_name)
            throw malformed("a field's name is longer than 16 KiB");
    }
    in_value_ = true;
    if (peek() == '=') ++begin_;
    return part;
}

std::string_view Urlencoded::data() {
    block_.clear();
    while (in_value_ && block_.size() < window_size) {
        const int c = peek();
        if (c == '&' || c == end_of_body) {
            in_value_ = false;
        } else {
            block_ += take_decoded();
        }
    }
    return block_;
}

}  // namespace s3drop
