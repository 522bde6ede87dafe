// Delimiters and headers across the edges of the scanner's window, and of the blocks that it
// returns.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "form/multipart_form.h"
#include "unit/fakes.h"
#include "unit/received.h"
#include "web/body.h"

using namespace s3drop;
using namespace s3drop::test;

BOOST_AUTO_TEST_SUITE(multipart_form)

constexpr std::size_t window = MultipartForm::window_size;
constexpr std::size_t page = MultipartForm::page;
constexpr std::size_t largest_block = window - page;

const std::string boundary = "Boundary9";
const std::string delimiter = "\r\n--" + boundary;
const std::string multipart_type = "multipart/form-data; boundary=" + boundary;

// What comes before the first file's content.
const std::string head =
    field("bucket", "before", boundary) + "--" + boundary +
    "\r\nContent-Disposition: form-data; name=\"file_data\"; filename=\"a\"\r\n"
    "Content-Type: text/plain\r\n\r\n";

// The window starts two bytes before the body, with a CR LF that the scanner puts there. When it is
// full, the scanner returns the largest block and moves the rest to the front.
const std::size_t first_edge = window;
const std::size_t second_edge = head.size() + largest_block + window + 2;
const std::size_t third_edge = second_edge + largest_block;

// Bytes without a delimiter, CR or LF, so that the scanner can find only what a test case adds.
const std::string& filler() {
    static const std::string bytes = [] {
        std::string made = noise(third_edge + 2 * window);
        for (char& c : made)
            if (c == '\r' || c == '\n') c = 'x';
        return made;
    }();
    return bytes;
}

// What comes after the first file's filler: the rest of its content, and the rest of the form.
struct Crossing {
    std::string situation;
    std::string content;
    std::string rest;
    std::vector<ReceivedFile> others = {};
};

std::ostream& operator<<(std::ostream& out, const Crossing& crossing) {
    return out << crossing.situation;
}

const ReceivedFile second_file{"b", "text/plain", "data"};

const std::vector<Crossing> crossings{
    {"closing delimiter", "", closing(boundary)},
    {"closing delimiter without its CR LF", "", "--" + boundary + "--"},
    {"closing delimiter and an epilogue", "", closing(boundary) + "\r\n \t\r\n"},
    {"multipart/mixed part",
     "",
     mixed("files", attached("b", "data"), "inner", boundary) + closing(boundary),
     {{"b", "text/plain", "data"}}},
    {"delimiter and headers of another file",
     "",
     file("b", "data", boundary) + closing(boundary),
     {second_file}},
    {"padded delimiter",
     "",
     "--" + boundary + " \t " + file("b", "data", boundary).substr(2 + boundary.size()) +
         closing(boundary),
     {second_file}},
    {"empty part that shares its CR LF",
     "",
     "--" + boundary + "\r\nContent-Disposition: form-data; name=f; filename=b\r\n\r\n" +
         closing(boundary),
     {{"b", "", ""}}},
    {"content that ends with CRs", "\r\r\r", closing(boundary)},
    {"content that ends with CR LF", "\r\n", closing(boundary)},
    {"all of a delimiter but its last character",
     delimiter.substr(0, delimiter.size() - 1) + "x\r\nx", closing(boundary)},
    {"all of a delimiter but its first character", "x" + delimiter.substr(1) + "\r\nx",
     closing(boundary)},
    {"beginning of a delimiter before a delimiter", delimiter.substr(0, delimiter.size() - 1),
     closing(boundary)},
};

// Moves what follows the filler across the edge byte by byte, and two bytes further on either side.
void check_across(std::size_t edge, const Crossing& crossing, std::size_t per_read, bool chunked) {
    const std::string after = crossing.content + "\r\n" + crossing.rest;
    for (std::size_t end = edge - 2; end <= edge + after.size() + 2; ++end) {
        const std::size_t filled = end - after.size() - head.size();
        const std::string content = filler().substr(0, filled) + crossing.content;
        Received expected{.bucket = "before", .files = {{"a", "text/plain", content}}};
        expected.files.insert(expected.files.end(), crossing.others.begin(), crossing.others.end());
        const Received received = receive_form({.body = head + filler().substr(0, filled) + after,
                                                .content_type = multipart_type,
                                                .chunked = chunked,
                                                .per_read = per_read});
        BOOST_TEST(received == expected, "it ends at byte " << end << ", the edge is at " << edge
                                                            << (chunked ? ", chunked" : ""));
    }
}

// With a Content-Length, a body that is no larger than the window ends where the buffer ends.
BOOST_DATA_TEST_CASE(across_the_windows_first_edge, crossings, crossing) {
    for (const bool chunked : {false, true})
        check_across(first_edge, crossing, in_one_read, chunked);
}

BOOST_DATA_TEST_CASE(across_the_windows_second_edge, crossings, crossing) {
    check_across(second_edge, crossing, in_one_read, false);
}

BOOST_DATA_TEST_CASE(across_the_windows_third_edge, crossings, crossing) {
    check_across(third_edge, crossing, in_one_read, true);
}

// It then also lies across the end of what has been read so far.
BOOST_DATA_TEST_CASE(across_the_edge_of_reads_as_large_as_the_window, crossings, crossing) {
    for (const std::size_t per_read : {window - 1, window + 1})
        check_across(per_read, crossing, per_read, true);
}

BOOST_DATA_TEST_CASE(across_the_largest_block, crossings, crossing) {
    check_across(head.size() + largest_block, crossing, in_one_read, true);
}

BOOST_DATA_TEST_CASE(across_a_page, crossings, crossing) {
    for (const std::size_t per_read : {std::size_t{1}, page, in_one_read})
        check_across(head.size() + page, crossing, per_read, false);
}

// A file of `size` bytes, in reads of `per_read`.
Received file_of(std::size_t size, std::size_t per_read, bool chunked = false) {
    return receive_form({.body = head + filler().substr(0, size) + "\r\n" +
                                 field("host", "after", boundary) + closing(boundary),
                         .content_type = multipart_type,
                         .chunked = chunked,
                         .per_read = per_read});
}

Received file_as_sent(std::size_t size) {
    return {.bucket = "before",
            .host = "after",
            .files = {{"a", "text/plain", filler().substr(0, size)}}};
}

BOOST_AUTO_TEST_CASE(sizes_around_the_window) {
    for (const std::size_t around :
         {page, largest_block, window - delimiter.size(), window, window + delimiter.size(),
          2 * largest_block, 2 * window, 3 * window})
        for (std::size_t size = around - 2; size <= around + 2; ++size)
            for (const bool chunked : {false, true})
                BOOST_TEST(file_of(size, in_one_read, chunked) == file_as_sent(size),
                           size << " bytes");
}

BOOST_AUTO_TEST_CASE(any_number_of_bytes_at_a_time) {
    const std::size_t size = 3 * window + 17;
    for (const std::size_t per_read :
         {std::size_t{1}, std::size_t{2}, std::size_t{7}, page - 1, page, page + 1,
          largest_block - 1, largest_block, largest_block + 1, window - 1, window, window + 1})
        BOOST_TEST(file_of(size, per_read) == file_as_sent(size), per_read << " bytes at a time");
}

// The scanner reports the offset of each block in the body, and how much is still to come.
void check_blocks(std::size_t size, std::size_t per_read) {
    FakeRequest request(head + filler().substr(0, size) + "\r\n" + closing(boundary));
    request.per_read = per_read;
    Body body(request, request.body.size(), request.body.size());
    MultipartForm parts(body, boundary);
    parts.next();
    parts.next();
    std::size_t got = 0;
    for (;;) {
        BOOST_REQUIRE(parts.data_offset().value() == head.size() + got);
        BOOST_REQUIRE(parts.implied_size().value() == size - got);
        const std::string_view block = parts.data();
        if (block.empty()) break;
        BOOST_REQUIRE((block == std::string_view(filler()).substr(got, block.size())));
        got += block.size();
        BOOST_REQUIRE((block.size() % page == 0 || got == size));
    }
    BOOST_TEST(got == size);
    BOOST_TEST(parts.at_end());
}

BOOST_AUTO_TEST_CASE(blocks_are_whole_pages_and_their_offsets_are_right) {
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, page, largest_block, window - 2,
                                   window - 1, window, window + 1, 3 * window})
        for (const std::size_t per_read : {page - 1, window - 1, window, window + 1})
            BOOST_TEST_CONTEXT(size << " bytes, " << per_read << " at a time")
    check_blocks(size, per_read);
}

BOOST_AUTO_TEST_SUITE_END()
