// How much one form can make a worker store or search.
#include <boost/test/unit_test.hpp>

#include <string>

#include "form/parts.h"
#include "unit/received.h"

using namespace s3drop;
using namespace s3drop::test;

BOOST_AUTO_TEST_SUITE(multipart_form)

const std::string malformed = "400 The form is malformed: ";
constexpr std::size_t gibibyte = 1024UL * 1024 * 1024;

std::string many_fields(std::size_t count) {
    std::string body;
    for (std::size_t i = 0; i < count; ++i)
        body += field("unknown", std::to_string(i));
    return body;
}

BOOST_AUTO_TEST_CASE(as_many_parts_as_allowed) {
    const std::string body = many_fields(FormLimits::parts - 1) + file("a", "data") + closing();
    BOOST_TEST(receive_form({.body = body}) == (Received{.files = {{"a", "text/plain", "data"}}}));
}

BOOST_AUTO_TEST_CASE(one_part_too_many) {
    const std::string body = many_fields(FormLimits::parts) + file("a", "data") + closing();
    BOOST_TEST(refusal({.body = body}) == malformed + "it has more than 1000 parts.");
}

// Headers of exactly `size` bytes, without the blank line.
std::string headers_of(std::size_t size) {
    std::string headers =
        "Content-Disposition: form-data; name=\"file_data\"; filename=\"a\"\r\nX: ";
    return headers + std::string(size - headers.size(), 'x');
}

BOOST_AUTO_TEST_CASE(headers_as_long_as_allowed) {
    for (const std::size_t per_read : {1000UL, in_one_read}) {
        const std::string body = part(headers_of(FormLimits::part_headers), "data") + closing();
        BOOST_TEST(receive_form({.body = body, .per_read = per_read}) ==
                   (Received{.files = {{"a", "", "data"}}}));
    }
}

const std::string long_headers = malformed + "the headers of a part are longer than 16 KiB.";

BOOST_AUTO_TEST_CASE(oversized_headers) {
    for (const std::size_t size : {FormLimits::part_headers + 1, FormLimits::part_headers + 5,
                                   2 * FormLimits::part_headers, 10 * FormLimits::part_headers})
        for (const std::size_t per_read : {1000UL, in_one_read}) {
            const std::string body = part(headers_of(size), "data") + closing();
            BOOST_TEST(refusal({.body = body, .per_read = per_read}) == long_headers);
        }
}

BOOST_AUTO_TEST_CASE(endless_headers) {
    const std::string body = "--B\r\nContent-Disposition: form-data; name=\"";
    for (const bool chunked : {false, true})
        BOOST_TEST(refusal({.body = body, .chunked = chunked, .endless = gibibyte}) ==
                   long_headers);
}

const std::string no_boundary =
    malformed + "the boundary in its Content-Type does not appear in the first 16 KiB.";

BOOST_AUTO_TEST_CASE(endless_preamble) {
    for (const std::string body : {"", "\r\n", "--", "--A", "\r\n\r\n\r\n"})
        for (const bool chunked : {false, true})
            BOOST_TEST(refusal({.body = body, .chunked = chunked, .endless = gibibyte}) ==
                       no_boundary);
}

BOOST_AUTO_TEST_CASE(preamble_as_long_as_allowed) {
    // The scanner puts a CR LF before the body's first byte.
    const std::string body(FormLimits::preamble - 2, 'p');
    const std::string form = "\r\n" + file("a", "data") + closing();
    const Received expected{.files = {{"a", "text/plain", "data"}}};
    for (const std::size_t per_read : {1000UL, in_one_read}) {
        BOOST_TEST(receive_form({.body = body + form, .per_read = per_read}) == expected);
        BOOST_TEST(refusal({.body = body + "p" + form, .per_read = per_read}) == no_boundary);
    }
}

BOOST_AUTO_TEST_CASE(endless_padding_after_a_delimiter) {
    const std::string padding(2 * FormLimits::preamble, ' ');
    BOOST_TEST(
        refusal({.body = "--B" + padding + "\r\n" + file("a", "data").substr(5) + closing()}) ==
        malformed + "a delimiter's line is longer than 16 KiB.");
    BOOST_TEST(refusal({.body = "--B", .endless = gibibyte}) ==
               malformed + "a delimiter's line is longer than 16 KiB.");
}

BOOST_AUTO_TEST_CASE(epilogue_of_blanks_as_long_as_allowed) {
    const std::string body = file("a", "data") + "--B--";
    const std::string blanks(FormLimits::preamble, '\n');
    const Received expected{.files = {{"a", "text/plain", "data"}}};
    for (const std::size_t per_read : {1000UL, in_one_read}) {
        BOOST_TEST(receive_form({.body = body + blanks, .per_read = per_read}) == expected);
        BOOST_TEST(refusal({.body = body + blanks + "\n", .per_read = per_read}) ==
                   malformed + "there is more data after its closing delimiter.");
    }
}

BOOST_AUTO_TEST_CASE(endless_epilogue) {
    const std::string body = file("a", "data") + closing();
    BOOST_TEST(refusal({.body = body, .endless = gibibyte}) ==
               malformed + "there is more data after its closing delimiter.");
}

BOOST_AUTO_TEST_SUITE_END()
