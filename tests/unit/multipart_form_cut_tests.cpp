// Forms that do not arrive completely, or not as announced: none may be accepted as complete.
#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <limits>
#include <string>

#include "form/multipart_form.h"
#include "unit/received.h"
#include "web/recording.h"

using namespace s3drop;
using namespace s3drop::test;

BOOST_AUTO_TEST_SUITE(multipart_form)

const std::string whole = field("bucket", "first") + file("a.txt", "some\r\ndata\r\n") +
                          file("b.bin", noise(100)) + field("file_name", "") + closing();
const Received as_sent{
    .bucket = "first",
    .files = {{"a.txt", "text/plain", "some\r\ndata\r\n"}, {"b.bin", "text/plain", noise(100)}}};

// After its last hyphen the form is complete; the CR LF that follows belongs to the epilogue.
const std::size_t closed = whole.size() - 2;

constexpr std::size_t window = MultipartForm::window_size;

constexpr const char* no_end = "400 The form is malformed: it ends before its closing delimiter.";

std::string broke_off(std::size_t after, std::size_t announced) {
    return "400 The upload broke off after " + std::to_string(after) + " of " +
           std::to_string(announced) + " bytes.";
}

BOOST_AUTO_TEST_CASE(complete_form_is_accepted) {
    BOOST_TEST(receive_form({.body = whole}) == as_sent);
    BOOST_TEST(receive_form({.body = whole, .chunked = true}) == as_sent);
}

BOOST_AUTO_TEST_CASE(cut_at_every_offset_with_content_length) {
    for (std::size_t cut = 0; cut < whole.size(); ++cut)
        for (const std::size_t per_read : {1UL, 16UL, in_one_read})
            BOOST_TEST(refusal({.body = whole.substr(0, cut),
                                .content_length = whole.size(),
                                .per_read = per_read}) == broke_off(cut, whole.size()));
}

BOOST_AUTO_TEST_CASE(cut_at_every_offset_without_content_length) {
    for (std::size_t cut = 0; cut < closed; ++cut)
        for (const std::size_t per_read : {1UL, 16UL, in_one_read})
            BOOST_TEST(
                refusal({.body = whole.substr(0, cut), .chunked = true, .per_read = per_read}) ==
                    no_end,
                "cut at " << cut);
}

BOOST_AUTO_TEST_CASE(cut_after_the_closing_delimiter_without_content_length) {
    for (std::size_t cut = closed; cut < whole.size(); ++cut)
        BOOST_TEST(receive_form({.body = whole.substr(0, cut), .chunked = true}) == as_sent);
}

BOOST_AUTO_TEST_CASE(connection_breaks_at_every_offset) {
    for (std::size_t at = 0; at < whole.size(); ++at)
        for (const bool chunked : {false, true})
            BOOST_TEST(refusal({.body = whole, .chunked = chunked, .breaks_at = at}) ==
                       "400 The upload broke off.");
}

BOOST_AUTO_TEST_CASE(content_length_is_longer_than_the_body) {
    for (const std::uint64_t announced :
         {whole.size() + 1, whole.size() + 2, whole.size() + 100000, std::size_t{6'000'000'000},
          std::numeric_limits<std::size_t>::max()})
        BOOST_TEST(refusal({.body = whole, .content_length = announced}) ==
                   broke_off(whole.size(), announced));
}

BOOST_AUTO_TEST_CASE(content_length_is_shorter_than_the_body) {
    for (std::uint64_t announced = 0; announced < closed; ++announced)
        BOOST_TEST(refusal({.body = whole, .content_length = announced}) == no_end,
                   "announced " << announced);
}

BOOST_AUTO_TEST_CASE(more_bytes_after_the_content_length) {
    BOOST_TEST(receive_form({.body = whole + "POST / HTTP/1.1", .content_length = whole.size()}) ==
               as_sent);
}

// A form that is cut in a file of several windows. By then, much of the file has been recorded.
BOOST_AUTO_TEST_CASE(large_file_cut_short) {
    const std::string large = file("a", noise(1500000)) + closing();
    for (const std::size_t cut :
         {window - 1, window, window + 1, Recording::memory_size, 1500000UL, large.size() - 3}) {
        const std::string body = large.substr(0, cut);
        BOOST_TEST(refusal({.body = body, .chunked = true}) == no_end);
        BOOST_TEST(refusal({.body = body, .content_length = large.size()}) ==
                   broke_off(cut, large.size()));
    }
}

BOOST_AUTO_TEST_SUITE_END()
