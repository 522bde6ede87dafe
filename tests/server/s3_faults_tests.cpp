// What a user is told when S3 fails, and what is stored then, whichever way the file is sent: the
// program behind a real web server, in front of a store that does as it is told.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>

#include "scripted_store/s3_answers.h"
#include "site/faulty_site.h"

using namespace s3drop::test;
namespace data = boost::unit_test::data;

namespace {

struct Fault {
    const char* what;
    std::vector<Step> steps;
    int status = 201;
    std::size_t puts = 2;
};

Step failing(Answer answer) {
    return {.answer = std::move(answer)};
}

Answer cut(Answer answer, std::uint64_t bytes) {
    answer.cut = bytes;
    return answer;
}

// Each passes: the second PUT is taken.
const std::vector<Fault> passing = {
    {"nothing", {}, 201, 1},
    {"closed at once", {{.opening = Opening::close}}, 201, 1},
    {"reset at once", {{.opening = Opening::reset}}, 201, 1},
    {"closed after the headers", {{.after = 0, .then = Do::close}}},
    {"reset after the headers", {{.after = 0, .then = Do::reset}}},
    {"closed after 100 Continue", {{.after = 0, .invite = Continue::always, .then = Do::close}}},
    {"no 100 Continue", {{.invite = Continue::never}}, 201, 1},
    {"closed before the answer", {{.then = Do::close}}},
    {"reset before the answer", {{.then = Do::reset}}},
    {"answer cut in its status line", {{.answer = {.cut = 10}}}},
    {"answer cut in its headers", {{.answer = {.cut = 60}}}},
    {"answer lost", {{.then = Do::close, .stores = true}}},
    {"error cut in its body", {failing(cut(slow_down(), 250))}},
    {"answer byte by byte", {{.answer = {.piece = 1}}}, 201, 1},
    {"two answers at once", {{.answer = {.times = 2}}}, 201, 1},
    {"500", {failing(internal_error())}},
    {"502", {failing(bad_gateway())}},
    {"503", {failing(slow_down())}},
    {"503 with Retry-After", {failing(slow_down("1"))}},
    {"503 with nonsense", {failing(slow_down("soon"))}},
    {"504", {failing(gateway_timeout())}},
    {"429", {failing(too_many_requests())}},
    {"400 RequestTimeout", {failing(request_timeout())}},
    {"500 for the headers alone", {{.after = 0, .answer = internal_error()}}},
    {"503 in the body, unread", {{.after = 500000, .answer = slow_down(), .rest = Rest::leave}}},
    {"no HTTP", {{.answer = http_0_9()}}},
    {"bytes of no meaning", {{.answer = binary()}}},
    {"huge header", {{.answer = huge_header()}}},
    {"endless headers", {{.answer = endless_headers()}}},
    {"endless body of an error", {failing(endless_body())}},
    {"entities in entities", {failing(nested_entities())}},
};

// These stay: the last answer is the user's.
const std::vector<Fault> staying = {
    {"closed twice", {{.then = Do::close}, {.then = Do::close}}, 502},
    {"500 twice", {failing(internal_error()), failing(internal_error())}, 502},
    {"busy twice", {failing(slow_down()), failing(slow_down())}, 503},
    {"busy for longer than we wait", {failing(slow_down("1000"))}, 503, 1},
    {"403", {failing(access_denied())}, 502, 1},
    {"403 for the headers alone", {{.after = 0, .answer = access_denied()}}, 502, 1},
    {"404", {failing(no_such_bucket())}, 502, 1},
    {"412", {failing(precondition_failed())}, 409, 1},
    {"409", {failing(conditional_conflict())}, 409, 1},
    {"no S3", {failing(without_etag())}, 502, 1},
};

const Content large = Content::pattern(3000000);
const Content small = Content::pattern(1000);

void meet(const Fault& fault, Sending way, const Content& content) {
    FaultySite& site = FaultySite::of(way);
    BOOST_TEST_CONTEXT(fault.what << ", " << way << ", " << content.size() << " bytes") {
        const Met met = site.meet(fault.steps, content);
        BOOST_TEST(met.answer.status == fault.status, met.answer.body);
        BOOST_TEST(met.puts == fault.puts);
        BOOST_TEST(met.stored == (fault.status == 201));
        site.check_unharmed();
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(s3_faults)

BOOST_DATA_TEST_CASE(faults_that_pass, data::make(sendings), way) {
    for (const Fault& fault : passing) {
        meet(fault, way, large);
        if (fault.steps.empty() || fault.steps.front().after == all_of_it) meet(fault, way, small);
    }
}

BOOST_DATA_TEST_CASE(faults_that_stay, data::make(sendings), way) {
    for (const Fault& fault : staying)
        meet(fault, way, large);
}

BOOST_DATA_TEST_CASE(cut_at_any_byte_of_the_body, data::make(sendings), way) {
    for (const std::uint64_t bytes : {1U, 2U, 100U, 65535U, 65536U, 65537U, 1048575U, 1048576U,
                                      1048577U, 2000000U, 2999998U, 2999999U}) {
        for (const Do how : {Do::close, Do::reset})
            meet({"cut in the body", {{.after = bytes, .then = how}}}, way, large);
    }
}

BOOST_AUTO_TEST_CASE(store_that_is_not_there) {
    FaultySite& site = FaultySite::of(Sending::signed_whole);
    site.store().refuse();
    site.store().end_connections();
    const Response response = upload(site.url(), file_form("refused", large));
    BOOST_TEST(response.status == 502);
    BOOST_TEST(json_value(response, "detail") == "S3 could not be reached.");
    site.store().listen();
    site.check_unharmed();
}

// The program waits for as long as UPLOAD_TIMEOUT says, and not for longer where bits drip in.
BOOST_DATA_TEST_CASE(silence, data::make(sendings), way) {
    const std::vector<Step> steps = {
        {.after = 0, .then = Do::stall},
        {.after = 500000, .then = Do::stall},
        {.then = Do::stall},
        {.answer = {.cut = 60, .then = Do::stall}},
        {.answer = {.piece = 1, .pause = std::chrono::milliseconds(300)}},
    };
    FaultySite site(way, {"UPLOAD_TIMEOUT=2"});
    for (const Step& step : steps) {
        const Met met = site.meet({step}, large);
        BOOST_TEST(met.answer.status == 504, met.answer.body);
        BOOST_TEST(met.puts == 1U);
        site.store().go_on();
        site.check_unharmed();
    }
}

// More than the system takes from the program while the store reads nothing.
BOOST_DATA_TEST_CASE(confirmed_before_it_was_sent, data::make(sendings), way) {
    FaultySite site(way, {"UPLOAD_TIMEOUT=2"});
    const Answer lie = {.status = 200, .headers = {{"ETag", "\"x\""}}};
    const Met met = site.meet({{.after = 500000, .answer = lie, .rest = Rest::leave}},
                              Content::pattern(40000000));
    BOOST_TEST(met.answer.status == 504, met.answer.body);
    BOOST_TEST(!met.stored);
    site.check_unharmed();
}

BOOST_DATA_TEST_CASE(somebody_else_s_object, data::make(sendings), way) {
    FaultySite& site = FaultySite::of(way);
    BOOST_TEST(upload(site.url(), file_form("taken", small)).status == 201);
    site.store().script({{.then = Do::close}});
    BOOST_TEST(upload(site.url(), file_form("taken", large)).status == 409);
    BOOST_TEST(site.store().objects().at("demo/taken").size == small.size());
}

BOOST_DATA_TEST_CASE(clock_is_off, data::make(sendings), way) {
    FaultySite site(way, {});
    StoreRules rules = site.store().rules();
    rules.clock = std::chrono::hours(5);
    site.store().set_rules(rules);
    const Met met = site.meet({}, large);
    BOOST_TEST(met.answer.status == 201, met.answer.body);
    BOOST_TEST(met.puts == 2U);
    site.check_unharmed();
}

BOOST_DATA_TEST_CASE(bucket_in_another_region, data::make(sendings), way) {
    FaultySite site(way, {});
    StoreRules rules = site.store().rules();
    rules.region = "eu-north-9";
    site.store().set_rules(rules);
    const Met met = site.meet({}, large);
    BOOST_TEST(met.answer.status == 201, met.answer.body);
    BOOST_TEST(met.puts == 2U);
    BOOST_TEST(met.stored);
}

BOOST_DATA_TEST_CASE(bucket_at_another_host, data::make({true, false}), allowed) {
    ScriptedStore other;
    const std::string there = "127.0.0.1:" + std::to_string(other.port());
    FaultySite site(Sending::signed_whole, allowed
                                               ? std::vector<std::string>{"UPLOAD_HOSTS=" + there}
                                               : std::vector<std::string>{});
    for (const Answer& redirect : {temporary_redirect("http://" + there + "/demo/x"),
                                   permanent_redirect(there, "us-east-1")}) {
        const Met met = site.meet({failing(redirect)}, large);
        BOOST_TEST(met.answer.status == (allowed ? 201 : 502), met.answer.body);
        BOOST_TEST(!met.stored);
    }
    BOOST_TEST(other.objects().size() == (allowed ? 2U : 0U));
    BOOST_TEST(other.requests().size() == (allowed ? 2U : 0U));
    BOOST_TEST(other.faults().empty());
}

BOOST_AUTO_TEST_CASE(store_without_chunks) {
    FaultySite site(Sending::chunked, {});
    StoreRules rules = site.store().rules();
    rules.chunks = false;
    site.store().set_rules(rules);
    const Met met = site.meet({}, large);
    BOOST_TEST(met.answer.status == 201, met.answer.body);
    BOOST_TEST(met.stored);
    BOOST_TEST(met.puts == 2U);
}

BOOST_AUTO_TEST_SUITE_END()
