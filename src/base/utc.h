// Times as text: ISO 8601, in UTC, to the day and to the second.
#pragma once

#include <chrono>
#include <string>

namespace s3drop {

// 2026-01-31
std::string iso_date(std::chrono::system_clock::time_point time);

// 2026-01-31T12:00:00Z
std::string iso_time(std::chrono::system_clock::time_point time);

}  // namespace s3drop
