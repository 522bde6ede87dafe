#include <boost/test/unit_test.hpp>

#include "http/curl_client.h"

using namespace s3drop;

// What can be tested without a socket.
BOOST_AUTO_TEST_SUITE(curl_client)

BOOST_AUTO_TEST_CASE(headers_are_found_in_any_case) {
    const HttpResponse response{
        .status = 200,
        .headers = {{"ETag", "a"}, {"x-amz-request-id", "b"}, {"Empty", ""}},
        .body = ""};
    BOOST_TEST(response.header("etag") == "a");
    BOOST_TEST(response.header("ETAG") == "a");
    BOOST_TEST(response.header("X-Amz-Request-Id") == "b");
    BOOST_TEST(response.header("Empty") == "");
    BOOST_TEST(response.header("ETa") == "");
    BOOST_TEST(response.header("ETags") == "");
    BOOST_TEST(response.header("") == "");
}

BOOST_AUTO_TEST_CASE(first_of_several_headers_counts) {
    const HttpResponse response{
        .status = 200, .headers = {{"Retry-After", "1"}, {"retry-after", "2"}}, .body = ""};
    BOOST_TEST(response.header("Retry-After") == "1");
}

BOOST_AUTO_TEST_CASE(set_up_without_a_request) {
    BOOST_CHECK_NO_THROW(
        CurlClient({.timeout = std::chrono::seconds(1), .ca_bundle = "/nonexistent"}));
}

// An invalid URL causes no name lookup and no connection.
BOOST_AUTO_TEST_CASE(invalid_url) {
    CurlClient client({.timeout = std::chrono::seconds(1), .ca_bundle = ""});
    const HttpRequest request{
        .method = "PUT", .url = "http://h:99999/", .headers = {}, .body_size = 0, .body = {}};
    BOOST_CHECK_EXCEPTION(client.send(request), TransportError, [](const TransportError& error) {
        return error.kind == TransportError::Kind::broken && error.what() != std::string();
    });
}

BOOST_AUTO_TEST_SUITE_END()
