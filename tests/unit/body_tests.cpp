#include <boost/test/unit_test.hpp>

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "base/failure.h"
#include "unit/fakes.h"
#include "web/body.h"

using namespace s3drop;
using namespace s3drop::test;

BOOST_AUTO_TEST_SUITE(body)

constexpr std::uint64_t unlimited = std::numeric_limits<std::uint64_t>::max();

std::string read_all(Body& body, std::size_t at_a_time = 64) {
    std::string all;
    std::string buffer(at_a_time, '\0');
    while (const std::size_t got = body.read(buffer))
        all.append(buffer, 0, got);
    return all;
}

std::string refusal_of(Body& body) {
    try {
        return "accepted: " + read_all(body);
    } catch (const Failure& failure) {
        return std::to_string(static_cast<int>(failure.status)) + " " + failure.detail;
    }
}

BOOST_AUTO_TEST_CASE(exactly_as_long_as_announced) {
    FakeRequest request("twelve bytes");
    Body body(request, 12, unlimited);
    BOOST_TEST(read_all(body) == "twelve bytes");
    BOOST_TEST(read_all(body).empty());
}

BOOST_AUTO_TEST_CASE(without_a_length) {
    FakeRequest request("twelve bytes");
    Body body(request, std::nullopt, unlimited);
    BOOST_TEST(read_all(body) == "twelve bytes");
    BOOST_TEST(read_all(body).empty());
}

BOOST_AUTO_TEST_CASE(empty) {
    FakeRequest request;
    for (const std::optional<std::uint64_t> length : {std::optional<std::uint64_t>(0), {}}) {
        Body body(request, length, unlimited);
        BOOST_TEST(read_all(body).empty());
    }
}

BOOST_AUTO_TEST_CASE(shorter_than_announced) {
    for (const std::size_t per_read : {1UL, 5UL, 100UL}) {
        FakeRequest request("twelve bytes");
        request.per_read = per_read;
        Body body(request, 13, unlimited);
        BOOST_TEST(refusal_of(body) == "400 The upload broke off after 12 of 13 bytes.");
    }
}

BOOST_AUTO_TEST_CASE(nothing_arrives) {
    FakeRequest request;
    Body body(request, 1, unlimited);
    BOOST_TEST(refusal_of(body) == "400 The upload broke off after 0 of 1 bytes.");
}

BOOST_AUTO_TEST_CASE(never_read_past_the_length) {
    for (const std::size_t at_a_time : {1UL, 5UL, 64UL}) {
        FakeRequest request("twelve bytes and the next request");
        Body body(request, 12, unlimited);
        BOOST_TEST(read_all(body, at_a_time) == "twelve bytes");
        BOOST_TEST(request.given == 12U);
    }
}

BOOST_AUTO_TEST_CASE(connection_breaks) {
    for (const std::optional<std::uint64_t> length : {std::optional<std::uint64_t>(12), {}}) {
        FakeRequest request("twelve bytes");
        request.breaks_at = 6;
        Body body(request, length, unlimited);
        BOOST_TEST(refusal_of(body) == "400 The upload broke off.");
    }
}

BOOST_AUTO_TEST_CASE(as_large_as_the_limit) {
    for (const std::optional<std::uint64_t> length : {std::optional<std::uint64_t>(12), {}}) {
        FakeRequest request("twelve bytes");
        Body body(request, length, 12);
        BOOST_TEST(read_all(body) == "twelve bytes");
    }
}

BOOST_AUTO_TEST_CASE(grows_past_the_limit) {
    FakeRequest request("twelve bytes");
    Body body(request, std::nullopt, 11);
    BOOST_TEST(refusal_of(body) == "413 The upload is larger than the limit of 11 bytes.");
}

BOOST_AUTO_TEST_CASE(endless_body_is_stopped_at_the_limit) {
    FakeRequest request;
    request.endless = std::numeric_limits<std::size_t>::max();
    Body body(request, std::nullopt, 1000);
    BOOST_TEST(refusal_of(body) == "413 The upload is larger than the limit of 1000 bytes.");
    BOOST_TEST(request.given <= 1064U);
}

// Reads until the Failure. Returns the bytes that came before it, and its status.
std::string broken_off(Body& body, std::size_t at_a_time) {
    std::string all;
    std::string buffer(at_a_time, '\0');
    try {
        while (const std::size_t got = body.read(buffer))
            all.append(buffer, 0, got);
    } catch (const Failure& failure) {
        return all + "|" + std::to_string(static_cast<int>(failure.status));
    }
    return all;
}

BOOST_AUTO_TEST_CASE(every_byte_before_a_failure_is_returned) {
    const std::string whole = "twelve bytes";
    for (std::size_t cut = 0; cut < whole.size(); ++cut) {
        for (const std::size_t per_read : {1UL, 5UL, 100UL}) {
            for (const std::size_t at_a_time : {1UL, 4UL, 64UL}) {
                const std::string came = whole.substr(0, cut);
                FakeRequest ends(came);
                ends.per_read = per_read;
                Body early(ends, whole.size(), unlimited);
                BOOST_TEST(broken_off(early, at_a_time) == came + "|400");

                FakeRequest breaks(whole);
                breaks.per_read = per_read;
                breaks.breaks_at = cut;
                Body announced(breaks, whole.size(), unlimited);
                BOOST_TEST(broken_off(announced, at_a_time) == came + "|400");

                FakeRequest chunked(whole);
                chunked.per_read = per_read;
                chunked.breaks_at = cut;
                Body unannounced(chunked, std::nullopt, unlimited);
                BOOST_TEST(broken_off(unannounced, at_a_time) == came + "|400");

                FakeRequest large(whole);
                large.per_read = per_read;
                Body limited(large, std::nullopt, cut);
                BOOST_TEST(broken_off(limited, at_a_time) == came + "|413");
                BOOST_TEST(large.given == cut + 1);
            }
        }
    }
}

// The connection breaks when everything that was announced has arrived.
BOOST_AUTO_TEST_CASE(connection_breaks_after_the_body) {
    FakeRequest request("twelve bytes");
    request.breaks_at = 12;
    Body body(request, 12, unlimited);
    BOOST_TEST(read_all(body) == "twelve bytes");
    BOOST_TEST(read_all(body).empty());
}

BOOST_AUTO_TEST_CASE(buffer_stays_unchanged_after_the_bytes_read) {
    FakeRequest request("ab");
    request.per_read = 1;
    Body body(request, 2, unlimited);
    std::array<char, 2> into{'x', 'x'};
    BOOST_TEST(body.read(into) == 1U);
    BOOST_TEST(into[0] == 'a');
    BOOST_TEST(into[1] == 'x');
}

BOOST_AUTO_TEST_SUITE_END()
