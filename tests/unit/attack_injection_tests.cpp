// Line breaks and other control characters in every value that a sender, a proxy or a store can
// set: none may begin a header of the reply or of the S3 request, or a line of the log.
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "unit/canned_site.h"
#include "unit/received.h"

using namespace s3drop;
using namespace s3drop::test;

BOOST_AUTO_TEST_SUITE(attack_injection)

const std::set<std::string> reply_headers = {"Status",
                                             "Connection",
                                             "Accept-Encoding",
                                             "Cache-Control",
                                             "X-Content-Type-Options",
                                             "Content-Type",
                                             "Vary",
                                             "X-Request-Id",
                                             "Location",
                                             "Allow",
                                             "Retry-After",
                                             "Content-Security-Policy"};
const std::set<std::string> put_headers = {
    "Host",         "Content-Type",         "If-None-Match",
    "x-amz-date",   "x-amz-content-sha256", "x-amz-security-token",
    "Authorization"};

// The bytes themselves, and in each encoding that a form can use.
const std::vector<std::string> payloads = {
    "\r\nX-Forged: 1",
    "\nX-Forged: 1",
    "\rX-Forged: 1",
    "\r\n\r\n<b>X-Forged: 1</b>",
    "%0D%0AX-Forged: 1",
    "%0d%0aX-Forged:%201",
    "%0AX-Forged: 1",
    "%E5%98%8A%E5%98%8DX-Forged: 1",
    "\xE5\x98\x8A\xE5\x98\x8DX-Forged: 1",  // bytes whose low halves are CR and LF
    "\xC0\x8D\xC0\x8AX-Forged: 1",          // overlong
    "\xC2\x85X-Forged: 1",                  // NEL
    "\xE2\x80\xA8X-Forged: 1",              // LINE SEPARATOR
    "\x0B\x0C\x1C\x1D\x1EX-Forged: 1",
    "\\r\\nX-Forged: 1",
    "\\u000d\\u000aX-Forged: 1",
    "&#13;&#10;X-Forged: 1",
    std::string("\0\r\nX-Forged: 1", 14),
};

void check_reply(const CannedSite& site) {
    const std::string& reply = site.request.reply;
    const std::size_t end = reply.find("\r\n\r\n");
    BOOST_TEST_REQUIRE(end != std::string::npos);
    std::string head = reply.substr(0, end + 2);
    while (!head.empty()) {
        const std::string line = head.substr(0, head.find("\r\n"));
        head.erase(0, line.size() + 2);
        BOOST_TEST(reply_headers.contains(line.substr(0, line.find(": "))), line);
        BOOST_TEST(!has_control_characters(line), line);
    }
    BOOST_TEST(!contains(reply, "\nX-Forged"));
    BOOST_TEST(!contains(reply, "\rX-Forged"));
}

void check_log(const CannedSite& site) {
    for (const std::string& line : site.log) {
        BOOST_TEST(is_utf8(line), line);
        BOOST_TEST(!has_control_characters(line), line);
        BOOST_TEST((line.starts_with("time=") || line.starts_with("upload.fcgi: PUT ")), line);
    }
}

void check_puts(const CannedSite& site) {
    for (const FakeClient::Sent& sent : site.s3.sent) {
        const std::string& url = sent.request.url;
        BOOST_TEST(std::all_of(url.begin(), url.end(), [](char c) { return c > ' ' && c < 0x7F; }),
                   url);
        for (const NameValue& header : sent.request.headers) {
            BOOST_TEST(put_headers.contains(header.name), header.name);
            BOOST_TEST(!has_control_characters(header.value), header.value);
        }
    }
}

// `prepare` puts the payload somewhere. The reply is requested in every format.
template <class Prepare>
void check_everywhere(Prepare prepare) {
    for (const std::string& payload : payloads) {
        for (const char* accept : {"", "application/json", "text/html"}) {
            BOOST_TEST_CONTEXT(printable(payload) << " as '" << accept << "'") {
                CannedSite site;
                site.request.variables["HTTP_ACCEPT"] = accept;
                prepare(site, payload);
                check_reply(site);
                check_log(site);
                check_puts(site);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(fields) {
    for (const std::string name : {"file_name", "bucket", "host"}) {
        for (const std::string before : {"", "demo", "store.example"}) {
            check_everywhere([&](CannedSite& site, const std::string& payload) {
                site.post({field(name, before + payload), text_file("a", "x")});
            });
            check_everywhere([&](CannedSite& site, const std::string& payload) {
                site.post(urlencoded, name + "=" + before + payload + "&file_data=x");
            });
        }
    }
}

BOOST_AUTO_TEST_CASE(part_headers_of_a_file) {
    for (const std::string file_name : {"", "given"}) {
        check_everywhere([&](CannedSite& site, const std::string& payload) {
            site.post({field("file_name", file_name), text_file("a" + payload, "x")});
        });
        check_everywhere([&](CannedSite& site, const std::string& payload) {
            CannedPart sent = text_file("a", "x");
            sent.content_type = "text/plain" + payload;
            site.post({field("file_name", file_name), sent});
        });
        check_everywhere([&](CannedSite& site, const std::string& payload) {
            CannedPart sent = text_file("a", "x");
            sent.content_type = "text/plain; charset=\"" + payload + "\"";
            site.post({field("file_name", file_name), sent});
        });
        check_everywhere([&](CannedSite& site, const std::string& payload) {
            CannedPart sent = text_file("a", "x");
            sent.name = "file" + payload;
            site.post({field("file_name", file_name), sent});
        });
        check_everywhere([&](CannedSite& site, const std::string& payload) {
            site.post(
                multipart_b,
                part("Content-Disposition: form-data; name=f; filename*=UTF-8''a" + payload, "x") +
                    closing());
        });
    }
}

// The variables of a request also come from the sender, except where the web server checks them.
BOOST_AUTO_TEST_CASE(variables_of_the_request) {
    for (const char* name :
         {"CONTENT_TYPE", "CONTENT_LENGTH", "HTTP_ACCEPT", "REQUEST_URI", "PATH_INFO",
          "REMOTE_USER", "REMOTE_ADDR", "HTTP_ORIGIN", "HTTP_SEC_FETCH_SITE", "HTTP_HOST",
          "QUERY_STRING", "REQUEST_METHOD"}) {
        for (const char* method : {"POST", "GET", "OPTIONS"}) {
            check_everywhere([&](CannedSite& site, const std::string& payload) {
                site.settings.key = KeyTemplate("{user}/{name}");
                set_multipart(site.request, {text_file("a", "x")});
                site.request.variables["REQUEST_METHOD"] = method;
                site.request.variables["REMOTE_USER"] = "ada";
                site.request.variables[name] += payload;
                site.handle();
            });
        }
    }
}

// The store, or a server in its place, is not trusted either.
BOOST_AUTO_TEST_CASE(responses_of_the_store) {
    check_everywhere([](CannedSite& site, const std::string& payload) {
        site.s3.respond = [&](const auto&) -> HttpResponse {
            return {.status = 200,
                    .headers = {{"ETag", "\"e" + payload + "\""}, {"x-amz-request-id", payload}},
                    .body = {}};
        };
        site.post({text_file("a", "x")});
        BOOST_TEST(site.status() == 201);
    });
    for (const int status : {301, 403, 412, 503}) {
        check_everywhere([&](CannedSite& site, const std::string& payload) {
            site.s3.respond = [&](const auto&) -> HttpResponse {
                return {.status = status,
                        .headers = {{"x-amz-request-id", payload},
                                    {"Retry-After", "5" + payload},
                                    {"Location", "http://x/" + payload}},
                        .body = "<Error><Code>C" + payload + "</Code><Message>M" + payload +
                                "</Message><RequestId>R" + payload + "</RequestId></Error>"};
            };
            site.post({text_file("a", "x")});
        });
    }
    check_everywhere([](CannedSite& site, const std::string& payload) {
        site.s3.respond = [&](const auto&) -> HttpResponse {
            throw TransportError(TransportError::Kind::broken, "curl" + payload);
        };
        site.post({text_file("a", "x")});
    });
}

// Stored explicitly, so that the cases above cannot pass because nothing is stored.
BOOST_AUTO_TEST_CASE(names_that_are_stored_as_they_are) {
    const struct {
        std::string name;
        std::string path;
    } cases[] = {
        {"a%0D%0AX-Forged: 1", "a%250D%250AX-Forged%3A%201"},
        {"\xE5\x98\x8A\xE5\x98\x8D", "%E5%98%8A%E5%98%8D"},
        {"a\\r\\nb", "a%5Cr%5Cnb"},
        {"\xE2\x80\xA8", "%E2%80%A8"},
    };
    for (const auto& each : cases) {
        CannedSite site;
        site.post({field("file_name", each.name), text_file("x", "x")});
        BOOST_TEST(site.status() == 201);
        BOOST_TEST(site.header("Location") == "http://store.example:9000/demo/" + each.path);
    }
}

BOOST_AUTO_TEST_SUITE_END()
