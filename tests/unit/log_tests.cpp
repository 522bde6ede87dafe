#include <boost/test/unit_test.hpp>

#include "reply/log.h"
#include "unit/canned_upload.h"

using namespace s3drop;
using namespace s3drop::test;

BOOST_AUTO_TEST_SUITE(log_lines)

std::string line_with_key(const std::string& key) {
    LogEntry entry;
    entry.key = key;
    const std::string line = log_line(entry);
    const std::size_t begin = line.find(" key=") + 5;
    return line.substr(begin, line.find(" bytes=") - begin);
}

BOOST_AUTO_TEST_CASE(every_field_in_order) {
    LogEntry entry;
    entry.time = canned_time();
    entry.request_id = "0123456789abcdef";
    entry.status = Status::bad_gateway;
    entry.bucket = "demo";
    entry.key = "a b.txt";
    entry.bytes = 5368709120;
    entry.content_type = "text/plain";
    entry.total = std::chrono::milliseconds(12);
    entry.at_s3 = std::chrono::milliseconds(8);
    entry.attempts = 1;
    entry.s3_request_id = "tx7";
    entry.remote_address = "2001:db8::7";
    entry.user = "ada";
    entry.error = "S3 refused the upload.";
    BOOST_TEST(
        log_line(entry) ==
        "time=2026-01-31T12:00:00Z id=0123456789abcdef status=502 bucket=demo "
        "key=\"a b.txt\" bytes=5368709120 type=text/plain ms=12 s3_ms=8 attempts=1 s3_id=tx7 "
        "remote=2001:db8::7 user=ada error=\"S3 refused the upload.\"");
}

BOOST_AUTO_TEST_CASE(empty_entry) {
    BOOST_TEST(log_line({}) ==
               "time=1970-01-01T00:00:00Z id=- status=201 bucket=- key=- bytes=0 type=- ms=0 "
               "s3_ms=0 attempts=0 s3_id=- remote=- user=-");
}

BOOST_AUTO_TEST_CASE(quoting) {
    const struct {
        const char* value;
        const char* shown;
    } cases[] = {
        {"plain-._~/:;,%", "plain-._~/:;,%"},
        {"a b", "\"a b\""},
        {"a\"b", "\"a\\\"b\""},
        {"a\\b", "\"a\\\\b\""},
        {"status=201", "\"status=201\""},
        {"x\" status=201 y=\"", "\"x\\\" status=201 y=\\\"\""},
        {"gr\xC3\xBC\xC3\x9F", "gr\xC3\xBC\xC3\x9F"},
        {"a\nb", "a?b"},
        {"a\r\ntime=x", "\"a??time=x\""},
        {"\x1B[31m", "?[31m"},
        {"a\xC2\x85"
         "b\x7F",
         "a?b?"},
        {"\xFF\xC3", "??"},
    };
    for (const auto& each : cases)
        BOOST_TEST(line_with_key(each.value) == each.shown);
}

BOOST_AUTO_TEST_CASE(every_text_is_cleaned) {
    LogEntry entry;
    for (std::string* text :
         {&entry.request_id, &entry.bucket, &entry.key, &entry.content_type, &entry.s3_request_id,
          &entry.remote_address, &entry.user, &entry.error}) {
        *text = "x\ny=\"z";
    }
    const std::string line = log_line(entry);
    BOOST_TEST(!contains(line, "\n"));
    std::size_t shown = 0;
    for (std::size_t at = 0; (at = line.find("\"x?y=\\\"z\"", at)) != std::string::npos; ++at)
        ++shown;
    BOOST_TEST(shown == 8U, line);
}

BOOST_AUTO_TEST_CASE(long_key) {
    const std::string longest(1024, 'k');
    BOOST_TEST(line_with_key(longest) == longest);
    BOOST_TEST(line_with_key(std::string(100000, 'k')).size() < 1200U);
}

BOOST_AUTO_TEST_SUITE_END()
