// The stand-in for S3 without a script: what it accepts, and what it refuses. It is tested with two
// signers, the program's and libcurl's.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "http/curl_client.h"
#include "s3/aws_chunked.h"
#include "scripted_store/evp_hash.h"
#include "scripted_store/scripted_store.h"
#include "scripted_store/signed_puts.h"
#include "unit/canned_upload.h"

using namespace s3drop;
using namespace s3drop::test;
namespace data = boost::unit_test::data;

namespace {

constexpr std::size_t chunk = ChunkedBody::chunk_size;

CurlClient client_of(const ScriptedStore& store) {
    return CurlClient({.timeout = std::chrono::seconds(20), .ca_bundle = store.access().ca_bundle});
}

HttpRequest bodiless(const StoreAccess& store, const std::string& method) {
    return put_of(store, Content::of(""), {.method = method});
}

std::string hash_of(const Content& content) {
    return evp_sha256(content.text());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(scripted_store)

BOOST_DATA_TEST_CASE(valid_put, data::make({false, true}), tls) {
    ScriptedStore store({.tls = tls});
    CurlClient client = client_of(store);
    const HttpResponse response =
        client.send(put_of(store.access(), Content::of("Welcome to Amazon S3."),
                           {.path = "/bucket/a%20folder/t%C3%A4xt%2B.txt",
                            .headers = {{"Content-Type", "text/plain"}}}));
    BOOST_TEST(response.status == 200);
    BOOST_TEST(response.header("ETag") == "\"d447d0e8f289f16a12ff6027ce77c258\"");
    const auto objects = store.objects();
    BOOST_TEST_REQUIRE(objects.contains("bucket/a folder/täxt+.txt"));
    const StoredObject& object = objects.begin()->second;
    BOOST_TEST(object.content == "Welcome to Amazon S3.");
    BOOST_TEST(object.size == 21U);
    BOOST_TEST(object.sha256 == evp_sha256("Welcome to Amazon S3."));
    const std::vector<SeenRequest> requests = store.requests();
    BOOST_TEST_REQUIRE(requests.size() == 1U);
    BOOST_TEST(requests[0].head.method == "PUT");
    BOOST_TEST(requests[0].head.target == "/bucket/a%20folder/t%C3%A4xt%2B.txt");
    BOOST_TEST(requests[0].head.header("content-type") == "text/plain");
    BOOST_TEST(requests[0].connection == 1);
    BOOST_TEST(requests[0].body_bytes == 21U);
    BOOST_TEST(requests[0].whole);
    BOOST_TEST(store.faults().empty());
}

BOOST_DATA_TEST_CASE(put_signed_by_libcurl, data::make({false, true}), tls) {
    ScriptedStore store({.tls = tls, .rules = {.unsigned_payload = true}});
    BOOST_TEST(signed_put(store.access(), "/bucket/key").status == 200);
    BOOST_TEST(store.objects().contains("bucket/key"));
    BOOST_TEST(store.faults().empty());
}

BOOST_AUTO_TEST_CASE(put_signed_by_libcurl_with_a_wrong_secret) {
    ScriptedStore store({.rules = {.unsigned_payload = true}});
    StoreAccess access = store.access();
    access.secret_access_key += "x";
    BOOST_TEST(signed_put(access, "/bucket/key").status == 403);
    BOOST_TEST_REQUIRE(store.faults().size() == 1U);
    BOOST_TEST(contains(store.faults().front(), "SignatureDoesNotMatch"));
}

BOOST_AUTO_TEST_CASE(connection_is_kept) {
    ScriptedStore store;
    CurlClient client = client_of(store);
    for (int i = 0; i < 5; ++i)
        BOOST_TEST(outcome_of(client, put_of(store.access(), Content::of("x"))) == "200");
    BOOST_TEST(store.requests().size() == 5U);
    BOOST_TEST(store.connections() == 1);
    BOOST_TEST(store.open_connections() == 1U);
}

BOOST_DATA_TEST_CASE(large_objects, data::make({false, true}), tls) {
    ScriptedStore store({.tls = tls});
    CurlClient client = client_of(store);
    const Content content = Content::pattern(50UL * 1024 * 1024);
    const std::string hash = hash_of(content);
    const auto stored_well = [&](const HttpRequest& request) {
        BOOST_TEST(outcome_of(client, request) == "200");
        const StoredObject object = store.objects().at("bucket/key");
        BOOST_TEST(object.size == content.size());
        BOOST_TEST(object.sha256 == hash);
        BOOST_TEST(object.content.empty());
    };
    stored_well(put_of(store.access(), content));
    stored_well(chunked_put_of(store.access(), content));
    if (tls) stored_well(put_of(store.access(), content, {.payload = "UNSIGNED-PAYLOAD"}));
    BOOST_TEST(store.faults().empty());
}

BOOST_DATA_TEST_CASE(signed_chunks,
                     data::make({std::size_t{0}, std::size_t{1}, chunk - 1, chunk, chunk + 1,
                                 2 * chunk, 3 * chunk + 1}),
                     size) {
    ScriptedStore store;
    CurlClient client = client_of(store);
    const Content content = Content::pattern(size);
    BOOST_TEST(outcome_of(client, chunked_put_of(store.access(), content)) == "200");
    BOOST_TEST(store.objects().at("bucket/key").content == content.text());
    BOOST_TEST(store.faults().empty());
}

BOOST_AUTO_TEST_CASE(head_of_an_object) {
    ScriptedStore store;
    CurlClient client = client_of(store);
    const HttpRequest head = bodiless(store.access(), "HEAD");
    BOOST_TEST(outcome_of(client, head) == "404");
    BOOST_TEST(outcome_of(client, put_of(store.access(), Content::of("hello"))) == "200");
    const HttpResponse response = client.send(head);
    BOOST_TEST(response.status == 200);
    BOOST_TEST(response.header("ETag") == "\"5d41402abc4b2a76b9719d911017c592\"");
    BOOST_TEST(response.header("Content-Length") == "5");
    BOOST_TEST(store.connections() == 1);
    BOOST_TEST(store.faults().empty());
}

BOOST_AUTO_TEST_CASE(put_only_if_new) {
    ScriptedStore store;
    CurlClient client = client_of(store);
    const HttpRequest once =
        put_of(store.access(), Content::of("x"), {.headers = {{"If-None-Match", "*"}}});
    BOOST_TEST(outcome_of(client, bodiless(store.access(), "DELETE")) == "204");
    BOOST_TEST(outcome_of(client, once) == "200");
    BOOST_TEST(outcome_of(client, once) == "412");
    BOOST_TEST(outcome_of(client, bodiless(store.access(), "DELETE")) == "204");
    BOOST_TEST(outcome_of(client, once) == "200");
    BOOST_TEST(outcome_of(client, bodiless(store.access(), "POST")) == "405");
    BOOST_TEST(store.faults().size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
