#include <boost/test/unit_test.hpp>

#include "base/utc.h"

using namespace s3drop;

BOOST_AUTO_TEST_SUITE(utc)

BOOST_AUTO_TEST_CASE(seconds_before_and_after_midnight) {
    const struct {
        std::time_t seconds;
        const char* date;
        const char* time;
    } cases[] = {
        {0, "1970-01-01", "1970-01-01T00:00:00Z"},
        {1769903999, "2026-01-31", "2026-01-31T23:59:59Z"},
        {1769904000, "2026-02-01", "2026-02-01T00:00:00Z"},
        {1709251199, "2024-02-29", "2024-02-29T23:59:59Z"},
    };
    for (const auto& each : cases) {
        const auto time = std::chrono::system_clock::from_time_t(each.seconds);
        BOOST_TEST(iso_date(time) == each.date);
        BOOST_TEST(iso_time(time) == each.time);
    }
}

BOOST_AUTO_TEST_CASE(fractions_are_dropped) {
    const auto time = std::chrono::system_clock::from_time_t(59) + std::chrono::milliseconds(999);
    BOOST_TEST(iso_time(time) == "1970-01-01T00:00:59Z");
}

BOOST_AUTO_TEST_SUITE_END()
