// CurlClient's connections: those that nobody takes, those that it keeps, and what is left of one
// when a request ends early.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "http/curl_client.h"
#include "scripted_store/scripted_store.h"
#include "scripted_store/signed_puts.h"
#include "site/site.h"

using namespace s3drop;
using namespace s3drop::test;
namespace data = boost::unit_test::data;

namespace {

constexpr std::chrono::seconds long_enough{30};

const Content small = Content::pattern(1000);
const Content large = Content::pattern(3000000);

}  // namespace

BOOST_AUTO_TEST_SUITE(curl_client_connections)

BOOST_AUTO_TEST_CASE(nobody_listens) {
    ScriptedStore store;
    CurlClient client({.timeout = long_enough, .ca_bundle = ""});
    store.refuse();
    BOOST_TEST(outcome_of(client, put_of(store.access(), small)) == "unreachable");
    store.listen();
    BOOST_TEST(outcome_of(client, put_of(store.access(), small)) == "200");
}

// A store may end a kept connection at any time between two requests, and a request on it then goes
// out on another. One that had begun is the caller's to send again.
BOOST_DATA_TEST_CASE(kept_connections, data::make({false, true}), tls) {
    ScriptedStore store({.tls = tls});
    CurlClient client({.timeout = long_enough, .ca_bundle = store.access().ca_bundle});
    const auto put = [&] { return outcome_of(client, put_of(store.access(), large)); };
    for (const Do how : {Do::close, Do::truncate, Do::reset}) {
        store.script({{.answer = {.then = how}}});
        BOOST_TEST(put() == "200");
        BOOST_TEST(put() == "200");
    }
    store.end_connections();
    BOOST_TEST(put() == "200");
    BOOST_TEST(store.connections() == 5);
    BOOST_TEST(store.requests().size() == 7U);
    for (const Do how : {Do::close, Do::truncate, Do::reset}) {
        store.script({{}, {.after = 100000, .then = how}, {}, {.then = how}});
        for (const char* outcome : {"200", "broken", "200", "broken"})
            BOOST_TEST(put() == outcome);
    }
    BOOST_TEST(store.requests().size() == 19U);
    BOOST_TEST(store.faults().empty());
}

// libcurl sends a request again by itself where a kept connection breaks without an answer. With a
// small one that may be too late to be no second: its body has gone with the headers.
BOOST_DATA_TEST_CASE(kept_connection_that_breaks_without_an_answer, data::make({false, true}),
                     tls) {
    for (const Do how : {Do::close, Do::reset}) {
        ScriptedStore store({.tls = tls});
        CurlClient client({.timeout = long_enough, .ca_bundle = store.access().ca_bundle});
        const auto put = [&](const char* path) {
            return client.send(put_of(store.access(), small, {.path = path}));
        };
        store.script({{}, {.then = how, .stores = true}});
        const HttpResponse first = put("/b/first");
        BOOST_TEST(first.status == 200);
        BOOST_TEST(!first.resent);
        const HttpResponse second = put("/b/second");
        BOOST_TEST(second.status == 200);
        BOOST_TEST(second.resent);
        BOOST_TEST(store.requests().size() == 3U);
        BOOST_TEST(!put("/b/third").resent);
    }
}

// What comes on a kept connection before a request has been sent is no answer to it.
BOOST_DATA_TEST_CASE(a_second_answer, data::make({false, true}) * data::make({0U, 3000000U}), tls,
                     size) {
    const std::string stale = "HTTP/1.1 200 OK\r\nETag: \"stale\"\r\nContent-Length: 0\r\n\r\n";
    for (const Do then : {Do::go_on, Do::close}) {
        ScriptedStore store({.tls = tls});
        CurlClient client({.timeout = long_enough, .ca_bundle = store.access().ca_bundle});
        store.script({{.answer = {.raw = stale + stale,
                                  .piece = stale.size(),
                                  .pause = std::chrono::milliseconds(50),
                                  .then = then}}});
        BOOST_TEST(outcome_of(client, put_of(store.access(), small)) == "200");
        BOOST_TEST(eventually([&] { return store.requests().front().answered; }));
        const HttpResponse response = client.send(put_of(store.access(), Content::pattern(size)));
        BOOST_TEST(response.status == 200);
        BOOST_TEST(response.header("ETag") != "\"stale\"");
        BOOST_TEST(store.objects().contains("bucket/key"));
        // Nor is it one to a request after that.
        store.script({{.answer = {.status = 403}}});
        BOOST_TEST(outcome_of(client, put_of(store.access(), small)) == "403");
    }
}

// Where requests to another store come in between, the connection to this one may have ended, or
// have a second answer on it, and nobody looked.
BOOST_DATA_TEST_CASE(another_store_in_between, data::make({false, true}), tls) {
    const std::string ok = "HTTP/1.1 200 OK\r\nETag: \"stale\"\r\nContent-Length: 0\r\n\r\n";
    ScriptedStore store({.tls = tls});
    ScriptedStore other;
    CurlClient client({.timeout = long_enough, .ca_bundle = store.access().ca_bundle});
    const auto put = [&](const ScriptedStore& to) {
        return outcome_of(client, put_of(to.access(), small));
    };
    store.script({{.answer = {.raw = ok + ok,
                              .piece = ok.size(),
                              .pause = std::chrono::milliseconds(50),
                              .then = Do::go_on}},
                  {.answer = {.status = 403}}});
    BOOST_TEST(put(store) == "200");
    BOOST_TEST(eventually([&] { return store.requests().front().answered; }));
    BOOST_TEST(put(other) == "200");
    BOOST_TEST(put(store) == "403");

    store.script({{}, {.then = Do::close, .stores = true}});
    other.script({{.answer = {.status = 200, .headers = {{"Connection", "close"}}}}});
    BOOST_TEST(put(store) == "200");
    BOOST_TEST(put(other) == "200");
    BOOST_TEST(put(store) == "broken");  // and not sent twice
    BOOST_TEST(store.requests().size() == 4U);
}

// What is left of the body would be read from the next request.
BOOST_DATA_TEST_CASE(an_answer_before_the_body, data::make({200, 403}), status) {
    ScriptedStore store;
    CurlClient client({.timeout = long_enough, .ca_bundle = ""});
    store.script({{.after = 0, .answer = {.status = status}, .rest = Rest::leave}});
    const HttpResponse response = client.send(put_of(store.access(), large, {.path = "/b/early"}));
    BOOST_TEST(response.status == status);
    BOOST_TEST(response.early);
    BOOST_TEST(outcome_of(client, put_of(store.access(), small, {.path = "/b/next"})) == "200");
    BOOST_TEST(store.connections() == 2);
    BOOST_TEST(store.objects().contains("b/next"));
}

// The exception is the caller's; what was sent of the body is no request.
BOOST_DATA_TEST_CASE(a_body_that_cannot_be_read, data::make({0U, 1000U, 2999999U}), offset) {
    ScriptedStore store;
    CurlClient client({.timeout = long_enough, .ca_bundle = ""});
    HttpRequest torn = put_of(store.access(), large, {.path = "/b/torn"});
    torn.body = [body = torn.body, offset](std::uint64_t position, std::span<char> into) {
        if (position + into.size() > offset) throw std::domain_error("torn");
        return body(position, into);
    };
    BOOST_CHECK_THROW(client.send(torn), std::domain_error);
    BOOST_TEST(outcome_of(client, put_of(store.access(), large, {.path = "/b/next"})) == "200");
    BOOST_TEST(store.objects().size() == 1U);
    BOOST_TEST(store.faults().empty());
}

BOOST_AUTO_TEST_SUITE_END()
