// CurlClient with a store that fails: it returns the expected response or TransportError, does not
// hang or leave a file open, and the next request of the same client works.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <vector>

#include "http/curl_client.h"
#include "scripted_store/s3_responses.h"
#include "scripted_store/scripted_store.h"
#include "scripted_store/signed_puts.h"
#include "site/site.h"
#include "system/open_files.h"

using namespace s3drop;
using namespace s3drop::test;
namespace data = boost::unit_test::data;

namespace {

// If something hangs that should not, the outcome is "timed_out" and the test fails.
constexpr std::chrono::seconds long_enough{30};
constexpr std::chrono::seconds for_a_stall{2};

struct Fault {
    const char* what;
    Step step;
    std::string outcomes;  // allowed values of outcome_of(), separated by |
    bool stored = false;
};

ScriptedResponse cut(ScriptedResponse response, std::uint64_t bytes, Do then) {
    response.cut = bytes;
    response.then = then;
    return response;
}

const std::vector<Fault> faults = {
    {"none", {}, "200", true},
    {"closed at once", {.opening = Opening::close}, "broken"},
    {"reset at once", {.opening = Opening::reset}, "broken|unreachable"},
    {"another protocol", {.opening = Opening::greet}, "broken"},

    {"closed after the headers", {.after = 0, .then = Do::close}, "broken"},
    {"cut after the headers", {.after = 0, .then = Do::truncate}, "broken"},
    {"reset after the headers", {.after = 0, .then = Do::reset}, "broken"},
    {"closed after 100 Continue",
     {.after = 0, .invite = Continue::always, .then = Do::close},
     "broken"},
    {"reset after 100 Continue",
     {.after = 0, .invite = Continue::always, .then = Do::reset},
     "broken"},
    {"no 100 Continue", {.invite = Continue::never}, "200", true},

    {"closed in the body", {.after = 500, .then = Do::close}, "broken"},
    {"cut in the body", {.after = 500, .then = Do::truncate}, "broken"},
    {"reset in the body", {.after = 500, .then = Do::reset}, "broken"},
    {"refused after the headers", {.after = 0, .response = access_denied()}, "403"},
    {"refused in the body", {.after = 500, .response = access_denied()}, "403"},
    {"failed in the body", {.after = 500, .response = internal_error()}, "500"},
    {"slowed down in the body, unread",
     {.after = 500, .response = slow_down(), .rest = Rest::leave},
     "503"},
    {"slowed down in the body, and closed",
     {.after = 500, .response = request_timeout(), .rest = Rest::abandon},
     "400|broken"},

    {"closed before the response", {.then = Do::close}, "broken"},
    {"cut before the response", {.then = Do::truncate}, "broken"},
    {"reset before the response", {.then = Do::reset}, "broken"},
    {"stored, and the response lost", {.then = Do::close, .stores = true}, "broken", true},
    {"stored, and the response cut in its first line", {.response = {.cut = 10}}, "broken", true},
    {"response cut in its body", {.response = cut(slow_down(), 300, Do::close)}, "broken"},
    {"response reset in its body", {.response = cut(slow_down(), 300, Do::reset)}, "broken"},
    {"response byte by byte", {.response = {.write_size = 1}}, "200", true},
    {"two responses at once", {.response = {.times = 2}}, "200", true},
    {"stored, and closed", {.response = {.then = Do::close}}, "200", true},

    {"response without a head", {.response = http_0_9()}, "broken"},
    {"response of random bytes", {.response = binary()}, "broken"},
    {"response with a huge header", {.response = huge_header()}, "broken"},
    {"response with endless headers", {.response = endless_headers()}, "broken"},
    {"response with an endless body", {.response = endless_body()}, "503"},
    {"response with an invalid length",
     {.response = {.raw = "HTTP/1.1 503 Slow Down\r\nContent-Length: -3\r\n\r\nabc"}},
     "broken"},
    {"response with invalid chunks",
     {.response = {.raw = "HTTP/1.1 503 Slow Down\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc"}},
     "broken"},
};

const std::vector<Fault> stalls = {
    {"silent from the start", {.opening = Opening::stall}, "timed_out"},
    {"silent after the headers", {.after = 0, .then = Do::stall}, "timed_out"},
    {"silent in the body", {.after = 500, .then = Do::stall}, "timed_out"},
    {"silent before the response", {.then = Do::stall}, "timed_out"},
    {"response silent in its headers",
     {.response = {.cut = 60, .then = Do::stall}},
     "timed_out",
     true},
    {"response that takes forever",
     {.response = {.write_size = 1, .pause = std::chrono::milliseconds(500)}},
     "timed_out",
     true},
    {"response silent in its body", {.response = cut(slow_down(), 300, Do::stall)}, "timed_out"},
};

// Faults that only TLS has.
const std::vector<Fault> tls_faults = {
    {"silent in the handshake", {.opening = Opening::stall}, "timed_out"},
    {"silent in the body", {.after = 500, .then = Do::stall}, "timed_out"},
    {"closed in the handshake", {.opening = Opening::half_handshake}, "broken"},
    {"reset in the handshake", {.opening = Opening::half_handshake, .then = Do::reset}, "broken"},
    {"silent in the middle of the handshake",
     {.opening = Opening::half_handshake, .then = Do::stall},
     "timed_out"},
    {"alert in the handshake", {.opening = Opening::alert}, "broken"},
    {"closed after the handshake", {.opening = Opening::close_after_handshake}, "broken"},
    {"not trusted", {.certified = Certified::by_stranger}, "untrusted"},
    {"for another host", {.certified = Certified::other_name}, "untrusted"},
    {"expired", {.certified = Certified::expired}, "untrusted"},
};

bool is_among(const std::string& outcome, const std::string& outcomes) {
    return ("|" + outcomes + "|").find("|" + outcome + "|") != std::string::npos;
}

// One request with the fault, then a request without one.
void check_fault(const Fault& fault, bool tls, const Content& content) {
    ScriptedStore store({.tls = tls});
    const StoreAccess access = store.access();
    CurlClient client({.timeout = fault.outcomes == "timed_out" ? for_a_stall : long_enough,
                       .ca_bundle = access.ca_bundle});
    store.script({fault.step});
    const std::string outcome = outcome_of(client, put_of(access, content, {.path = "/b/first"}));
    BOOST_TEST(is_among(outcome, fault.outcomes),
               fault.what << ": " << outcome << ", not " << fault.outcomes);
    BOOST_TEST(store.objects().contains("b/first") == fault.stored);
    BOOST_TEST(store.steps_left() == 0U);
    BOOST_TEST(outcome_of(client, put_of(access, content, {.path = "/b/next"})) == "200");
    BOOST_TEST(store.objects().at("b/next").size == content.size());
    BOOST_TEST(store.faults().empty());
}

const Content small = Content::pattern(1000);
const Content large = Content::pattern(3000000);

}  // namespace

BOOST_AUTO_TEST_SUITE(curl_client_faults)

BOOST_DATA_TEST_CASE(small_object, data::xrange(faults.size()), index) {
    check_fault(faults[index], false, small);
}

BOOST_DATA_TEST_CASE(large_object, data::xrange(faults.size()), index) {
    check_fault(faults[index], false, large);
}

BOOST_DATA_TEST_CASE(large_object_over_tls, data::xrange(faults.size()), index) {
    check_fault(faults[index], true, large);
}

BOOST_DATA_TEST_CASE(silent_store, data::xrange(stalls.size()), index) {
    check_fault(stalls[index], false, small);
}

BOOST_DATA_TEST_CASE(faults_of_tls, data::xrange(tls_faults.size()), index) {
    check_fault(tls_faults[index], true, small);
}

// Around the sizes of the buffers on the way, and at both ends of the body.
BOOST_DATA_TEST_CASE(connection_breaks_anywhere_in_the_body,
                     data::make({1U, 2U, 999U, 16384U, 65535U, 65536U, 65537U, 131072U, 1048576U,
                                 2097152U, 2999999U}),
                     bytes) {
    for (const Do how : {Do::close, Do::truncate, Do::reset})
        check_fault({"broken off", {.after = bytes, .then = how}, "broken"}, bytes % 2 == 0, large);
}

BOOST_DATA_TEST_CASE(no_descriptor_stays_open, data::make({false, true}), tls) {
    ScriptedStore store({.tls = tls});
    const std::size_t before = open_descriptors();
    {
        CurlClient client({.timeout = long_enough, .ca_bundle = store.access().ca_bundle});
        const auto all_faults = [&] {
            for (const Fault& fault : faults) {
                store.script({fault.step});
                outcome_of(client, put_of(store.access(), small));
            }
            store.script({});
            return outcome_of(client, put_of(store.access(), small));
        };
        BOOST_TEST(all_faults() == "200");
        BOOST_TEST(eventually([&] { return store.open_connections() == 1; }));
        const std::size_t first = open_descriptors();
        BOOST_TEST(all_faults() == "200");
        BOOST_TEST(eventually([&] { return open_descriptors() <= first; }));
    }
    BOOST_TEST(eventually([&] { return open_descriptors() == before; }));
}

BOOST_AUTO_TEST_SUITE_END()
