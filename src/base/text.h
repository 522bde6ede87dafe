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

// tchar and token of RFC 9110 section 5.6.2.
bool is_token_character(char c);
bool is_token(std::string_view text);

// Well-formed UTF-8 (Unicode 15 table 3-7: no surrogates, nothing overlong).
bool is_utf8(std::string_view text);

// Has C0 or C1 controls or DEL. `text` is UTF-8.
bool has_control_characters(std::string_view text);

// `text` for an answer or a log line: without controls or broken UTF-8, cut between characters and
// marked with "…" behind at most `limit` bytes.
std::string printable(std::string_view text, std::size_t limit = 200);

// Shell patterns as fnmatch(3) has them: `*` matches any run, "." and "/" included.
bool matches_glob(const std::string& pattern, const std::string& text);

}  // namespace s3drop
