#include "base/utc.h"

#include <ctime>
#include <stdexcept>

namespace s3drop {

namespace {

using std::chrono::system_clock;

// The pattern with the digits of YYYYMMDDHHMMSS in place of its fourteen zeros. strftime() would be
// slower, and every signature and every line of the log has a time.
std::string formatted(system_clock::time_point time, std::string pattern) {
    const std::time_t seconds = system_clock::to_time_t(time);
    std::tm utc{};
    if (!gmtime_r(&seconds, &utc) || utc.tm_year < -1900 || utc.tm_year > 9999 - 1900)
        throw std::runtime_error("the year of a time does not have four digits");
    const int year = utc.tm_year + 1900;
    auto place = pattern.begin();
    for (const int two_digits : {year / 100, year % 100, utc.tm_mon + 1, utc.tm_mday, utc.tm_hour,
                                 utc.tm_min, utc.tm_sec}) {
        while (*place != '0')
            ++place;
        *place++ = static_cast<char>('0' + two_digits / 10);
        *place++ = static_cast<char>('0' + two_digits % 10);
    }
    return pattern;
}

}  // namespace

std::string iso_date(system_clock::time_point time) {
    return iso_time(time).substr(0, 10);
}

std::string iso_time(system_clock::time_point time) {
    return formatted(time, "0000-00-00T00:00:00Z");
}

std::string iso_basic(system_clock::time_point time) {
    return formatted(time, "00000000T000000Z");
}

std::optional<system_clock::time_point> parse_http_date(const std::string& text) {
    std::tm utc{};
    if (strptime(text.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &utc) == nullptr) return std::nullopt;
    constexpr int last_year = 2200 - 1900;  // a time_point ends in 2262
    if (utc.tm_year < 0 || utc.tm_year > last_year) return std::nullopt;
    return system_clock::from_time_t(timegm(&utc));
}

}  // namespace s3drop
