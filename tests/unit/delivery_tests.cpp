#include <boost/test/unit_test.hpp>

#include "base/digest.h"
#include "base/failure.h"
#include "base/hex.h"
#include "s3/delivery.h"
#include "unit/canned_responses.h"

using namespace s3drop;
using namespace s3drop::test;

BOOST_AUTO_TEST_SUITE(delivery)

// One delivery of "hello" to a store that gives these responses in turn.
struct Delivered : CannedStore {
    explicit Delivered(CannedResponses in_turn) : CannedStore(std::move(in_turn)) {}

    Stored run() {
        const Payload payload{
            .size = 5, .hash = hex(sha256("hello")), .read = [this](auto offset, auto into) {
                if (attempts.count > full_after)
                    throw Failure(Status::insufficient_storage, "No room.");
                return std::string("hello").copy(into.data(), into.size(), offset);
            }};
        return deliver(world(), settings.access, destination, payload, attempts);
    }

    // The failure. The test fails if there is none.
    Failure fail() {
        try {
            run();
        } catch (const Failure& failure) {
            return failure;
        }
        BOOST_ERROR("it is stored");
        return {Status::ok, ""};
    }

    int full_after = 100;  // attempts; then the payload can no longer be read
};

const std::string hello_md5 = "5d41402abc4b2a76b9719d911017c592";

BOOST_AUTO_TEST_CASE(stored_at_once) {
    Delivered once({stored()});
    BOOST_TEST(once.run().etag == "etag");
    BOOST_TEST(once.attempts.count == 1);
    BOOST_TEST(once.waits.empty());
    BOOST_TEST(once.log.empty());
}

BOOST_AUTO_TEST_CASE(own_bytes_are_already_stored) {
    for (const CannedResponse& first :
         {broken(TransportError::Kind::broken), error(500, "InternalError"), error(503, "")}) {
        Delivered twice({first, error(412, "PreconditionFailed"), head(5, hello_md5)});
        const Stored found = twice.run();
        BOOST_TEST(found.etag == hello_md5);
        BOOST_TEST(found.size == 5U);
        BOOST_TEST(found.key == "a.txt");
        BOOST_TEST(twice.http.sent.back().request.method == "HEAD");
        BOOST_TEST(twice.attempts.count == 2);
    }
}

BOOST_AUTO_TEST_CASE(connection_breaks_again_during_the_check) {
    Delivered twice({broken(TransportError::Kind::broken), error(412, "PreconditionFailed"),
                     broken(TransportError::Kind::broken), head(5, hello_md5)});
    BOOST_TEST(twice.run().etag == hello_md5);
}

BOOST_AUTO_TEST_CASE(other_bytes_are_stored) {
    const std::string others_md5(32, '0');
    for (const CannedResponse& other : {head(6, hello_md5), head(5, others_md5), error(404, "")}) {
        Delivered twice(
            {broken(TransportError::Kind::broken), error(412, "PreconditionFailed"), other});
        BOOST_TEST((twice.fail().status == Status::conflict));
    }
}

BOOST_AUTO_TEST_CASE(unclear_whose_bytes_are_stored) {
    CannedResponse encrypted = head(5, std::string(32, '0'));
    encrypted.response.headers.push_back({"x-amz-server-side-encryption", "aws:kms"});
    for (const CannedResponse& unclear :
         {encrypted, head(5, ""), head(5, std::string(32, '0') + "-3"), error(403, ""),
          error(500, ""), broken(TransportError::Kind::broken)}) {
        Delivered twice(
            {broken(TransportError::Kind::broken), error(412, "PreconditionFailed"), unclear});
        const Failure failure = twice.fail();
        BOOST_TEST((failure.status == Status::bad_gateway));
        BOOST_TEST(failure.detail ==
                   "The connection to S3 broke, and S3 does not say whether the file is stored.");
    }
}

// The response to the first attempt was lost, and later attempts are refused. The final result must
// be true.
BOOST_AUTO_TEST_CASE(refused_after_a_lost_response) {
    const CannedResponse lost = broken(TransportError::Kind::broken);
    const CannedResponse busy = error(503, "SlowDown");
    const CannedResponse in_progress = error(409, "ConditionalRequestConflict");
    const CannedResponse denied = error(403, "AccessDenied");
    const struct {
        CannedResponses refusals;
        Status status;  // if S3 says that it has no object with this key
    } cases[] = {{{busy, busy}, Status::service_unavailable},
                 {{in_progress, in_progress}, Status::conflict},
                 {{denied}, Status::bad_gateway}};
    for (const auto& each : cases) {
        const auto ending_in = [&](const CannedResponse& head) {
            CannedResponses all = {lost};
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

// A kept connection broke, and the client sent the PUT again on another: the first may be stored.
BOOST_AUTO_TEST_CASE(resent_by_the_http_client) {
    for (CannedResponse refused :
         {error(412, "PreconditionFailed"), error(403, "AccessDenied"), error(200, "")}) {
        refused.response.resent = true;
        Delivered ours({refused, head(5, hello_md5)});
        BOOST_TEST(ours.run().etag == hello_md5);
        BOOST_TEST(ours.attempts.count == 1);
        Delivered nothing({refused, error(404, "")});
        BOOST_TEST(
            contains(nothing.fail().private_detail, std::to_string(refused.response.status)));
    }
}

BOOST_AUTO_TEST_CASE(no_check_after_refusals_alone) {
    Delivered busy({error(503, "SlowDown")});
    BOOST_TEST((busy.fail().status == Status::service_unavailable));
    BOOST_TEST(busy.http.sent.size() == 3U);
}

BOOST_AUTO_TEST_CASE(no_room_after_a_lost_response) {
    Delivered full({broken(TransportError::Kind::broken), stored()});
    full.full_after = 1;
    const Failure failure = full.fail();
    BOOST_TEST((failure.status == Status::bad_gateway));
    BOOST_TEST(contains(failure.detail, "Nobody can tell"));
    for (const CannedResponse& nothing_stored : {error(503, "SlowDown"), broken_mid_body()}) {
        Delivered refused({nothing_stored, stored()});
        refused.full_after = 1;
        BOOST_TEST((refused.fail().status == Status::insufficient_storage));
    }
}

// The first attempt cannot have stored anything.
BOOST_AUTO_TEST_CASE(exists_after_an_unreachable_first_attempt) {
    Delivered twice({broken(TransportError::Kind::unreachable), error(412, "PreconditionFailed")});
    BOOST_TEST((twice.fail().status == Status::conflict));
    BOOST_TEST(twice.http.sent.size() == 2U);
}

BOOST_AUTO_TEST_CASE(own_first_attempt_is_still_in_progress) {
    Delivered conflict(
        {broken(TransportError::Kind::broken), error(409, "ConditionalRequestConflict"), stored()});
    BOOST_TEST(conflict.run().etag == "etag");
    BOOST_TEST(conflict.attempts.count == 3);
}

BOOST_AUTO_TEST_CASE(redirect_is_forgotten_if_it_leads_to_no_store) {
    const CannedResponse without_etag = error(200, "");
    Delivered redirected({error(301, "", {{"Location", "http://b.example:9000/demo/a.txt"}}),
                          stored(), without_etag, stored()});
    redirected.run();
    redirected.fail();
    redirected.run();
    BOOST_TEST(redirected.http.sent[2].header("Host") == "b.example:9000");
    BOOST_TEST(redirected.http.sent[3].header("Host") == "store.example:9000");
}

BOOST_AUTO_TEST_SUITE_END()
