#include "scripted_store/request_head.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace s3drop::test {

namespace {

// Takes a line off the text and returns it without its CR LF, or nullopt if there is no CR LF.
std::optional<std::string_view> next_line(std::string_view& text) {
    const std::size_t end = text.find("\r\n");
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 2);
    return line;
}

template <class Number>
std::optional<Number> number_in(std::string_view text, int base) {
    Number number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
    if (text.empty() || error != std::errc() || end != text.data() + text.size()) return {};
    return number;
}

}  // namespace

std::string RequestHead::header(std::string_view name) const {
    for (const auto& [header, value] : headers) {
        if (equal_ignoring_case(header, name)) return value;
    }
    return {};
}

bool RequestHead::has(std::string_view name) const {
    return std::any_of(headers.begin(), headers.end(), [&](const NameValue& header) {
        return equal_ignoring_case(header.name, name);
    });
}

std::optional<std::uint64_t> RequestHead::length() const {
    return whole_number(header("Content-Length"));
}

std::optional<RequestHead> parse_head(std::string_view text) {
    const auto request = next_line(text);
    if (!request) return std::nullopt;
    const std::size_t first = request->find(' ');
    const std::size_t last = request->rfind(' ');
    if (first == last || request->substr(last + 1) != "HTTP/1.1") return std::nullopt;
    RequestHead head;
    head.method = request->substr(0, first);
    head.target = request->substr(first + 1, last - first - 1);
    if (!is_token(head.method) || !head.target.starts_with('/') ||
        head.target.find(' ') != std::string::npos) {
        return std::nullopt;
    }
    while (const auto line = next_line(text)) {
        const std::size_t colon = line->find(':');
        if (colon == std::string_view::npos || !is_token(line->substr(0, colon))) {
            return std::nullopt;
        }
        head.headers.push_back(
            {std::string(line->substr(0, colon)), std::string(trim(line->substr(colon + 1)))});
    }
    if (!text.empty()) return std::nullopt;
    return head;
}

std::optional<std::uint64_t> whole_number(std::string_view text) {
    return number_in<std::uint64_t>(text, 10);
}

std::optional<std::string> percent_decoded(std::string_view text) {
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            decoded += text[i];
            continue;
        }
        const std::string_view digits = text.substr(i + 1, 2);
        const auto byte = number_in<unsigned char>(digits, 16);
        if (digits.size() != 2 || !byte) return std::nullopt;
        decoded += static_cast<char>(*byte);
        i += 2;
    }
    return decoded;
}

}  // namespace s3drop::test
