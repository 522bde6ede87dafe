#include <boost/test/unit_test.hpp>

#include "aws/sigv4.h"
#include "base/digest.h"
#include "base/failure.h"
#include "base/hex.h"
#include "s3/client.h"
#include "s3/object.h"
#include "unit/canned_responses.h"

using namespace s3drop;
using namespace s3drop::test;

BOOST_AUTO_TEST_SUITE(client)

// One call, by default the PUT of "hello", to a store that gives these responses in turn.
struct Called : CannedStore {
    explicit Called(CannedResponses in_turn) : CannedStore(std::move(in_turn)) {}

    std::variant<HttpResponse, Refusal> send() {
        Client client(world(), settings.access, destination);
        auto result = client.send(call ? *call : put_of_hello(), attempts);
        sent_to = client.destination();
        return result;
    }

    bool succeeds() { return std::holds_alternative<HttpResponse>(send()); }

    // The refusal. The test fails if there is none.
    Refusal refused() {
        auto result = send();
        BOOST_REQUIRE(std::holds_alternative<Refusal>(result));
        return std::get<Refusal>(std::move(result));
    }

    Call put_of_hello() const {
        return put_call(settings.access, destination,
                        {.size = 5, .hash = hash, .read = [](auto offset, auto into) {
                             return std::string("hello").copy(into.data(), into.size(), offset);
                         }});
    }

    std::string hash = hex(sha256("hello"));
    std::optional<Call> call;  // instead of the PUT
    Destination sent_to;
};

BOOST_AUTO_TEST_CASE(transient_faults_are_retried) {
    for (const CannedResponse& fault :
         {error(500, "InternalError"), error(502, ""), error(503, "SlowDown"), error(504, ""),
          error(429, ""), error(400, "RequestTimeout"), error(400, "SlowDown"),
          broken(TransportError::Kind::broken), broken(TransportError::Kind::unreachable)}) {
        Called passing({fault, fault, stored()});
        BOOST_TEST(passing.succeeds());
        BOOST_TEST(passing.attempts.count == 3);
        BOOST_TEST(passing.waits == (std::vector<long>{500, 1000}),
                   boost::test_tools::per_element());
        BOOST_REQUIRE(passing.http.sent.size() == 3U);
        for (const auto& sent : passing.http.sent)
            BOOST_TEST(sent.body == "hello");
        BOOST_REQUIRE(passing.log.size() == 2U);
        BOOST_TEST(passing.log.front().starts_with(
            "upload.fcgi: PUT 1 of 3 failed, retrying in 500 ms: PUT s3://demo/a.txt: "));
    }
}

BOOST_AUTO_TEST_CASE(persistent_faults) {
    Called staying({error(503, "SlowDown"), error(500, "InternalError"), error(502, "")});
    BOOST_TEST(contains(staying.refused().failure.private_detail, "502"));
    BOOST_TEST(staying.attempts.count == 3);
    Called once({error(503, "SlowDown")});
    once.settings.access.attempts = 1;
    BOOST_TEST((once.refused().failure.status == Status::service_unavailable));
    BOOST_TEST(once.waits.empty());
}

BOOST_AUTO_TEST_CASE(refusals_are_not_retried) {
    for (const CannedResponse& refusal :
         {error(403, "AccessDenied"), error(403, "SignatureDoesNotMatch"),
          error(404, "NoSuchBucket"), error(412, "PreconditionFailed"), error(400, "BadDigest"),
          error(409, "ConditionalRequestConflict"), error(501, "NotImplemented"),
          broken(TransportError::Kind::timed_out), broken(TransportError::Kind::untrusted)}) {
        Called refused({refusal});
        refused.refused();
        BOOST_TEST(refused.attempts.count == 1);
        BOOST_TEST(refused.waits.empty());
    }
}

BOOST_AUTO_TEST_CASE(waits_are_random_and_double_up_to_a_limit) {
    Called patient({error(500, "")});
    patient.settings.access.attempts = 10;
    patient.settings.access.timeout = std::chrono::hours(1);
    patient.refused();
    BOOST_TEST(patient.waits ==
                   (std::vector<long>{500, 1000, 2000, 4000, 8000, 16000, 20000, 20000, 20000}),
               boost::test_tools::per_element());
    Called lucky({error(500, "")});
    lucky.random = '0';
    lucky.refused();
    BOOST_TEST(lucky.waits == (std::vector<long>{0, 0}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(sum_of_the_waits_is_bounded) {
    Called bounded({error(500, "")});
    bounded.settings.access.attempts = 10;
    bounded.settings.access.timeout = std::chrono::seconds(5);
    bounded.refused();
    BOOST_TEST(bounded.waits == (std::vector<long>{500, 1000, 2000}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(retry_after_is_honoured) {
    Called asked({error(503, "SlowDown", {{"Retry-After", "7"}}), stored()});
    BOOST_TEST(asked.succeeds());
    BOOST_TEST(asked.waits == (std::vector<long>{7000}), boost::test_tools::per_element());
    Called too_long({error(503, "SlowDown", {{"Retry-After", "61"}})});
    BOOST_TEST(too_long.refused().failure.retry_after == 61);
    BOOST_TEST(too_long.waits.empty());
}

BOOST_AUTO_TEST_CASE(retry_after_in_every_spelling) {
    constexpr long year = 365L * 24 * 3600;
    const struct {
        const char* value;
        long seconds;  // 5 is the default if a 503 names no time
    } cases[] = {
        {"0", 1},
        {"86400", 86400},
        {"99999999", year},
        {"99999999999999999999", year},
        {"Sat, 31 Jan 2026 14:02:00 GMT", 120},
        {"Sat, 31 Jan 2026 13:00:00 GMT", 1},
        {"Sat, 31 Jan 2099 14:00:00 GMT", year},
        {"Fri, 31 Dec 9999 23:59:59 GMT", 5},
        {"-1", 5},
        {"soon", 5},
        {"", 5},
    };
    for (const auto& each : cases) {
        Called asked(
            {error(503, "SlowDown",
                   {{"Retry-After", each.value}, {"Date", "Sat, 31 Jan 2026 14:00:00 GMT"}})});
        asked.settings.access.attempts = 1;
        BOOST_TEST(asked.refused().failure.retry_after == each.seconds, each.value);
    }
    Called later({error(503, "SlowDown",
                        {{"Retry-After", "Sat, 31 Jan 2026 14:00:09 GMT"},
                         {"Date", "Sat, 31 Jan 2026 14:00:00 GMT"}}),
                  stored()});
    BOOST_TEST(later.succeeds());
    BOOST_TEST(later.waits == (std::vector<long>{9000}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(clock_is_corrected_once_and_remembered) {
    const CannedResponse skewed =
        error(403, "RequestTimeTooSkewed", {{"Date", "Sat, 31 Jan 2026 14:00:00 GMT"}});
    Called late({skewed, stored(), stored()});
    BOOST_TEST(late.succeeds());
    BOOST_TEST(late.http.sent[0].header("x-amz-date") == "20260131T120000Z");
    BOOST_TEST(late.http.sent[1].header("x-amz-date") == "20260131T140000Z");
    BOOST_TEST(late.learned.clock_offsets.at("store.example:9000").count() == 7200);
    BOOST_TEST(late.waits.empty());
    BOOST_TEST(late.succeeds());
    BOOST_TEST(late.http.sent[2].header("x-amz-date") == "20260131T140000Z");
    Called stuck({skewed, skewed});
    BOOST_TEST(stuck.refused().failure.s3->code == "RequestTimeTooSkewed");
    BOOST_TEST(stuck.attempts.count == 2);
}

BOOST_AUTO_TEST_CASE(bucket_in_another_region) {
    Called moved({error(400, "AuthorizationHeaderMalformed", {{"x-amz-bucket-region", "eu-2"}}),
                  stored(), stored()});
    BOOST_TEST(moved.succeeds());
    BOOST_TEST(contains(moved.http.sent[1].header("Authorization"), "/eu-2/s3/"));
    BOOST_TEST(moved.http.sent[1].request.url == moved.http.sent[0].request.url);
    BOOST_TEST(moved.succeeds());
    BOOST_TEST(contains(moved.http.sent[2].header("Authorization"), "/eu-2/s3/"));
    BOOST_TEST(moved.attempts.count == 3);
}

BOOST_AUTO_TEST_CASE(bucket_at_another_host) {
    Called moved({error(307, "", {{"Location", "http://b.example:9000/demo/a.txt"}}), stored()});
    BOOST_TEST(moved.succeeds());
    BOOST_TEST(moved.sent_to.address.url == "http://b.example:9000/demo/a.txt");
    BOOST_TEST(moved.http.sent[1].header("Host") == "b.example:9000");
    BOOST_TEST(moved.learned.redirects.empty());
    Called for_good({error(301, "", {{"Location", "http://b.example:9000/demo/a.txt"}}), stored()});
    BOOST_TEST(for_good.succeeds());
    BOOST_TEST(for_good.learned.redirects.size() == 1U);
}

BOOST_AUTO_TEST_CASE(redirect_is_forgotten_if_it_fails) {
    Called moved({error(301, "", {{"Location", "http://b.example:9000/demo/a.txt"}}), stored(),
                  error(404, "NoSuchBucket"), stored()});
    BOOST_TEST(moved.succeeds());
    moved.refused();
    BOOST_TEST(moved.succeeds());
    BOOST_TEST(moved.http.sent[2].header("Host") == "b.example:9000");
    BOOST_TEST(moved.http.sent[3].header("Host") == "store.example:9000");
}

BOOST_AUTO_TEST_CASE(redirects_that_are_not_followed) {
    const CannedResponse there = error(307, "", {{"Location", "http://b.example:9000/demo/a.txt"}});
    const CannedResponse on = error(307, "", {{"Location", "http://c.example:9000/demo/a.txt"}});
    const CannedResponse stranger =
        error(307, "", {{"Location", "http://store.evil:9000/demo/a.txt"}});
    const CannedResponse link_local =
        error(301, "", {{"Location", "http://169.254.169.254/demo/a.txt"}});
    const CannedResponse itself =
        error(307, "", {{"Location", "http://store.example:9000/demo/a.txt"}});
    const CannedResponse other_scheme =
        error(307, "", {{"Location", "https://b.example:9000/demo/a.txt"}});
    const CannedResponse nonsense =
        error(301, "PermanentRedirect", {{"x-amz-bucket-region", "a\nb"}});
    const struct {
        CannedResponses responses;
        int attempts;
    } cases[] = {{{there, on}, 2}, {{there, there}, 2}, {{stranger}, 1},    {{link_local}, 1},
                 {{itself}, 1},    {{nonsense}, 1},     {{other_scheme}, 1}};
    for (const auto& each : cases) {
        Called led_on(each.responses);
        BOOST_TEST((led_on.refused().failure.status == Status::bad_gateway));
        BOOST_TEST(led_on.attempts.count == each.attempts);
    }
}

BOOST_AUTO_TEST_CASE(store_without_support_for_chunks) {
    Called old({error(501, "NotImplemented"), stored(), stored()});
    old.settings.access.payload = PayloadSigning::chunks;
    old.hash.clear();
    BOOST_TEST(old.succeeds());
    BOOST_TEST(old.http.sent[0].header("x-amz-content-sha256") ==
               "STREAMING-AWS4-HMAC-SHA256-PAYLOAD");
    BOOST_TEST(old.http.sent[1].header("x-amz-content-sha256") == hex(sha256("hello")));
    BOOST_TEST(old.http.sent[1].body == "hello");
    BOOST_TEST(old.succeeds());
    BOOST_TEST(old.http.sent[2].header("x-amz-content-sha256") == hex(sha256("hello")));
    BOOST_TEST(!can_send_unhashed(old.settings.access, old.learned, old.destination));
}

BOOST_AUTO_TEST_CASE(payloads_that_are_sent_unhashed) {
    const struct {
        PayloadSigning payload;
        bool over_http;
        bool over_https;
    } cases[] = {{PayloadSigning::automatic, false, true},
                 {PayloadSigning::whole, false, false},
                 {PayloadSigning::chunks, true, true},
                 {PayloadSigning::none, false, true}};
    for (const auto& each : cases) {
        Called unsent({});
        unsent.settings.access.payload = each.payload;
        BOOST_TEST(can_send_unhashed(unsent.settings.access, {}, unsent.destination) ==
                   each.over_http);
        unsent.destination.address.url = "https://store.example/demo/a.txt";
        BOOST_TEST(can_send_unhashed(unsent.settings.access, {}, unsent.destination) ==
                   each.over_https);
    }
}

// Finds bytes that the signature does not cover, and requests that differ from the call.
BOOST_AUTO_TEST_CASE(calls_of_other_methods) {
    const std::string xml = "<CompleteMultipartUpload/>";
    const Payload document{
        .size = xml.size(), .hash = hex(sha256(xml)), .read = [&](auto offset, auto into) {
            return xml.copy(into.data(), into.size(), offset);
        }};
    const struct {
        Call call;
        const char* query;
        std::string body;
        std::string hash;
    } cases[] = {
        {{.method = "GET", .query = {{"uploads", ""}, {"prefix", "a b/+"}}},
         "?prefix=a%20b%2F%2B&uploads=",
         "",
         std::string(empty_payload_hash)},
        {{.method = "POST", .query = {{"uploads", ""}}, .headers = {{"Content-Type", "a/b"}}},
         "?uploads=",
         "",
         std::string(empty_payload_hash)},
        {{.method = "POST", .query = {{"uploadId", "2~x/y="}}, .payload = document},
         "?uploadId=2~x%2Fy%3D",
         xml,
         document.hash},
        {delete_call(), "", "", std::string(empty_payload_hash)},
        {head_call(), "", "", std::string(empty_payload_hash)},
    };
    for (const auto& each : cases) {
        Called called({error(500, ""), stored()});
        called.call = each.call;
        BOOST_TEST(called.succeeds());
        BOOST_REQUIRE(called.http.sent.size() == 2U);
        for (const auto& sent : called.http.sent) {
            BOOST_TEST(sent.request.method == each.call.method);
            BOOST_TEST(sent.request.url ==
                       std::string("http://store.example:9000/demo/a.txt") + each.query);
            BOOST_TEST(sent.body == each.body);
            BOOST_TEST(sent.header("x-amz-content-sha256") == each.hash);
            for (const auto& [name, value] : each.call.headers)
                BOOST_TEST(sent.header(name) == value);
        }
        BOOST_TEST(called.log.front().starts_with("upload.fcgi: " + each.call.method +
                                                  " 1 of 3 failed, "));
    }
}

// A listing of which only a part is known must not be taken for the whole.
BOOST_AUTO_TEST_CASE(response_longer_than_its_limit) {
    const auto responding_with = [](int status) {
        CannedResponse response = error(status, "AccessDenied", {{"ETag", "\"e\""}});
        response.response.cut_short = true;
        return response;
    };
    Called listing({responding_with(200)});
    listing.call = Call{.method = "GET", .max_response_body = 200'000};
    BOOST_TEST(listing.refused().failure.private_detail ==
               "GET s3://demo/a.txt: 200 with a longer body than expected");
    BOOST_TEST(listing.attempts.count == 1);
    BOOST_TEST(listing.http.sent.front().request.max_response_body == 200'000U);

    Called put({responding_with(200)});
    BOOST_TEST(put.succeeds());
    BOOST_TEST(put.http.sent.front().request.max_response_body ==
               HttpRequest::default_max_response_body);

    Called denied({responding_with(403)});
    denied.call = Call{.method = "GET", .max_response_body = 1000};
    BOOST_TEST(denied.refused().status == 403);
}

BOOST_AUTO_TEST_CASE(own_timeout) {
    Called slow({stored()});
    slow.call = Call{.method = "POST", .timeout = std::chrono::minutes(10)};
    BOOST_TEST(slow.succeeds());
    BOOST_TEST((slow.http.sent.front().request.timeout == std::chrono::minutes(10)));
    Called usual({stored()});
    BOOST_TEST(usual.succeeds());
    BOOST_TEST(!usual.http.sent.front().request.timeout.has_value());
}

BOOST_AUTO_TEST_CASE(query_is_signed) {
    const auto authorization = [](const char* prefix) {
        Called called({stored()});
        called.call = Call{.method = "GET", .query = {{"prefix", prefix}}};
        BOOST_TEST(called.succeeds());
        return called.http.sent.front().header("Authorization");
    };
    BOOST_TEST(authorization("a") == authorization("a"));
    BOOST_TEST(authorization("a") != authorization("b"));
}

BOOST_AUTO_TEST_CASE(calls_of_one_client_share_the_limit_of_waits) {
    CannedStore store({error(500, "")});
    store.settings.access.attempts = 10;
    store.settings.access.timeout = std::chrono::seconds(5);
    Client client(store.world(), store.settings.access, store.destination);
    for (int call = 0; call < 2; ++call) {
        Attempts attempts;
        BOOST_TEST(std::holds_alternative<Refusal>(client.send(head_call(), attempts)));
        BOOST_TEST(attempts.count == (call == 0 ? 4 : 3));
    }
    BOOST_TEST(store.waits == (std::vector<long>{500, 1000, 2000, 500, 1000}),
               boost::test_tools::per_element());
}

// A form may name any number of hosts if the operator's pattern allows them.
BOOST_AUTO_TEST_CASE(what_is_learned_is_bounded) {
    CannedStore store(
        {error(403, "RequestTimeTooSkewed", {{"Date", "Sat, 31 Jan 2026 14:00:00 GMT"}}),
         stored()});
    for (int host = 0; host < 1000; ++host) {
        store.responses.given = 0;
        store.destination.address.authority = "host" + std::to_string(host) + ".example:9000";
        Client client(store.world(), store.settings.access, store.destination);
        Attempts attempts;
        BOOST_TEST(std::holds_alternative<HttpResponse>(client.send(head_call(), attempts)));
        BOOST_REQUIRE(store.learned.clock_offsets.size() <= 100U);
    }
}

// An attempt may have worked even if its response was lost or was an error.
BOOST_AUTO_TEST_CASE(attempts_that_may_have_worked) {
    CannedResponse resent = stored();
    resent.response.resent = true;
    const struct {
        CannedResponses responses;
        bool may_have_worked;
        bool lost_response;
    } cases[] = {
        {{stored()}, false, false},
        {{error(403, "AccessDenied")}, false, false},
        {{error(429, ""), stored()}, false, false},
        {{broken(TransportError::Kind::unreachable), stored()}, false, false},
        {{broken_mid_body(), stored()}, false, false},
        {{error(500, ""), stored()}, true, false},
        {{broken(TransportError::Kind::broken), stored()}, true, true},
        {{broken(TransportError::Kind::timed_out)}, false, false},
        {{resent}, true, true},
    };
    for (const auto& each : cases) {
        Called called(each.responses);
        called.send();
        BOOST_TEST(called.attempts.may_have_worked == each.may_have_worked);
        BOOST_TEST(called.attempts.lost_response == each.lost_response);
    }
}

BOOST_AUTO_TEST_SUITE_END()
