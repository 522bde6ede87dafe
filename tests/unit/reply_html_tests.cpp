#include <boost/test/unit_test.hpp>

#include "reply/reply.h"
#include "reply/reply_html.h"
#include "unit/canned_upload.h"

using namespace s3drop;
using namespace s3drop::test;

BOOST_AUTO_TEST_SUITE(reply_html)

// Markup, unless it is escaped.
const std::string tricky = "\"'><script>&amp;";
const std::string escaped = "&quot;&#39;&gt;&lt;script&gt;&amp;amp;";

Outcome outcome_of(const std::string& text) {
    Failure failure(Status::bad_gateway, text, "private");
    failure.s3 = {.code = text, .message = text, .request_id = text};
    return {.request_id = text,
            .stored = {{.bucket = text,
                        .key = text,
                        .size = 5,
                        .content_type = text,
                        .etag = text,
                        .url = text,
                        .s3_request_id = text}},
            .failure = failure};
}

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; ++at)
        ++found;
    return found;
}

BOOST_AUTO_TEST_CASE(escaping) {
    BOOST_TEST(escape_html(tricky) == escaped);
    BOOST_TEST(escape_html("") == "");
    BOOST_TEST(escape_html("gr\xC3\xBC\xC3\x9F /+%") == "gr\xC3\xBC\xC3\x9F /+%");
}

BOOST_AUTO_TEST_CASE(every_value_is_escaped) {
    const std::string page = html_page(outcome_of(tricky), "./");
    BOOST_TEST(!contains(page, "<script"), page);
    BOOST_TEST(!contains(page, tricky), page);
    // url (twice), key, type and bucket of the file; detail, code and id of the failure; the
    // request
    BOOST_TEST(count(page, escaped) == 9U, page);
}

BOOST_AUTO_TEST_CASE(page_of_a_file) {
    Outcome outcome = outcome_of("x");
    outcome.failure.reset();
    outcome.stored.front().url = "http://s/demo/a.txt";
    outcome.stored.front().key = "a.txt";
    const std::string page = html_page(outcome, "../");
    BOOST_TEST(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">\n"));
    BOOST_TEST(page.ends_with("</html>\n"));
    BOOST_TEST(contains(page, "<title>Uploaded</title>"));
    BOOST_TEST(contains(page, "<bdi class=\"name\">a.txt</bdi>"));
    BOOST_TEST(contains(page, "href=\"http://s/demo/a.txt\">http://s/demo/a.txt</a>"));
    BOOST_TEST(contains(page, "5 bytes"));
    BOOST_TEST(contains(page, "<link rel=\"stylesheet\" href=\"../style.css\">"));
    BOOST_TEST(contains(page, "href=\"../\">Upload another file</a>"));
    BOOST_TEST(!contains(page, "role=\"alert\""));
}

BOOST_AUTO_TEST_CASE(sizes_in_readable_units) {
    const std::pair<std::uint64_t, const char*> sizes[] = {
        {0, "0 bytes"},   {1, "1 byte"},       {999, "999 bytes"},     {1000, "1 kB"},
        {1549, "1.5 kB"}, {99940, "99.9 kB"},  {99950, "100 kB"},      {123456, "123 kB"},
        {999999, "1 MB"}, {30000000, "30 MB"}, {5368709120, "5.4 GB"}, {18000000000000, "18 TB"},
    };
    for (const auto& [size, text] : sizes) {
        Outcome outcome = outcome_of("x");
        outcome.stored.front().size = size;
        BOOST_TEST(contains(html_page(outcome, "./"), ">" + std::string(text) + ", "), text);
    }
}

BOOST_AUTO_TEST_CASE(page_of_several_files) {
    Outcome outcome = outcome_of("x");
    outcome.stored.push_back(outcome.stored.front());
    BOOST_TEST(count(html_page(outcome, "./"), "<li ") == 2U);
}

BOOST_AUTO_TEST_CASE(page_of_a_failure) {
    Outcome outcome = outcome_of("x");
    outcome.stored.clear();
    outcome.failure = Failure(Status::conflict, "Told.", "private");
    const std::string page = html_page(outcome, "./");
    BOOST_TEST(contains(page, "<title>Not uploaded</title>"));
    BOOST_TEST(contains(page, "<p class=\"error\" role=\"alert\">Told.</p>"));
    BOOST_TEST(contains(page, "href=\"./\">Back to the form</a>"));
    for (const char* absent : {"private", "<ol", "Stored before", "S3 error"}) {
        BOOST_TEST(!contains(page, absent), absent);
    }
}

BOOST_AUTO_TEST_CASE(page_of_a_failure_after_a_file_was_stored) {
    const std::string page = html_page(outcome_of("x"), "./");
    BOOST_TEST(contains(page, "<p>Stored before the failure:</p>"));
    BOOST_TEST(count(page, "<li ") == 1U);
    BOOST_TEST(contains(page, "S3 error code: x, S3 request: x</p>"));
}

BOOST_AUTO_TEST_CASE(s3s_refusal_without_a_code_or_an_id) {
    Outcome outcome = outcome_of("x");
    outcome.failure->s3 = {.code = "", .message = "", .request_id = "tx9"};
    BOOST_TEST(contains(html_page(outcome, "./"), "S3 error code: -, S3 request: tx9</p>"));
}

BOOST_AUTO_TEST_CASE(whole_reply) {
    const std::string reply = render(outcome_of("x"), {.format = Format::html, .page = "./"});
    BOOST_TEST(contains(reply, "\r\nContent-Type: text/html; charset=utf-8\r\n"));
    BOOST_TEST(contains(reply,
                        "\r\nContent-Security-Policy: default-src 'none'; style-src 'self'; "
                        "img-src 'self'\r\n"));
    BOOST_TEST(contains(reply, "\r\n\r\n<!DOCTYPE html>"));
}

BOOST_AUTO_TEST_SUITE_END()
