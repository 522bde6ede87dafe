// The bytes that CurlClient sends, for each kind of request that S3 takes.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <poll.h>
#include <sys/socket.h>

#include <future>
#include <stdexcept>
#include <vector>

#include "http/curl_client.h"
#include "scripted_store/request_head.h"
#include "scripted_store/scripted_store.h"
#include "scripted_store/signed_puts.h"
#include "scripted_store/wire.h"
#include "system/connection.h"
#include "version.h"

using namespace s3drop;
using namespace s3drop::test;
namespace data = boost::unit_test::data;

namespace {

constexpr std::chrono::seconds long_enough{30};
const std::string expect = "Expect: 100-continue\r\n";

struct Sent {
    std::string head;
    std::string body;
    bool expects = false;  // asks with Expect whether to send the body; not shown in `head`
};

Wire accepted_by(const SilentListener& listener) {
    pollfd wait{.fd = listener.descriptor(), .events = POLLIN, .revents = 0};
    if (poll(&wait, 1, 20000) != 1) throw std::runtime_error("nobody connects");
    return Wire(Descriptor(accept4(listener.descriptor(), nullptr, nullptr, SOCK_CLOEXEC)));
}

// Reads one request to the end that its Content-Length promises and responds.
Sent receive(const SilentListener& listener) {
    Wire wire = accepted_by(listener);
    Sent sent;
    sent.head = wire.read_head().value_or("\r\n");
    const auto head = parse_head(std::string_view(sent.head).substr(0, sent.head.size() - 2));
    if (!head) throw std::runtime_error("not a request: " + sent.head);
    const std::size_t at = sent.head.find(expect);
    sent.expects = at != std::string::npos;
    if (sent.expects) {
        sent.head.erase(at, expect.size());
        wire.write("HTTP/1.1 100 Continue\r\n\r\n");
    }
    while (sent.body.size() < head->length().value_or(0)) {
        const std::string_view some = wire.read_some(head->length().value_or(0));
        if (some.empty()) throw std::runtime_error("the body ends early");
        sent.body += some;
    }
    wire.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    return sent;
}

HttpRequest request_of(const std::string& method, const std::string& url, const Content& content) {
    return {.method = method,
            .url = url,
            .headers = {{"Host", "store.example"}, {"x-amz-date", "20260131T120000Z"}},
            .body_size = content.size(),
            .body = [content](std::uint64_t offset, std::span<char> into) {
                content.fill(offset, into);
                return into.size();
            }};
}

Sent sent_for(const std::string& method, const std::string& target, const Content& content) {
    const SilentListener listener;
    auto sent = std::async(std::launch::async, [&] { return receive(listener); });
    CurlClient client({.timeout = long_enough, .ca_bundle = ""});
    const std::string url = "http://127.0.0.1:" + std::to_string(listener.port()) + target;
    const HttpResponse response = client.send(request_of(method, url, content));
    BOOST_TEST(response.status == 200);
    BOOST_TEST(!response.early);
    return sent.get();
}

struct Case {
    const char* method;
    const char* target;
    std::uint64_t size;
    const char* last_headers;
};

const std::vector<Case> cases = {
    {"PUT", "/b/k", 0, "Content-Length: 0\r\n"},
    {"PUT", "/b/k", 1, "Content-Length: 1\r\n"},
    {"PUT", "/b/k", 65536, "Content-Length: 65536\r\n"},
    {"PUT", "/b/k?partNumber=1&uploadId=x", 3000000, "Content-Length: 3000000\r\n"},
    {"POST", "/b/k?uploads", 0, "Content-Length: 0\r\n"},
    {"POST", "/b/k?uploadId=x", 1, "Content-Length: 1\r\n"},
    {"POST", "/b/k?uploadId=x", 65536, "Content-Length: 65536\r\n"},
    {"POST", "/b/k?uploadId=x", 65537, "Content-Length: 65537\r\n"},
    {"POST", "/b/k?uploadId=x", 100000, "Content-Length: 100000\r\n"},
    {"POST", "/b/k?uploadId=x", 1100000, "Content-Length: 1100000\r\n"},
    {"DELETE", "/b/k?uploadId=x", 0, ""},
    {"DELETE", "/b/k", 10, "Content-Length: 10\r\n"},
    {"DELETE", "/b/k", 100000, "Content-Length: 100000\r\n"},
    {"GET", "/b?list-type=2", 0, ""},
    {"GET", "/b/./a/../k%2F", 0, ""},
    {"HEAD", "/b/k", 0, ""},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(curl_client_requests)

BOOST_DATA_TEST_CASE(on_the_wire, data::xrange(cases.size()), index) {
    const auto& [method, target, size, last_headers] = cases[index];
    const Content content = Content::pattern(size);
    BOOST_TEST_CONTEXT(method << " " << target << ", " << size << " bytes") {
        const Sent sent = sent_for(method, target, content);
        BOOST_TEST(sent.head == std::string(method) + " " + target +
                                    " HTTP/1.1\r\nHost: store.example\r\n"
                                    "User-Agent: s3drop/" S3DROP_VERSION
                                    "\r\nAccept: */*\r\nx-amz-date: 20260131T120000Z\r\n" +
                                    last_headers + "\r\n");
        BOOST_TEST((sent.body == content.text()));
        // In between, it depends on the version of libcurl.
        if (size <= 65536) BOOST_TEST(!sent.expects);
        if (size > 1024UL * 1024) BOOST_TEST(sent.expects);
    }
}

// libcurl would call a small body without a type a form's.
BOOST_AUTO_TEST_CASE(a_type_of_the_body_that_is_given) {
    const SilentListener listener;
    auto sent = std::async(std::launch::async, [&] { return receive(listener); });
    CurlClient client({.timeout = long_enough, .ca_bundle = ""});
    HttpRequest request =
        request_of("POST", "http://127.0.0.1:" + std::to_string(listener.port()) + "/b/k",
                   Content::of("<xml/>"));
    request.headers.push_back({"content-type", "application/xml"});
    request.headers.push_back({"x-amz-empty", ""});
    client.send(request);
    BOOST_TEST(sent.get().head.ends_with(
        "x-amz-date: 20260131T120000Z\r\ncontent-type: application/xml\r\nx-amz-empty:\r\n"
        "Content-Length: 6\r\n\r\n"));
}

// All of them over one connection: no request leaves bytes that the next one's would follow.
BOOST_AUTO_TEST_CASE(one_after_another) {
    ScriptedStore store;
    CurlClient client({.timeout = long_enough, .ca_bundle = ""});
    store.otherwise({.response = {.status = 200, .body = "body"}});
    for (const Case& each : cases) {
        const HttpResponse response = client.send(request_of(
            each.method, store.access().endpoint + each.target, Content::pattern(each.size)));
        const bool is_head = each.method == std::string("HEAD");
        BOOST_TEST(response.whole_body() == (is_head ? "" : "body"));
    }
    BOOST_TEST(store.connections() == 1);
    const std::vector<SeenRequest> seen = store.requests();
    BOOST_TEST_REQUIRE(seen.size() == cases.size());
    for (std::size_t i = 0; i < cases.size(); ++i) {
        BOOST_TEST(seen[i].head.method == cases[i].method);
        BOOST_TEST(seen[i].head.target == cases[i].target);
        BOOST_TEST(seen[i].body_bytes == cases[i].size);
    }
}

// libcurl sends a request again if a kept connection breaks before a response: with its body, and
// the caller hears that the first may have arrived.
BOOST_DATA_TEST_CASE(a_post_on_a_kept_connection_that_breaks,
                     data::make({0U, 1000U, 100000U, 1100000U}), size) {
    ScriptedStore store;
    CurlClient client({.timeout = long_enough, .ca_bundle = ""});
    const auto post = [&] {
        return client.send(
            request_of("POST", store.access().endpoint + "/b/k?uploads", Content::pattern(size)));
    };
    const Step good = {.response = {.status = 200}};
    store.script({good, {.after = 0, .then = Do::close}, good, good});
    BOOST_TEST(!post().resent);
    const HttpResponse second = post();
    BOOST_TEST(second.status == 200);
    BOOST_TEST(second.resent);
    BOOST_TEST(store.requests().back().body_bytes == size);
    BOOST_TEST(!post().resent);
}

BOOST_AUTO_TEST_SUITE_END()
