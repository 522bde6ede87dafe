// Questions about bytes that are text: case, blanks, HTTP tokens, UTF-8. Locale plays no part.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace s3drop {

std::string lower_case(std::string_view text);
bool equal_ignoring_case(std::string_view a, std::string_view b);

// Without the blanks and tabs at both ends.
std::string_view trim(std::string_view text);

// The pieces between separators, trimmed; empty ones are left out.
std::vector<std::string> split(std::string_view text, char separator);

// ASCII letters and digits.
constexpr bool is_alphanumeric(char c) {
    return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || ('0' <= c && c <= '9');
}

// Whether every byte is alphanumeric or one of `symbols`; true for an empty text.
bool is_alphanumeric_or(std::string_view symbols, std::string_view text);

// tchar and token of RFC 9110 section 5.6.2.
bool is_token_character(char c);
bool is_token(std::string_view text);

// Well-formed UTF-8 (Unicode 15 table 3-7: no surrogates, nothing overlong).
bool is_utf8(std::string_view text);

// Whether bytes can be the value of an HTTP header (RFC 9110 section 5.5): no control characters
// but tab, since a line break would forge headers. Bytes above 127 are allowed in any order.
bool is_header_value(std::string_view bytes);

// Whether text that people read or type has control characters in it: C0 with tab, C1 or DEL.
// `text` is UTF-8.
bool has_control_characters(std::string_view text);

// `text` for an answer or a log line: without controls or broken UTF-8, cut between characters and
// marked with "…" behind at most `limit` bytes.
std::string printable(std::string_view text, std::size_t limit = 200);

// The same in single quotation marks, for a message.
std::string quoted(std::string_view text);

// Shell patterns as fnmatch(3) has them: `*` matches any run, "." and "/" included.
bool matches_glob(const std::string& pattern, const std::string& text);

}  // namespace s3drop
