// CurlClient's connections: those that are refused, those that it keeps, and the state of one after
// a request that ended early.
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

// A store may end a kept connection at any time between two requests; the next request then uses
// another connection. A request that had begun fails, and the caller has to send it again.
BOOST_DATA_TEST_CASE(kept_connections, data::make({false, true}), tls) {
    ScriptedStore store({.tls = tls});
    CurlClient client({.timeout = long_enough, .ca_bundle = store.access().ca_bundle});
    const auto put = [&] { return outcome_of(client, put_of(store.access(), large)); };
    for (const Do how : {Do::close, Do::truncate, Do::reset}) {
        store.script({{.response = {.then = how}}});
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

// If a kept connection breaks without a response, libcurl automatically sends the request again. A
// small request may then arrive twice, because its body was sent with the headers.
BOOST_DATA_TEST_CASE(kept_connection_breaks_without_a_response, data::make({false, true}), tls) {
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

// Bytes that come on a kept connection before a request has been sent are not its response.
BOOST_DATA_TEST_CASE(second_response_on_a_kept_connection,
                     data::make({false, true}) * data::make({0U, 3000000U}), tls, size) {
    const std::string stale = "HTTP/1.1 200 OK\r\nETag: \"stale\"\r\nContent-Length: 0\r\n\r\n";
    for (const Do then : {Do::go_on, Do::close}) {
        ScriptedStore store({.tls = tls});
        CurlClient client({.timeout = long_enough, .ca_bundle = store.access().ca_bundle});
        store.script({{.response = {.raw = stale + stale,
                                    .write_size = stale.size(),
                                    .pause = std::chrono::milliseconds(50),
                                    .then = then}}});
        BOOST_TEST(outcome_of(client, put_of(store.access(), small)) == "200");
        BOOST_TEST(eventually([&] { return store.requests().front().responded; }));
        const HttpResponse response = client.send(put_of(store.access(), Content::pattern(size)));
        BOOST_TEST(response.status == 200);
        BOOST_TEST(response.header("ETag") != "\"stale\"");
        BOOST_TEST(store.objects().contains("bucket/key"));
        // They are not the response to a later request either.
        store.script({{.response = {.status = 403}}});
        BOOST_TEST(outcome_of(client, put_of(store.access(), small)) == "403");
    }
}

// During requests to another store, the connection to this one may end or receive a second
// response, and CurlClient does not notice.
BOOST_DATA_TEST_CASE(requests_to_another_store_in_between, data::make({false, true}), tls) {
    const std::string ok = "HTTP/1.1 200 OK\r\nETag: \"stale\"\r\nContent-Length: 0\r\n\r\n";
    ScriptedStore store({.tls = tls});
    ScriptedStore other;
    CurlClient client({.timeout = long_enough, .ca_bundle = store.access().ca_bundle});
    const auto put = [&](const ScriptedStore& to) {
        return outcome_of(client, put_of(to.access(), small));
    };
    store.script({{.response = {.raw = ok + ok,
                                .write_size = ok.size(),
                                .pause = std::chrono::milliseconds(50),
                                .then = Do::go_on}},
                  {.response = {.status = 403}}});
    BOOST_TEST(put(store) == "200");
    BOOST_TEST(eventually([&] { return store.requests().front().responded; }));
    BOOST_TEST(put(other) == "200");
    BOOST_TEST(put(store) == "403");

    store.script({{}, {.then = Do::close, .stores = true}});
    other.script({{.response = {.status = 200, .headers = {{"Connection", "close"}}}}});
    BOOST_TEST(put(store) == "200");
    BOOST_TEST(put(other) == "200");
    BOOST_TEST(put(store) == "broken");  // not sent twice
    BOOST_TEST(store.requests().size() == 4U);
}

// The connection cannot be used again: the store would read the next request as the rest of the
// body.
BOOST_DATA_TEST_CASE(response_before_the_body, data::make({200, 403}), status) {
    ScriptedStore store;
    CurlClient client({.timeout = long_enough, .ca_bundle = ""});
    store.script({{.after = 0, .response = {.status = status}, .rest = Rest::leave}});
    const HttpResponse response = client.send(put_of(store.access(), large, {.path = "/b/early"}));
    BOOST_TEST(response.status == status);
    BOOST_TEST(response.early);
    BOOST_TEST(outcome_of(client, put_of(store.access(), small, {.path = "/b/next"})) == "200");
    BOOST_TEST(store.connections() == 2);
    BOOST_TEST(store.objects().contains("b/next"));
}

// The caller gets the exception, and the part of the body that was sent does not become a request.
BOOST_DATA_TEST_CASE(body_cannot_be_read, data::make({0U, 1000U, 2999999U}), offset) {
    ScriptedStore store;
    CurlClient client({.timeout = long_enough, .ca_bundle = ""});
    HttpRequest unreadable = put_of(store.access(), large, {.path = "/b/unreadable"});
    unreadable.body = [body = unreadable.body, offset](std::uint64_t position,
                                                       std::span<char> into) {
        if (position + into.size() > offset) throw std::domain_error("read error");
        return body(position, into);
    };
    BOOST_CHECK_THROW(client.send(unreadable), std::domain_error);
    BOOST_TEST(outcome_of(client, put_of(store.access(), large, {.path = "/b/next"})) == "200");
    BOOST_TEST(store.objects().size() == 1U);
    BOOST_TEST(store.faults().empty());
}

BOOST_AUTO_TEST_SUITE_END()
