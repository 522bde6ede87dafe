// What CurlClient makes of responses: how long they may be, how they are framed, and where they
// end.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <array>
#include <sstream>

#include "http/curl_client.h"
#include "s3/object.h"
#include "s3/s3_error.h"
#include "scripted_store/s3_responses.h"
#include "scripted_store/scripted_store.h"
#include "scripted_store/signed_puts.h"
#include "site/site.h"

using namespace s3drop;
using namespace s3drop::test;
namespace data = boost::unit_test::data;

namespace {

constexpr std::chrono::seconds long_enough{30};
constexpr std::size_t limit = HttpRequest::default_max_response_body;

const Content small = Content::pattern(1000);
const Content large = Content::pattern(20000000);

HttpRequest request_of(const ScriptedStore& store, const std::string& method = "GET") {
    return {.method = method, .url = store.access().endpoint + "/b", .headers = {}, .body = {}};
}

// A raw response, framed in one of the ways of RFC 9112 section 6.3.
enum class Framing { length, chunks, end_of_connection };
constexpr std::array framings = {Framing::length, Framing::chunks, Framing::end_of_connection};

std::ostream& operator<<(std::ostream& out, Framing framing) {
    return out << static_cast<int>(framing);
}

std::string chunked(const std::string& body) {
    std::string all;
    for (std::size_t at = 0; at < body.size(); at += 1000) {
        const std::string chunk = body.substr(at, 1000);
        std::ostringstream size;
        size << std::hex << chunk.size();
        all += size.str() + "\r\n" + chunk + "\r\n";
    }
    return all + "0\r\n\r\n";
}

ScriptedResponse response_of(int status, Framing framing, const std::string& body) {
    const std::string line = "HTTP/1.1 " + std::to_string(status) + " As Told\r\nETag: \"e\"\r\n";
    switch (framing) {
        case Framing::length:
            return {
                .raw = line + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body,
                .then = Do::go_on};
        case Framing::chunks:
            return {.raw = line + "Transfer-Encoding: chunked\r\n\r\n" + chunked(body),
                    .then = Do::go_on};
        case Framing::end_of_connection:
            break;
    }
    return {.raw = line + "Connection: close\r\n\r\n" + body, .then = Do::close};
}

std::string outcome_of_get(CurlClient& client, const ScriptedStore& store) {
    return outcome_of(client, request_of(store));
}

ScriptedResponse early_success() {
    return {.status = 200,
            .headers = {{"ETag", "\"early\""}, {"Connection", "close"}},
            .then = Do::close};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(curl_client_responses)

BOOST_DATA_TEST_CASE(as_long_as_the_limit, data::make(framings) * data::make({200, 403}), framing,
                     status) {
    ScriptedStore store;
    CurlClient client({.timeout = long_enough, .ca_bundle = ""});
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, limit - 1, limit}) {
        const std::string body = Content::pattern(size).text();
        store.script({{.response = response_of(status, framing, body)}});
        const HttpResponse response = client.send(request_of(store));
        BOOST_TEST(response.status == status);
        BOOST_TEST(!response.cut_short);
        BOOST_TEST((response.whole_body() == body));
    }
    BOOST_TEST(store.connections() == (framing == Framing::end_of_connection ? 4 : 1));
}

// Status and headers count; of the body nothing is left to be mistaken for all of it.
BOOST_DATA_TEST_CASE(longer_than_the_limit, data::make(framings) * data::make({200, 403}), framing,
                     status) {
    ScriptedStore store;
    CurlClient client({.timeout = long_enough, .ca_bundle = ""});
    for (const std::size_t size : {limit + 1, std::size_t{200000}, std::size_t{2000000}}) {
        const std::string body = Content::pattern(size).text();
        store.script({{.response = response_of(status, framing, body)}});
        const HttpResponse response = client.send(request_of(store));
        BOOST_TEST(response.status == status);
        BOOST_TEST(response.header("ETag") == "\"e\"");
        BOOST_TEST(response.cut_short);
        BOOST_TEST(response.body.empty());
        BOOST_CHECK_THROW(response.whole_body(), TransportError);
        // What is left of it does not get in the way of the next request.
        BOOST_TEST(outcome_of(client, put_of(store.access(), small)) == "200");
    }
}

BOOST_DATA_TEST_CASE(a_limit_of_the_request, data::make(framings), framing) {
    ScriptedStore store;
    CurlClient client({.timeout = long_enough, .ca_bundle = ""});
    const std::string listing = Content::pattern(200000).text();
    for (const std::size_t most : {0UL, 1UL, 199999UL, 200000UL, 1000000UL}) {
        store.script({{.response = response_of(200, framing, listing)}});
        HttpRequest request = request_of(store);
        request.max_response_body = most;
        const HttpResponse response = client.send(request);
        BOOST_TEST(response.cut_short == (most < listing.size()));
        BOOST_TEST((response.body == (response.cut_short ? "" : listing)));
    }
}

// Uploads need the head of the response: a PUT stays stored or refused, however much is said of it.
BOOST_AUTO_TEST_CASE(a_long_response_to_a_put) {
    ScriptedStore store;
    CurlClient client({.timeout = long_enough, .ca_bundle = ""});
    const Destination destination{
        .bucket = "b", .key = "k", .content_type = "", .region = "", .address = {}};
    const std::string long_body = Content::pattern(200000).text();
    const Call call{.method = "PUT", .payload = {.size = small.size(), .hash = {}, .read = {}}};
    const auto put = [&](const ScriptedResponse& scripted) -> std::variant<Stored, Refusal> {
        store.script({{.response = scripted}});
        const HttpResponse response = client.send(put_of(store.access(), small));
        if (response.status != 200) return refusal_of(call, destination, response);
        return meaning_of(response, call, destination);
    };
    const auto stored = put(response_of(200, Framing::length, long_body));
    BOOST_TEST_REQUIRE(std::holds_alternative<Stored>(stored));
    BOOST_TEST(std::get<Stored>(stored).etag == "e");

    const auto portal = put({.status = 200, .body = long_body});
    BOOST_TEST(std::get<Refusal>(portal).failure.private_detail ==
               "PUT s3://b/k: 200 without an ETag");

    ScriptedResponse refusal = access_denied();
    refusal.body += std::string(200000, ' ');
    const auto refused = put(refusal);
    const Failure& failure = std::get<Refusal>(refused).failure;
    BOOST_TEST(failure.private_detail == "PUT s3://b/k: S3 responded with 403");
    BOOST_TEST_REQUIRE(failure.s3.has_value());
    BOOST_TEST(failure.s3->code == "");
    BOOST_TEST(failure.s3->request_id == "STANDIN");
}

BOOST_AUTO_TEST_CASE(a_head_response_has_no_body) {
    ScriptedStore store;
    CurlClient client({.timeout = long_enough, .ca_bundle = ""});
    store.script({{.response = {.status = 200, .headers = {{"Content-Length", "5000000000"}}}},
                  {.response = {.status = 404, .headers = {{"Content-Length", "300"}}}}});
    for (const int status : {200, 404}) {
        const HttpResponse response = client.send(request_of(store, "HEAD"));
        BOOST_TEST(response.status == status);
        BOOST_TEST(response.body.empty());
        BOOST_TEST(!response.cut_short);
    }
    BOOST_TEST(store.connections() == 1);
}

// At every offset, unless the end of the connection is the end of the body. libcurl does not need
// the last byte of chunks.
BOOST_DATA_TEST_CASE(a_response_that_ends_early, data::make({Framing::length, Framing::chunks}),
                     framing) {
    ScriptedStore store;
    CurlClient client({.timeout = long_enough, .ca_bundle = ""});
    const std::string whole = *response_of(200, framing, "a listing").raw;
    const std::size_t complete = whole.size() - (framing == Framing::chunks ? 1 : 0);
    for (std::size_t size = 0; size < complete; ++size) {
        for (const Do how : {Do::close, Do::reset}) {
            store.script({{.response = {.raw = whole.substr(0, size), .then = how}}});
            BOOST_TEST(outcome_of_get(client, store) == "broken", "after " << size << " bytes");
        }
    }
    store.script({{.response = {.raw = whole}}});
    BOOST_TEST(client.send(request_of(store)).whole_body() == "a listing");
}

BOOST_AUTO_TEST_CASE(interim_responses) {
    ScriptedStore store;
    CurlClient client({.timeout = long_enough, .ca_bundle = ""});
    for (const char* status : {"100 Continue", "102 Processing", "103 Early Hints", "199 Other"}) {
        const std::string interim =
            std::string("HTTP/1.1 ") + status + "\r\nETag: \"interim\"\r\nX-Interim: 1\r\n\r\n";
        store.script(
            {{.response = {.raw = interim + interim + *response_of(404, Framing::length, "x").raw,
                           .then = Do::go_on}}});
        const HttpResponse response = client.send(request_of(store));
        BOOST_TEST(response.status == 404);
        BOOST_TEST(response.header("ETag") == "\"e\"");
        BOOST_TEST(response.header("X-Interim") == "");
        BOOST_TEST(response.body == "x");
    }
    BOOST_TEST(store.connections() == 1);
}

BOOST_DATA_TEST_CASE(redirects_are_not_followed, data::make({301, 302, 303, 307, 308}), status) {
    ScriptedStore store;
    CurlClient client({.timeout = long_enough, .ca_bundle = ""});
    const std::string location = store.access().endpoint + "/elsewhere";
    for (const char* method : {"GET", "HEAD", "POST", "PUT", "DELETE"}) {
        store.script({{.response = {.status = status, .headers = {{"Location", location}}}}});
        const HttpResponse response = client.send(request_of(store, method));
        BOOST_TEST(response.status == status);
        BOOST_TEST(response.header("Location") == location);
    }
    BOOST_TEST(store.requests().size() == 5U);
}

BOOST_AUTO_TEST_CASE(headers_up_to_their_limit) {
    ScriptedStore store;
    CurlClient client({.timeout = long_enough, .ca_bundle = ""});
    const std::string begin = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-Long: ";
    const std::size_t room = HttpClient::max_response_headers - begin.size() - 4;
    for (const std::size_t size : {room, room + 1}) {
        store.script({{.response = {.raw = begin + std::string(size, 'x') + "\r\n\r\n"}}});
        BOOST_TEST(outcome_of_get(client, store) == (size == room ? "200" : "broken"));
    }
}

// A request's timeout replaces the client's, whichever is longer.
BOOST_AUTO_TEST_CASE(a_timeout_of_the_request) {
    ScriptedStore store;
    HttpRequest request = request_of(store);
    request.timeout = std::chrono::seconds(1);
    CurlClient patient({.timeout = std::chrono::seconds(300), .ca_bundle = ""});
    store.script({{.then = Do::stall}});
    BOOST_TEST(outcome_of(patient, request) == "timed_out");

    // S3 begins the response to a CompleteMultipartUpload at once, and ends it minutes later.
    request.timeout = std::chrono::seconds(300);
    CurlClient hasty({.timeout = std::chrono::seconds(1), .ca_bundle = ""});
    const Step slow = {.response = {.status = 200,
                                    .body = std::string(100, ' '),
                                    .write_size = 20,
                                    .pause = std::chrono::milliseconds(300)}};
    store.script({slow, slow});
    BOOST_TEST(outcome_of(hasty, request) == "200");
    request.timeout.reset();
    BOOST_TEST(outcome_of(hasty, request) == "timed_out");
}

// The response ends after each byte of its head but the last.
BOOST_AUTO_TEST_CASE(response_cut_in_its_head) {
    ScriptedStore store;
    CurlClient client({.timeout = long_enough, .ca_bundle = ""});
    const std::string head = "HTTP/1.1 200 OK\r\nETag: \"etag\"\r\nContent-Length: 0\r\n\r\n";
    for (std::size_t size = 0; size < head.size(); ++size) {
        store.script({{.response = {.raw = head.substr(0, size)}}});
        BOOST_TEST(outcome_of(client, put_of(store.access(), small)) == "broken",
                   "after " << size << " bytes");
    }
    store.script({{.response = {.raw = head}}});
    BOOST_TEST(outcome_of(client, put_of(store.access(), small)) == "200");
}

// A store cannot have stored a body that has not been sent.
BOOST_DATA_TEST_CASE(success_before_the_end_of_the_body, data::make({0U, 1000U, 1000000U}), bytes) {
    ScriptedStore store;
    CurlClient client({.timeout = long_enough, .ca_bundle = ""});
    store.script({{.after = bytes, .response = early_success()}});
    BOOST_TEST(client.send(put_of(store.access(), large)).early);
    BOOST_TEST(!client.send(put_of(store.access(), large)).early);
}

BOOST_AUTO_TEST_SUITE_END()
