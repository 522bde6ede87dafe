#include <boost/test/unit_test.hpp>

#include "base/digest.h"
#include "base/failure.h"
#include "base/hex.h"
#include "s3/delivery.h"
#include "unit/canned_answers.h"
#include "unit/canned_upload.h"

using namespace s3drop;
using namespace s3drop::test;

BOOST_AUTO_TEST_SUITE(delivery)

// One delivery of "hello" to a store that gives these answers in turn.
struct Delivered {
    explicit Delivered(CannedAnswers answers_in_turn) {
        answers.in_turn = std::move(answers_in_turn);
        settings.hosts = {{"*.example", "9000"}};
    }

    Stored run() {
        client.answer = [this](const auto& sent) { return answers.next(sent); };
        const World world{
            .s3 = client,
            .learned = learned,
            .now = [] { return canned_time(); },
            .wait = [this](std::chrono::milliseconds time) { waits.push_back(time.count()); },
            .random_hex = [this] { return std::string(32, random); },
            .log = [this](std::string_view line) { log.emplace_back(line); }};
        Payload payload{.size = 5, .hash = hash, .read = [this](auto offset, auto into) {
                            if (attempts > full_after)
                                throw Failure(Status::insufficient_storage, "No room.");
                            return std::string("hello").copy(into.data(), into.size(), offset);
                        }};
        return deliver(world, settings, place, payload, attempts);
    }

    // The failure, which must come.
    Failure fail() {
        try {
            run();
        } catch (const Failure& failure) {
            return failure;
        }
        BOOST_ERROR("it is stored");
        return {Status::ok, ""};
    }

    Destination place = canned_destination();
    Settings settings = canned_settings();
    std::string hash = hex(sha256("hello"));
    AnswersInTurn answers;
    FakeClient client;
    Learned learned;
    char random = 'f';
    std::vector<long> waits;
    std::vector<std::string> log;
    int attempts = 0;
    int full_after = 100;  // attempts; then the payload can no longer be read
};

const std::string hello_md5 = "5d41402abc4b2a76b9719d911017c592";

BOOST_AUTO_TEST_CASE(stored_at_once) {
    Delivered once({stored()});
    BOOST_TEST(once.run().etag == "etag");
    BOOST_TEST(once.attempts == 1);
    BOOST_TEST(once.waits.empty());
    BOOST_TEST(once.log.empty());
}

BOOST_AUTO_TEST_CASE(faults_that_pass) {
    for (const CannedAnswer& fault :
         {error(500, "InternalError"), error(502, ""), error(503, "SlowDown"), error(504, ""),
          error(429, ""), error(400, "RequestTimeout"), error(400, "SlowDown"),
          broken(TransportError::Kind::broken), broken(TransportError::Kind::unreachable)}) {
        Delivered passing({fault, fault, stored()});
        BOOST_TEST(passing.run().etag == "etag");
        BOOST_TEST(passing.attempts == 3);
        BOOST_TEST(passing.waits == (std::vector<long>{500, 1000}),
                   boost::test_tools::per_element());
        BOOST_REQUIRE(passing.client.sent.size() == 3U);
        for (const auto& sent : passing.client.sent)
            BOOST_TEST(sent.body == "hello");
        BOOST_REQUIRE(passing.log.size() == 2U);
        BOOST_TEST(passing.log.front().starts_with(
            "upload.fcgi: PUT 1 of 3 failed, again in 500 ms: PUT s3://demo/a.txt: "));
    }
}

BOOST_AUTO_TEST_CASE(faults_that_stay) {
    Delivered staying({error(503, "SlowDown"), error(500, "InternalError"), error(502, "")});
    BOOST_TEST(contains(staying.fail().private_detail, "502"));
    BOOST_TEST(staying.attempts == 3);
    Delivered once({error(503, "SlowDown")});
    once.settings.attempts = 1;
    BOOST_TEST((once.fail().status == Status::service_unavailable));
    BOOST_TEST(once.waits.empty());
}

BOOST_AUTO_TEST_CASE(refusals_are_not_tried_again) {
    for (const CannedAnswer& refusal :
         {error(403, "AccessDenied"), error(403, "SignatureDoesNotMatch"),
          error(404, "NoSuchBucket"), error(412, "PreconditionFailed"), error(400, "BadDigest"),
          error(409, "ConditionalRequestConflict"), error(501, "NotImplemented"),
          broken(TransportError::Kind::timed_out), broken(TransportError::Kind::untrusted)}) {
        Delivered refused({refusal});
        refused.fail();
        BOOST_TEST(refused.attempts == 1);
        BOOST_TEST(refused.waits.empty());
    }
}

BOOST_AUTO_TEST_CASE(waits_double_up_to_a_limit_and_are_drawn) {
    Delivered patient({error(500, "")});
    patient.settings.attempts = 10;
    patient.settings.timeout = std::chrono::hours(1);
    patient.fail();
    BOOST_TEST(patient.waits ==
                   (std::vector<long>{500, 1000, 2000, 4000, 8000, 16000, 20000, 20000, 20000}),
               boost::test_tools::per_element());
    Delivered lucky({error(500, "")});
    lucky.random = '0';
    lucky.fail();
    BOOST_TEST(lucky.waits == (std::vector<long>{0, 0}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(waits_are_bounded_together) {
    Delivered bounded({error(500, "")});
    bounded.settings.attempts = 10;
    bounded.settings.timeout = std::chrono::seconds(5);
    bounded.fail();
    BOOST_TEST(bounded.waits == (std::vector<long>{500, 1000, 2000}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(retry_after_is_honoured) {
    Delivered asked({error(503, "SlowDown", {{"Retry-After", "7"}}), stored()});
    asked.run();
    BOOST_TEST(asked.waits == (std::vector<long>{7000}), boost::test_tools::per_element());
    Delivered too_long({error(503, "SlowDown", {{"Retry-After", "61"}})});
    BOOST_TEST(too_long.fail().retry_after == 61);
    BOOST_TEST(too_long.waits.empty());
}

BOOST_AUTO_TEST_CASE(retry_after_in_other_ways) {
    constexpr long year = 365L * 24 * 3600;
    const struct {
        const char* said;
        long seconds;  // 5: the default of a 503 that says nothing
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
        Delivered asked(
            {error(503, "SlowDown",
                   {{"Retry-After", each.said}, {"Date", "Sat, 31 Jan 2026 14:00:00 GMT"}})});
        asked.settings.attempts = 1;
        BOOST_TEST(asked.fail().retry_after == each.seconds, each.said);
    }
    Delivered later({error(503, "SlowDown",
                           {{"Retry-After", "Sat, 31 Jan 2026 14:00:09 GMT"},
                            {"Date", "Sat, 31 Jan 2026 14:00:00 GMT"}}),
                     stored()});
    later.run();
    BOOST_TEST(later.waits == (std::vector<long>{9000}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(own_bytes_are_there_already) {
    for (const CannedAnswer& first :
         {broken(TransportError::Kind::broken), error(500, "InternalError"), error(503, "")}) {
        Delivered twice({first, error(412, "PreconditionFailed"), head(5, hello_md5)});
        const Stored found = twice.run();
        BOOST_TEST(found.etag == hello_md5);
        BOOST_TEST(found.size == 5U);
        BOOST_TEST(found.key == "a.txt");
        BOOST_TEST(twice.client.sent.back().request.method == "HEAD");
        BOOST_TEST(twice.attempts == 2);
    }
}

BOOST_AUTO_TEST_CASE(line_breaks_again_while_asking) {
    Delivered twice({broken(TransportError::Kind::broken), error(412, "PreconditionFailed"),
                     broken(TransportError::Kind::broken), head(5, hello_md5)});
    BOOST_TEST(twice.run().etag == hello_md5);
}

BOOST_AUTO_TEST_CASE(other_bytes_are_there) {
    const std::string others_md5(32, '0');
    for (const CannedAnswer& other : {head(6, hello_md5), head(5, others_md5), error(404, "")}) {
        Delivered twice(
            {broken(TransportError::Kind::broken), error(412, "PreconditionFailed"), other});
        BOOST_TEST((twice.fail().status == Status::conflict));
    }
}

BOOST_AUTO_TEST_CASE(nobody_knows_whose_bytes_are_there) {
    CannedAnswer encrypted = head(5, std::string(32, '0'));
    encrypted.response.headers.push_back({"x-amz-server-side-encryption", "aws:kms"});
    for (const CannedAnswer& unclear :
         {encrypted, head(5, ""), head(5, std::string(32, '0') + "-3"), error(403, ""),
          error(500, ""), broken(TransportError::Kind::broken)}) {
        Delivered twice(
            {broken(TransportError::Kind::broken), error(412, "PreconditionFailed"), unclear});
        const Failure failure = twice.fail();
        BOOST_TEST((failure.status == Status::bad_gateway));
        BOOST_TEST(failure.detail ==
                   "The connection to S3 broke, and it does not say whether it has this file.");
    }
}

// The first try's answer was lost; later ones are refused. What is said in the end must be true.
BOOST_AUTO_TEST_CASE(refused_after_a_lost_answer) {
    const CannedAnswer lost = broken(TransportError::Kind::broken);
    const CannedAnswer busy = error(503, "SlowDown");
    const CannedAnswer under_way = error(409, "ConditionalRequestConflict");
    const CannedAnswer denied = error(403, "AccessDenied");
    const struct {
        CannedAnswers refusals;
        Status status;  // where S3 says that it has nothing of that name
    } cases[] = {{{busy, busy}, Status::service_unavailable},
                 {{under_way, under_way}, Status::conflict},
                 {{denied}, Status::bad_gateway}};
    for (const auto& each : cases) {
        const auto ending_in = [&](const CannedAnswer& head) {
            CannedAnswers all = {lost};
            all.insert(all.end(), each.refusals.begin(), each.refusals.end());
            all.push_back(head);
            return all;
        };
        Delivered ours(ending_in(head(5, hello_md5)));
        BOOST_TEST(ours.run().etag == hello_md5);
        Delivered nothing(ending_in(error(404, "")));
        BOOST_TEST((nothing.fail().status == each.status));
        Delivered silent(ending_in(broken(TransportError::Kind::timed_out)));
        BOOST_TEST((silent.fail().status == Status::bad_gateway));
    }
}

// A kept connection broke, and the client has sent the PUT on another: the first may be stored.
BOOST_AUTO_TEST_CASE(sent_again_by_the_client_itself) {
    for (CannedAnswer refused :
         {error(412, "PreconditionFailed"), error(403, "AccessDenied"), error(200, "")}) {
        refused.response.resent = true;
        Delivered ours({refused, head(5, hello_md5)});
        BOOST_TEST(ours.run().etag == hello_md5);
        BOOST_TEST(ours.attempts == 1);
        Delivered nothing({refused, error(404, "")});
        BOOST_TEST(
            contains(nothing.fail().private_detail, std::to_string(refused.response.status)));
    }
}

BOOST_AUTO_TEST_CASE(refusals_alone_are_not_asked_about) {
    Delivered busy({error(503, "SlowDown")});
    BOOST_TEST((busy.fail().status == Status::service_unavailable));
    BOOST_TEST(busy.client.sent.size() == 3U);
}

BOOST_AUTO_TEST_CASE(no_room_after_a_lost_answer) {
    Delivered full({broken(TransportError::Kind::broken), stored()});
    full.full_after = 1;
    const Failure failure = full.fail();
    BOOST_TEST((failure.status == Status::bad_gateway));
    BOOST_TEST(contains(failure.detail, "Nobody can tell"));
    for (const CannedAnswer& nothing_stored : {error(503, "SlowDown"), broken_in_the_middle()}) {
        Delivered refused({nothing_stored, stored()});
        refused.full_after = 1;
        BOOST_TEST((refused.fail().status == Status::insufficient_storage));
    }
}

// Nothing of the first try can have been stored.
BOOST_AUTO_TEST_CASE(exists_after_an_unreachable_first_try) {
    Delivered twice({broken(TransportError::Kind::unreachable), error(412, "PreconditionFailed")});
    BOOST_TEST((twice.fail().status == Status::conflict));
    BOOST_TEST(twice.client.sent.size() == 2U);
}

BOOST_AUTO_TEST_CASE(own_first_try_is_still_under_way) {
    Delivered conflict(
        {broken(TransportError::Kind::broken), error(409, "ConditionalRequestConflict"), stored()});
    BOOST_TEST(conflict.run().etag == "etag");
    BOOST_TEST(conflict.attempts == 3);
}

BOOST_AUTO_TEST_CASE(clock_is_set_once_and_remembered) {
    const CannedAnswer skewed =
        error(403, "RequestTimeTooSkewed", {{"Date", "Sat, 31 Jan 2026 14:00:00 GMT"}});
    Delivered late({skewed, stored(), stored()});
    late.run();
    BOOST_TEST(late.client.sent[0].header("x-amz-date") == "20260131T120000Z");
    BOOST_TEST(late.client.sent[1].header("x-amz-date") == "20260131T140000Z");
    BOOST_TEST(late.learned.clock_offsets.at("store.example:9000").count() == 7200);
    BOOST_TEST(late.waits.empty());
    late.run();
    BOOST_TEST(late.client.sent[2].header("x-amz-date") == "20260131T140000Z");
    Delivered stuck({skewed, skewed});
    BOOST_TEST(stuck.fail().s3->code == "RequestTimeTooSkewed");
    BOOST_TEST(stuck.attempts == 2);
}

BOOST_AUTO_TEST_CASE(bucket_in_another_region) {
    Delivered moved({error(400, "AuthorizationHeaderMalformed", {{"x-amz-bucket-region", "eu-2"}}),
                     stored(), stored()});
    moved.run();
    BOOST_TEST(contains(moved.client.sent[1].header("Authorization"), "/eu-2/s3/"));
    BOOST_TEST(moved.client.sent[1].request.url == moved.client.sent[0].request.url);
    moved.run();
    BOOST_TEST(contains(moved.client.sent[2].header("Authorization"), "/eu-2/s3/"));
    BOOST_TEST(moved.attempts == 3);
}

BOOST_AUTO_TEST_CASE(bucket_at_another_host) {
    Delivered moved({error(307, "", {{"Location", "http://b.example:9000/demo/a.txt"}}), stored()});
    const Stored there = moved.run();
    BOOST_TEST(there.url == "http://b.example:9000/demo/a.txt");
    BOOST_TEST(moved.client.sent[1].header("Host") == "b.example:9000");
    BOOST_TEST(moved.learned.moved.empty());
    Delivered for_good(
        {error(301, "", {{"Location", "http://b.example:9000/demo/a.txt"}}), stored()});
    for_good.run();
    BOOST_TEST(for_good.learned.moved.size() == 1U);
}

BOOST_AUTO_TEST_CASE(other_host_is_forgotten_when_it_fails) {
    Delivered moved({error(301, "", {{"Location", "http://b.example:9000/demo/a.txt"}}), stored(),
                     error(404, "NoSuchBucket"), stored()});
    moved.run();
    moved.fail();
    moved.run();
    BOOST_TEST(moved.client.sent[2].header("Host") == "b.example:9000");
    BOOST_TEST(moved.client.sent[3].header("Host") == "store.example:9000");
}

BOOST_AUTO_TEST_CASE(redirects_that_are_not_followed) {
    const CannedAnswer there = error(307, "", {{"Location", "http://b.example:9000/demo/a.txt"}});
    const CannedAnswer on = error(307, "", {{"Location", "http://c.example:9000/demo/a.txt"}});
    const CannedAnswer stranger =
        error(307, "", {{"Location", "http://store.evil:9000/demo/a.txt"}});
    const CannedAnswer link_local =
        error(301, "", {{"Location", "http://169.254.169.254/demo/a.txt"}});
    const CannedAnswer itself =
        error(307, "", {{"Location", "http://store.example:9000/demo/a.txt"}});
    const CannedAnswer other_scheme =
        error(307, "", {{"Location", "https://b.example:9000/demo/a.txt"}});
    const CannedAnswer nonsense =
        error(301, "PermanentRedirect", {{"x-amz-bucket-region", "a\nb"}});
    const struct {
        CannedAnswers answers;
        int attempts;
    } cases[] = {{{there, on}, 2}, {{there, there}, 2}, {{stranger}, 1},    {{link_local}, 1},
                 {{itself}, 1},    {{nonsense}, 1},     {{other_scheme}, 1}};
    for (const auto& each : cases) {
        Delivered led_on(each.answers);
        BOOST_TEST((led_on.fail().status == Status::bad_gateway));
        BOOST_TEST(led_on.attempts == each.attempts);
    }
}

BOOST_AUTO_TEST_CASE(store_without_chunks) {
    Delivered old({error(501, "NotImplemented"), stored(), stored()});
    old.settings.payload = PayloadSigning::chunks;
    old.hash.clear();
    old.run();
    BOOST_TEST(old.client.sent[0].header("x-amz-content-sha256") ==
               "STREAMING-AWS4-HMAC-SHA256-PAYLOAD");
    BOOST_TEST(old.client.sent[1].header("x-amz-content-sha256") == hex(sha256("hello")));
    BOOST_TEST(old.client.sent[1].body == "hello");
    old.run();
    BOOST_TEST(old.client.sent[2].header("x-amz-content-sha256") == hex(sha256("hello")));
    BOOST_TEST(!takes_unhashed(old.settings, old.learned, old.place));
}

BOOST_AUTO_TEST_CASE(what_is_sent_unhashed) {
    const struct {
        PayloadSigning payload;
        bool over_http;
        bool over_https;
    } cases[] = {{PayloadSigning::automatic, false, true},
                 {PayloadSigning::whole, false, false},
                 {PayloadSigning::chunks, true, true},
                 {PayloadSigning::none, false, true}};
    for (const auto& each : cases) {
        Delivered unsent({});
        unsent.settings.payload = each.payload;
        BOOST_TEST(takes_unhashed(unsent.settings, {}, unsent.place) == each.over_http);
        unsent.place.address.url = "https://store.example/demo/a.txt";
        BOOST_TEST(takes_unhashed(unsent.settings, {}, unsent.place) == each.over_https);
    }
}

BOOST_AUTO_TEST_SUITE_END()
