#include <boost/test/unit_test.hpp>

#include "base/utc.h"

using namespace s3drop;

BOOST_AUTO_TEST_SUITE(utc)

BOOST_AUTO_TEST_CASE(times_as_text) {
    const struct {
        std::time_t seconds;
        const char* date;
        const char* time;
        const char* basic;
    } cases[] = {
        {0, "1970-01-01", "1970-01-01T00:00:00Z", "19700101T000000Z"},
        {-1, "1969-12-31", "1969-12-31T23:59:59Z", "19691231T235959Z"},
        {1704164645, "2024-01-02", "2024-01-02T03:04:05Z", "20240102T030405Z"},
        {1709251199, "2024-02-29", "2024-02-29T23:59:59Z", "20240229T235959Z"},
        {1769903999, "2026-01-31", "2026-01-31T23:59:59Z", "20260131T235959Z"},
        {1769904000, "2026-02-01", "2026-02-01T00:00:00Z", "20260201T000000Z"},
        {4102444799, "2099-12-31", "2099-12-31T23:59:59Z", "20991231T235959Z"},
    };
    for (const auto& each : cases) {
        const auto time = std::chrono::system_clock::from_time_t(each.seconds);
        BOOST_TEST(iso_date(time) == each.date);
        BOOST_TEST(iso_time(time) == each.time);
        BOOST_TEST(iso_basic(time) == each.basic);
    }
}

BOOST_AUTO_TEST_CASE(fractions_are_dropped) {
    const auto time = std::chrono::system_clock::from_time_t(59) + std::chrono::milliseconds(999);
    BOOST_TEST(iso_time(time) == "1970-01-01T00:00:59Z");
    BOOST_TEST(iso_basic(time) == "19700101T000059Z");
}

BOOST_AUTO_TEST_CASE(http_dates) {
    const struct {
        const char* text;
        std::time_t seconds;
    } cases[] = {
        {"Thu, 01 Jan 1970 00:00:00 GMT", 0},
        {"Sun, 06 Nov 1994 08:49:37 GMT", 784111777},
        {"Sat, 31 Jan 2026 23:59:59 GMT", 1769903999},
        {"Thu, 29 Feb 2024 23:59:59 GMT", 1709251199},
        {"Mon, 01 Jan 1900 00:00:00 GMT", -2208988800},
        {"Wed, 31 Dec 2200 23:59:59 GMT", 7289654399},
    };
    for (const auto& each : cases) {
        const auto time = parse_http_date(each.text);
        BOOST_REQUIRE(time.has_value());
        BOOST_TEST(std::chrono::system_clock::to_time_t(*time) == each.seconds, each.text);
    }
}

BOOST_AUTO_TEST_CASE(texts_that_are_not_http_dates) {
    for (const char* text : {"", "today", "60", "2026-01-31T12:00:00Z", "Sat, 31 Jan 2026 12:00:00",
                             "Sat, 31 Jan 2026 12:00:00 CET", "Sat, 32 Jan 2026 12:00:00 GMT",
                             "Sat, 31 Foo 2026 12:00:00 GMT", "Sat, 31 Jan 2026 25:00:00 GMT",
                             "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
                             "Sun, 31 Dec 1899 23:59:59 GMT", "Thu, 01 Jan 2201 00:00:00 GMT",
                             "Sat, 31 Jan 9999 12:00:00 GMT"}) {
        BOOST_TEST(!parse_http_date(text), text);
    }
}

BOOST_AUTO_TEST_SUITE_END()
