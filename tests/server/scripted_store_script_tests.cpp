// The stand-in for S3: its script, what it reports, and how it ends.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <thread>

#include "http/curl_client.h"
#include "scripted_store/s3_responses.h"
#include "scripted_store/scripted_store.h"
#include "scripted_store/signed_puts.h"
#include "site/sites.h"
#include "system/connection.h"
#include "system/open_files.h"
#include "unit/canned_upload.h"

using namespace s3drop;
using namespace s3drop::test;
namespace data = boost::unit_test::data;

namespace {

const Content small = Content::of("small");
const Content large = Content::pattern(4000000);

// A store and a client of it.
struct Pair {
    explicit Pair(const StoreOptions& options = {})
        : store(options),
          client({.timeout = std::chrono::seconds(20), .ca_bundle = store.access().ca_bundle}) {}

    std::string put(const Content& content = small, const PutOptions& options = {}) {
        return outcome_of(client, put_of(store.access(), content, options));
    }
    std::string code() const {
        const auto refusal = store.requests().back().refusal;
        return refusal ? refusal->code : "";
    }

    ScriptedStore store;
    CurlClient client;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(scripted_store_script)

BOOST_AUTO_TEST_CASE(steps_are_taken_in_order) {
    Pair pair;
    pair.store.script({{.response = slow_down("1")}, {}, {.response = internal_error()}});
    pair.store.otherwise({.response = access_denied()});
    for (const char* expected : {"503", "200", "500", "403", "403"})
        BOOST_TEST(pair.put() == expected);
    BOOST_TEST(pair.store.steps_left() == 0U);
    pair.store.otherwise({});
    BOOST_TEST(pair.put() == "200");
    BOOST_TEST(pair.store.faults().empty());
}

BOOST_AUTO_TEST_CASE(step_for_a_new_connection) {
    Pair pair({.tls = true});
    BOOST_TEST(pair.put() == "200");
    pair.store.script({{.certified = Certified::by_stranger}, {.response = {.status = 201}}});
    BOOST_TEST(pair.put() == "200");
    BOOST_TEST(pair.store.steps_left() == 2U);
    pair.store.end_connections();
    BOOST_TEST(pair.put() == "untrusted");
    BOOST_TEST(pair.put() == "201");
    BOOST_TEST(pair.put() == "200");
    BOOST_TEST(pair.store.connections() == 3);
}

struct Refused {
    ScriptedResponse response;
    const char* status;
    const char* body;
    Headers headers = {};
};

BOOST_AUTO_TEST_CASE(ready_made_responses) {
    const std::vector<Refused> cases = {
        {slow_down(), "503", "<Code>SlowDown</Code>"},
        {slow_down("3"), "503", "<Code>SlowDown</Code>", {{"Retry-After", "3"}}},
        {too_many_requests("soon"), "429", "TooManyRequests", {{"Retry-After", "soon"}}},
        {internal_error(), "500", "<Code>InternalError</Code>"},
        {bad_gateway(), "502", "<html>"},
        {gateway_timeout(), "504", "<html>"},
        {request_timeout(), "400", "<Code>RequestTimeout</Code>", {{"Connection", "close"}}},
        {access_denied(), "403", "<Code>AccessDenied</Code>"},
        {no_such_bucket(), "404", "<Code>NoSuchBucket</Code>"},
        {time_too_skewed(), "403", "<Code>RequestTimeTooSkewed</Code>"},
        {conditional_conflict(), "409", "<Code>ConditionalRequestConflict</Code>"},
        {precondition_failed(), "412", "<Code>PreconditionFailed</Code>"},
        {chunks_not_implemented(), "501", "<Code>NotImplemented</Code>"},
        {permanent_redirect("s3.eu-west-1.amazonaws.com", "eu-west-1"),
         "301",
         "<Endpoint>s3.eu-west-1.amazonaws.com</Endpoint>",
         {{"x-amz-bucket-region", "eu-west-1"}}},
        {temporary_redirect("http://127.0.0.1:1/"),
         "307",
         "",
         {{"Location", "http://127.0.0.1:1/"}}},
        {wrong_region("eu-west-1"), "400", "<Region>eu-west-1</Region>"},
        {without_etag(), "200", "log in", {{"ETag", ""}}},
        {nested_entities(), "503", "<!ENTITY"},
    };
    Pair pair;
    for (const Refused& refused : cases) {
        pair.store.script({{.response = refused.response}});
        const HttpResponse response = pair.client.send(put_of(pair.store.access(), small));
        BOOST_TEST(std::to_string(response.status) == refused.status);
        BOOST_TEST(contains(response.body, refused.body), refused.body);
        BOOST_TEST(!response.header("Date").empty());
        for (const auto& [name, value] : refused.headers)
            BOOST_TEST(response.header(name) == value);
    }
    BOOST_TEST(pair.store.objects().empty());
}

// The request is compared with the clock of the rules: with the server's time it would be accepted.
BOOST_AUTO_TEST_CASE(rules_are_followed) {
    Pair pair;
    const StoreAccess access = pair.store.access();
    const auto with = [&](const StoreRules& rules) { pair.store.set_rules(rules); };
    with({.region = "eu-west-1"});
    BOOST_TEST(pair.put() == "400");
    BOOST_TEST(pair.code() == "AuthorizationHeaderMalformed");
    BOOST_TEST(pair.put(small, {.region = "eu-west-1"}) == "200");
    with({.clock = std::chrono::hours(3)});
    const HttpResponse skewed = pair.client.send(put_of(access, small));
    BOOST_TEST(skewed.status == 403);
    BOOST_TEST(contains(skewed.body, "RequestTimeTooSkewed"));
    with({.clock = std::chrono::minutes(10)});
    BOOST_TEST(pair.put() == "200");
    with({.chunks = false});
    BOOST_TEST(outcome_of(pair.client, chunked_put_of(access, small)) == "501");
    BOOST_TEST(pair.put() == "200");
    with({.conditions = false});
    BOOST_TEST(pair.put(small, {.headers = {{"If-None-Match", "*"}}}) == "501");
    with({.unsigned_payload = true});
    BOOST_TEST(pair.put(small, {.payload = "UNSIGNED-PAYLOAD"}) == "200");
    BOOST_TEST(pair.store.faults().empty());
    with({.session_token = "token"});
    BOOST_TEST(pair.put() == "400");
    BOOST_TEST(pair.code() == "InvalidToken");
}

BOOST_DATA_TEST_CASE(virtual_hosts, data::make({false, true}), tls) {
    Pair pair({.tls = tls});
    const std::string host = "bucket.localhost:" + std::to_string(pair.store.port());
    BOOST_TEST(pair.put(small, {.path = "/folder/key", .host = host}) == "200");
    BOOST_TEST(pair.store.objects().contains("bucket/folder/key"));
}

BOOST_AUTO_TEST_CASE(connections_are_refused_and_accepted_again) {
    Pair pair;
    for (int round = 0; round < 3; ++round) {
        pair.store.refuse();
        pair.store.end_connections();
        BOOST_TEST(pair.put() == "unreachable");
        pair.store.listen();
        BOOST_TEST(pair.put() == "200");
    }
    pair.store.refuse();
    BOOST_TEST(pair.put() == "200");  // on the existing connection
}

BOOST_AUTO_TEST_CASE(stall_ends_when_told_to) {
    Pair pair;
    pair.store.script({{.after = 1000, .then = Do::stall}});
    std::string outcome;
    std::thread uploading([&] { outcome = pair.put(large); });
    BOOST_TEST(eventually([&] { return pair.store.stalled() == 1; }));
    BOOST_TEST(pair.store.requests().at(0).body_bytes == 1000U);
    BOOST_TEST(!pair.store.requests().at(0).whole);
    pair.store.go_on();
    uploading.join();
    BOOST_TEST(outcome == "200");
    BOOST_TEST(pair.store.stalled() == 0U);
    BOOST_TEST(pair.store.requests().at(0).whole);
}

// The store reports exactly as many bytes as it has read.
BOOST_DATA_TEST_CASE(body_is_cut_at_the_given_byte,
                     data::make({0U, 1U, 65535U, 65536U, 1000000U, 3999999U}), bytes) {
    for (const Do how : {Do::close, Do::truncate, Do::reset}) {
        Pair pair;
        pair.store.script({{.after = bytes, .then = how}});
        pair.put(large);
        BOOST_TEST(pair.store.requests().at(0).body_bytes == bytes);
        BOOST_TEST(!pair.store.requests().at(0).whole);
        BOOST_TEST(pair.store.objects().empty());
    }
}

BOOST_AUTO_TEST_CASE(object_stored_and_response_lost) {
    Pair pair;
    pair.store.script({{.then = Do::close, .stores = true}, {.then = Do::close}});
    BOOST_TEST(pair.put(small, {.path = "/bucket/stored"}) == "broken");
    BOOST_TEST(pair.put(small, {.path = "/bucket/lost"}) == "broken");
    BOOST_TEST(pair.store.objects().size() == 1U);
    BOOST_TEST(pair.store.objects().contains("bucket/stored"));
    BOOST_TEST(pair.store.requests().at(1).connection == 2);
}

BOOST_AUTO_TEST_CASE(malformed_requests) {
    ScriptedStore store;
    for (const char* text : {"\r\n\r\n", "GET / HTTP/1.0\r\n\r\n", "GET  HTTP/1.1\r\n\r\n",
                             "PUT /a HTTP/1.1\r\nno colon\r\n\r\n", "PUT a HTTP/1.1\r\n\r\n"}) {
        const Connection connection(store.port());
        connection.send(text);
        BOOST_TEST(status_of(connection.receive_all()) == "400");
    }
    BOOST_TEST(store.faults().size() == 5U);
}

// The store does not wait for the clients, and leaves nothing open. (With TLS, a connection that
// does not begin with a handshake ends at once.)
BOOST_DATA_TEST_CASE(store_ends_with_open_connections, data::make({false, true}), tls) {
    const std::size_t before = open_descriptors();
    {
        ScriptedStore store({.tls = tls});
        store.script({{.opening = Opening::stall}});
        const Connection stalled(store.port());
        BOOST_TEST(eventually([&] { return store.stalled() == 1; }));
        const Connection silent(store.port());
        const Connection halfway(store.port());
        halfway.send("PUT /bucket/key HTTP/1.1\r\nContent-Length: 10\r\n\r\nfive");
        BOOST_TEST(eventually([&] { return store.open_connections() == (tls ? 2U : 3U); }));
    }
    BOOST_TEST(open_descriptors() == before);
}

// The program's uploads, through a web server, are valid, and its failures are as scripted.
BOOST_DATA_TEST_CASE(site_uploads_to_it, data::make({false, true}), tls) {
    ScriptedStore store({.tls = tls});
    std::vector<std::string> more;
    if (tls) more.push_back("AWS_CA_BUNDLE=" + store.access().ca_bundle);
    Site site(Front::lighttpd_fastcgi, settings_for(store.access(), "bucket", more));
    store.otherwise({.response = access_denied()});
    const Response refused = upload(site.url(), file_form("refused", small));
    BOOST_TEST(refused.status == 502);
    BOOST_TEST(contains(refused.body, "AccessDenied"));
    store.otherwise({});
    BOOST_TEST(upload(site.url(), file_form("stored", large)).status == 201);
    BOOST_TEST(store.objects().size() == 1U);
    BOOST_TEST(store.objects().at("bucket/stored").size == large.size());
    BOOST_TEST(store.faults().empty());
}

BOOST_AUTO_TEST_SUITE_END()
