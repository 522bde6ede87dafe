#include "base/utc.h"

#include <array>
#include <ctime>

namespace s3drop {

namespace {

using std::chrono::system_clock;

std::string formatted(system_clock::time_point time, const char* format) {
    const std::time_t seconds = system_clock::to_time_t(time);
    std::tm utc{};
    gmtime_r(&seconds, &utc);
    std::array<char, 64> text{};
    return {text.data(), std::strftime(text.data(), text.size(), format, &utc)};
}

}  // namespace

std::string iso_date(system_clock::time_point time) {
    return formatted(time, "%Y-%m-%d");
}

std::string iso_time(system_clock::time_point time) {
    return formatted(time, "%Y-%m-%dT%H:%M:%SZ");
}

}  // namespace s3drop
