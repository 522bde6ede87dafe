// Functions on text: case, spaces, HTTP tokens, UTF-8. Independent of the locale.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace s3drop {

// These two treat ASCII letters only; other bytes stay as they are.
std::string lower_case(std::string_view text);
bool equal_ignoring_case(std::string_view a, std::string_view b);

// The text without spaces and tabs at either end; a view of `text`.
std::string_view trim(std::string_view text);

// The items between separators, trimmed. Empty items are left out.
std::vector<std::string> split(std::string_view text, char separator);

// ASCII letters and digits.
constexpr bool is_alphanumeric(char c) {
    return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || ('0' <= c && c <= '9');
}

// Whether every byte is alphanumeric or one of `symbols`; true for empty text.
bool is_alphanumeric_or(std::string_view symbols, std::string_view text);

// tchar and token of RFC 9110 section 5.6.2.
bool is_token_character(char c);
bool is_token(std::string_view text);

// Well-formed UTF-8 (Unicode 15 table 3-7: no surrogates, nothing overlong).
bool is_utf8(std::string_view text);

// Whether bytes can be the value of an HTTP header (RFC 9110 section 5.5): no control characters
// except tab, because a line break would let the value add headers. Bytes above 127 are allowed,
// whether or not they are UTF-8.
bool is_header_value(std::string_view bytes);

// Whether text that people read or type contains control characters: C0 (including tab), C1 or DEL.
// `text` is UTF-8.
bool has_control_characters(std::string_view text);

// The text for a reply or a log line: control characters and the bytes of invalid UTF-8 become "?".
// Longer text is cut after at most `limit` bytes, between characters, and "…" is added.
std::string printable(std::string_view text, std::size_t limit = 200);

// The same in single quotation marks, for a message.
std::string quoted(std::string_view text);

// Whether the text matches a shell pattern, as in fnmatch(3). `*` matches any characters, including
// "." and "/".
bool matches_glob(const std::string& pattern, const std::string& text);

}  // namespace s3drop
