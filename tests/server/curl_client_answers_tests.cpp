// Responses that CurlClient must not trust: incomplete, or too early.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "http/curl_client.h"
#include "scripted_store/scripted_store.h"
#include "scripted_store/signed_puts.h"

using namespace s3drop;
using namespace s3drop::test;
namespace data = boost::unit_test::data;

namespace {

constexpr std::chrono::seconds long_enough{30};

const Content small = Content::pattern(1000);
const Content large = Content::pattern(20000000);

ScriptedResponse early_success() {
    return {.status = 200,
            .headers = {{"ETag", "\"early\""}, {"Connection", "close"}},
            .then = Do::close};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(curl_client_answers)

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
