// Requests of a broken client, which the stand-in for S3 refuses.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <functional>

#include "http/curl_client.h"
#include "scripted_store/evp_hash.h"
#include "scripted_store/scripted_store.h"
#include "scripted_store/signed_puts.h"

using namespace s3drop;
using namespace s3drop::test;
namespace data = boost::unit_test::data;

namespace {

CurlClient client_of(const ScriptedStore& store) {
    return CurlClient({.timeout = std::chrono::seconds(20), .ca_bundle = store.access().ca_bundle});
}

// The error code of the only request.
std::string refusal_code(const ScriptedStore& store) {
    const std::vector<SeenRequest> requests = store.requests();
    BOOST_TEST_REQUIRE(requests.size() == 1U);
    return requests.front().refusal ? requests.front().refusal->code : "";
}

const Content content = Content::pattern(100000);

}  // namespace

BOOST_AUTO_TEST_SUITE(scripted_store_refusals)

// A request as a broken client would send it.
struct InvalidRequest {
    const char* what;
    std::function<HttpRequest(StoreAccess)> request;
    const char* outcome;
    const char* code;
};

void change(HttpRequest& request, const std::string& name, const std::string& value) {
    for (NameValue& header : request.headers) {
        if (header.name == name) header.value = value;
    }
}

HttpRequest changed(const StoreAccess& store, const std::string& name, const std::string& value) {
    HttpRequest request = put_of(store, content, {.headers = {{"x-amz-meta-a", "a"}}});
    change(request, name, value);
    return request;
}

// Changes the byte at `offset` of the body.
HttpRequest flipped(HttpRequest request, std::uint64_t offset) {
    request.body = [body = request.body, offset](std::uint64_t position, std::span<char> into) {
        const std::size_t size = body(position, into);
        if (position <= offset && offset < position + size) into[offset - position] ^= 1;
        return size;
    };
    return request;
}

const std::vector<InvalidRequest> invalid_requests = {
    {"secret",
     [](StoreAccess store) {
         store.secret_access_key += "x";
         return put_of(store, content);
     },
     "403", "SignatureDoesNotMatch"},
    {"key id",
     [](StoreAccess store) {
         store.access_key_id += "x";
         return put_of(store, content);
     },
     "403", "InvalidAccessKeyId"},
    {"hash",
     [](const StoreAccess& store) {
         return put_of(store, content, {.payload = evp_sha256("other")});
     },
     "400", "XAmzContentSHA256Mismatch"},
    {"no hash",
     [](const StoreAccess& store) { return put_of(store, content, {.payload = "NONE"}); }, "400",
     "InvalidArgument"},
    {"unsigned without TLS",
     [](const StoreAccess& store) {
         return put_of(store, content, {.payload = "UNSIGNED-PAYLOAD"});
     },
     "400", "InvalidRequest"},
    {"header", [](const StoreAccess& store) { return changed(store, "x-amz-meta-a", "b"); }, "403",
     "SignatureDoesNotMatch"},
    {"date", [](const StoreAccess& store) { return changed(store, "x-amz-date", "today"); }, "403",
     "AccessDenied"},
    {"body", [](const StoreAccess& store) { return flipped(put_of(store, content), 99999); }, "400",
     "XAmzContentSHA256Mismatch"},
    {"chunk",
     [](const StoreAccess& store) { return flipped(chunked_put_of(store, content), 70000); }, "403",
     "SignatureDoesNotMatch"},
    {"last signature",
     [](const StoreAccess& store) {
         const HttpRequest request = chunked_put_of(store, content);
         return flipped(request, request.body_size - 10);
     },
     "403", "SignatureDoesNotMatch"},
    {"last chunk missing",
     [](const StoreAccess& store) {
         HttpRequest request = chunked_put_of(store, content);
         request.body_size -= 86;
         return request;
     },
     "400", "IncompleteBody"},
    {"condition",
     [](const StoreAccess& store) {
         return put_of(store, content, {.headers = {{"If-None-Match", "\"etag\""}}});
     },
     "501", "NotImplemented"},
    {"no key",
     [](const StoreAccess& store) { return put_of(store, content, {.path = "/bucket/"}); }, "400",
     "InvalidURI"},
};

BOOST_DATA_TEST_CASE(invalid_request_is_refused, data::xrange(invalid_requests.size()), index) {
    const InvalidRequest& invalid = invalid_requests[index];
    ScriptedStore store;
    CurlClient client = client_of(store);
    BOOST_TEST(outcome_of(client, invalid.request(store.access())) == invalid.outcome,
               invalid.what);
    BOOST_TEST(refusal_code(store) == invalid.code, invalid.what);
    BOOST_TEST(store.faults().size() == 1U);
    BOOST_TEST(store.objects().empty());
}

BOOST_AUTO_TEST_CASE(body_breaks_off) {
    ScriptedStore store;
    CurlClient client = client_of(store);
    HttpRequest request = put_of(store.access(), content);
    request.body = [](std::uint64_t, std::span<char>) -> std::size_t {
        throw std::runtime_error("read error");
    };
    BOOST_CHECK_THROW(client.send(request), std::runtime_error);
    BOOST_TEST(outcome_of(client, put_of(store.access(), content, {.path = "/b/next"})) == "200");
    BOOST_TEST(!store.requests().at(0).whole);
    BOOST_TEST(store.objects().size() == 1U);
    BOOST_TEST(store.faults().empty());
}

BOOST_AUTO_TEST_SUITE_END()
