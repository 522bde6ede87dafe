// Times as text, in UTC and to the second: fractions are dropped.
//
// Years have four digits: the functions that write throw std::runtime_error for others.
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace s3drop {

// ISO 8601: 2026-01-31
std::string iso_date(std::chrono::system_clock::time_point time);

// ISO 8601: 2026-01-31T12:00:00Z
std::string iso_time(std::chrono::system_clock::time_point time);

// The basic format of ISO 8601, which AWS signs with: 20260131T120000Z
std::string iso_basic(std::chrono::system_clock::time_point time);

// An IMF-fixdate of RFC 9110 section 5.6.7: Sat, 31 Jan 2026 12:00:00 GMT. Returns nullopt for
// other text and for years before 1900 or after 2200. Its English names are read only in the C
// locale, which a program has until it calls setlocale().
std::optional<std::chrono::system_clock::time_point> parse_http_date(const std::string& text);

}  // namespace s3drop
