#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "form/multipart_form.h"
#include "unit/received.h"
#include "web/recording.h"

using namespace s3drop;
using namespace s3drop::test;
using namespace std::string_literals;

BOOST_AUTO_TEST_SUITE(multipart_form)

constexpr std::size_t window = MultipartForm::window_size;

// Checks that the content comes back unchanged, and so do the fields around it.
void check_unchanged(const std::string& content, const std::string& boundary,
                     std::size_t per_read) {
    const std::string body = field("bucket", "before", boundary) + file("a", content, boundary) +
                             field("host", "after", boundary) + closing(boundary);
    const Received expected{
        .bucket = "before", .host = "after", .files = {{"a", "text/plain", content}}};
    const Received received =
        receive_form({.body = body,
                      .content_type = "multipart/form-data; boundary=" + boundary,
                      .per_read = per_read});
    BOOST_TEST_CONTEXT(content.size()
                       << " bytes, boundary " << boundary << ", " << per_read << " at a time")
    BOOST_TEST(received == expected);
}

std::string all_bytes() {
    std::string bytes;
    for (int byte = 0; byte < 256; ++byte)
        bytes += static_cast<char>(byte);
    return bytes;
}

std::string repeated(std::string_view unit, std::size_t times) {
    std::string text;
    for (std::size_t i = 0; i < times; ++i)
        text += unit;
    return text;
}

const std::string longest_boundary = "-"s + std::string(68, 'x') + "-";
const std::vector<std::string> all_boundaries{"B", "-", "----WebKitFormBoundary7MA4YWxkTrZu0gW",
                                              longest_boundary};

const std::vector<std::pair<std::string, std::string>> contents{
    {"nothing", ""},
    {"every byte", all_bytes()},
    {"every byte twice", all_bytes() + all_bytes()},
    {"NULs", std::string(1000, '\0')},
    {"only CR", std::string(1000, '\r')},
    {"only LF", std::string(1000, '\n')},
    {"only CR LF", repeated("\r\n", 500)},
    {"one CR", "\r"},
    {"one LF", "\n"},
    {"one CR LF", "\r\n"},
    {"ends with CR", "data\r"},
    {"ends with CR LF", "data\r\n"},
    {"ends with CR CR LF", "data\r\r\n"},
    {"begins with CR LF", "\r\ndata"},
    {"two hyphens", "--"},
    {"hyphens", std::string(1000, '-')},
    {"lines of two hyphens", repeated("\r\n--", 300)},
    {"blank lines, as between headers and content", "\r\n\r\n\r\n\r\n"},
};

BOOST_AUTO_TEST_CASE(content_that_looks_like_framing) {
    for (const auto& [name, content] : contents)
        BOOST_TEST_CONTEXT(name)
    for (const std::string& boundary : all_boundaries)
        for (const std::size_t per_read : {std::size_t{1}, std::size_t{3}, window}) {
            // With the boundary "-", a line that begins with "---" is a delimiter.
            if (boundary == "-" && content.find("---") != std::string::npos) continue;
            check_unchanged(content, boundary, per_read);
        }
}

BOOST_AUTO_TEST_CASE(content_that_begins_like_a_delimiter) {
    for (const std::string& boundary : all_boundaries) {
        const std::string delimiter = "\r\n--" + boundary;
        for (std::size_t length = 1; length < delimiter.size(); ++length) {
            const std::string prefix = delimiter.substr(0, length);
            for (const std::size_t per_read : {std::size_t{1}, std::size_t{2}, window})
                for (const std::string& content :
                     {prefix, "x" + prefix, prefix + "\r", prefix + prefix, prefix + "\r\n"})
                    if (content.find(delimiter) == std::string::npos)
                        check_unchanged(content, boundary, per_read);
        }
    }
}

BOOST_AUTO_TEST_CASE(delimiter_without_its_crlf_is_content) {
    for (const std::string& boundary : all_boundaries)
        for (const std::string& before : {"x"s, "\n"s, "\r"s, "\r\nx"s})
            for (const std::string& after : {""s, "\r\n"s, "--"s, "--\r\n"s})
                check_unchanged(before + "--" + boundary + after, boundary, window);
}

BOOST_AUTO_TEST_CASE(line_that_begins_with_the_boundary_is_refused) {
    const std::string body = file("a", "line\r\n--Brown fox\r\nline") + closing();
    BOOST_TEST(
        refusal({.body = body}) ==
        "400 The form is malformed: a line begins with the boundary but is not a delimiter.");
}

// An empty part may share its CR LF with the delimiter, so this content is one.
BOOST_AUTO_TEST_CASE(content_that_begins_with_the_delimiters_line_is_refused) {
    BOOST_TEST(refusal({.body = file("a", "--B\r\n\r\ndata") + closing()}) ==
               "400 The form is malformed: a part has no Content-Disposition header.");
}

BOOST_AUTO_TEST_CASE(sizes_around_the_recordings_memory_and_above) {
    constexpr std::size_t memory = Recording::memory_size;
    const std::string bytes = noise(6 * memory + 1);
    for (const std::size_t size : {memory - 1, memory, memory + 1, 3 * memory, bytes.size()})
        check_unchanged(bytes.substr(0, size), "Boundary9", window);
}

BOOST_AUTO_TEST_CASE(content_of_fields_is_unchanged_too) {
    for (const auto& [name, content] : contents)
        for (const std::size_t per_read : {std::size_t{1}, window}) {
            const std::string body = field("file_name", content) + file("a", "data") + closing();
            const Received expected{.file_name = content, .files = {{"a", "text/plain", "data"}}};
            BOOST_TEST_CONTEXT(name)
            BOOST_TEST(receive_form({.body = body, .per_read = per_read}) == expected);
        }
}

BOOST_AUTO_TEST_SUITE_END()
