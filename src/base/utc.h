// Times as text, in UTC and in whole seconds: fractions are dropped.
//
// Years have four digits. The functions that format a time throw std::runtime_error for other
// years.
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace s3drop {

// ISO 8601: 2026-01-31
std::string iso_date(std::chrono::system_clock::time_point time);

// ISO 8601: 2026-01-31T12:00:00Z
std::string iso_time(std::chrono::system_clock::time_point time);

// The basic format of ISO 8601, which AWS's signatures use: 20260131T120000Z
std::string iso_basic(std::chrono::system_clock::time_point time);

// An IMF-fixdate of RFC 9110 section 5.6.7: Sat, 31 Jan 2026 12:00:00 GMT. Returns nullopt for
// other text and for years before 1900 or after 2200. The English names are recognised only in
// the C locale, which is a program's locale until it calls setlocale().
std::optional<std::chrono::system_clock::time_point> parse_http_date(const std::string& text);

}  // namespace s3drop
