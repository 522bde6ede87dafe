// False lengths, and requests smuggled in after a body: S3 gets what was announced and has arrived
// completely, or nothing.
#include <boost/test/unit_test.hpp>
#include <fcntl.h>

#include "base/descriptor.h"
#include "system/temporary_folder.h"
#include "unit/canned_site.h"

using namespace s3drop;
using namespace s3drop::test;

BOOST_AUTO_TEST_SUITE(attack_lengths)

const std::string form = canned_multipart({field("bucket", "photos"), text_file("a.txt", "hello")});
const std::string pairs = "bucket=photos&file_name=a.txt&file_data=hello";
const std::string smuggled =
    "PUT /photos/smuggled HTTP/1.1\r\nHost: store.example:9000\r\nContent-Length: 0\r\n\r\n";

struct Body {
    std::string type;
    std::string bytes;
};
const std::string multipart = "multipart/form-data; boundary=B0undary";
const std::vector<Body> bodies = {{multipart, form}, {"application/x-www-form-urlencoded", pairs}};

BOOST_AUTO_TEST_CASE(lengths_that_are_not_a_number) {
    for (const std::string length :
         {"-1",  "-0", "+5",  "+0",       "0x5",          "0X5",   "5h",  "1e1",  "5.0", "5,5",
          "5;5", " 5", "5 ",  "\t5",      "5\r\n",        "5\n",   "5 5", "five", "NaN", "inf",
          "--5", "5-", "0b1", "\xD9\xA5", "\xEF\xBC\x95", "5\x7F", "%35", "'5'"}) {
        for (const Body& body : bodies) {
            CannedSite site;
            set_post(site.request, body.type, body.bytes);
            site.request.variables["CONTENT_LENGTH"] = length;
            site.handle();
            BOOST_TEST(site.status() == 400, length);
            BOOST_TEST(site.request.given == 0U);
            BOOST_TEST(site.s3.sent.empty());
        }
    }
}

BOOST_AUTO_TEST_CASE(lengths_beyond_every_limit) {
    for (const std::string length :
         {"9223372036854775807", "9223372036854775808", "18446744073709551615",
          "18446744073709551616", "18446744073709551617", "99999999999999999999999999999",
          "0000000000000000000000000000000000000005"}) {
        for (const Body& body : bodies) {
            CannedSite site;
            set_post(site.request, body.type, body.bytes);
            site.request.variables["CONTENT_LENGTH"] = length;
            site.handle();
            BOOST_TEST(site.status() == 413, length);
            BOOST_TEST(site.request.given == 0U);
            BOOST_TEST(site.s3.sent.empty());
        }
    }
}

void check_hello(const CannedSite& site) {
    BOOST_TEST(site.status() == 201);
    BOOST_TEST_REQUIRE(site.s3.sent.size() == 1U);
    BOOST_TEST(site.s3.sent.front().request.url == "http://store.example:9000/photos/a.txt");
    BOOST_TEST(site.s3.sent.front().request.body_size == 5U);
    BOOST_TEST(site.s3.sent.front().body == "hello");
}

BOOST_AUTO_TEST_CASE(bytes_after_the_announced_body_are_not_read) {
    for (const Body& body : bodies) {
        for (const std::size_t per_read : {1UL, 7UL, 65536UL}) {
            CannedSite site;
            set_post(site.request, body.type, body.bytes);
            site.request.body += smuggled + std::string(100000, 'x');
            site.request.per_read = per_read;
            site.handle();
            check_hello(site);
            BOOST_TEST(site.request.given == body.bytes.size());
        }
    }
}

// lighttpd passes a body to a CGI program as a file, of which only the announced bytes count.
BOOST_AUTO_TEST_CASE(bytes_after_the_announced_body_in_a_file_are_not_read) {
    const TemporaryFolder folder;
    const std::string name = folder.file("body", "before" + form + smuggled);
    const Descriptor file(open(name.c_str(), O_RDONLY | O_CLOEXEC));
    BOOST_TEST_REQUIRE(lseek(file.get(), 6, SEEK_SET) == 6);
    CannedSite site;
    set_post(site.request, multipart, form);
    site.request.file = BodyFile{file.get(), 6};
    site.handle();
    check_hello(site);
    BOOST_TEST(site.request.given == form.size());
}

// The closing delimiter, too, counts only within the announced length.
BOOST_AUTO_TEST_CASE(shorter_than_the_form) {
    for (const std::size_t less : {1UL, 2UL, 5UL, 12UL, form.size() - 1}) {
        CannedSite site;
        set_post(site.request, multipart, form);
        site.request.variables["CONTENT_LENGTH"] = std::to_string(form.size() - less);
        site.handle();
        const bool closed = less <= 2;  // the last line end may be missing
        BOOST_TEST(site.status() == (closed ? 201 : 400), less);
        BOOST_TEST(site.s3.sent.size() == (closed ? 1U : 0U));
        BOOST_TEST(site.request.given <= form.size() - less);
    }
}

BOOST_AUTO_TEST_CASE(longer_than_the_body) {
    for (const Body& body : bodies) {
        for (const std::size_t more : {1UL, 1000UL, 1000000UL}) {
            CannedSite site;
            set_post(site.request, body.type, body.bytes);
            site.request.variables["CONTENT_LENGTH"] = std::to_string(body.bytes.size() + more);
            site.handle();
            BOOST_TEST(site.status() == 400);
            BOOST_TEST(site.s3.sent.empty());
        }
    }
}

BOOST_AUTO_TEST_CASE(a_request_within_the_file_is_content) {
    CannedSite site;
    const std::string content = "0\r\n\r\n" + smuggled;
    site.post({text_file("a", content)});
    BOOST_TEST_REQUIRE(site.s3.sent.size() == 1U);
    BOOST_TEST(site.s3.sent.front().body == content);
    BOOST_TEST(site.s3.sent.front().request.body_size == content.size());
}

// Fields come only from the body, and a name has only one value.
BOOST_AUTO_TEST_CASE(fields_from_elsewhere) {
    CannedSite site;
    site.request.variables["QUERY_STRING"] = "bucket=photos&file_name=forged&host=evil.example";
    site.request.variables["HTTP_COOKIE"] = "bucket=photos; file_name=forged";
    site.post({text_file("a", "x")});
    BOOST_TEST_REQUIRE(site.s3.sent.size() == 1U);
    BOOST_TEST(site.s3.sent.front().request.url == "http://store.example:9000/demo/a");
}

BOOST_AUTO_TEST_CASE(fields_that_disagree) {
    const std::pair<std::string, std::string> both[] = {
        {"bucket", "demo"}, {"host", "store.example:9000"}, {"file_name", "b"}};
    for (const auto& [name, value] : both) {
        for (const std::string other : {"photos", "store.example", "../x", " ", "x\r\n"}) {
            CannedSite site;
            site.post(
                {field(name, value), text_file("a", "x"), field(name, value), field(name, other)});
            BOOST_TEST(site.status() == 400, name + " " + other);
            BOOST_TEST(site.s3.sent.empty());
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
