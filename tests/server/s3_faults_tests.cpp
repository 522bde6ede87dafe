// What the user is told if S3 fails, and what is stored, for each way of sending. The program runs
// behind a real web server, with a scripted store.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>

#include "scripted_store/s3_responses.h"
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

Step failing(ScriptedResponse response) {
    return {.response = std::move(response)};
}

ScriptedResponse cut(ScriptedResponse response, std::uint64_t bytes) {
    response.cut = bytes;
    return response;
}

// Transient faults: the second PUT succeeds.
const std::vector<Fault> transient = {
    {"nothing", {}, 201, 1},
    {"closed at once", {{.opening = Opening::close}}, 201, 1},
    {"reset at once", {{.opening = Opening::reset}}, 201, 1},
    {"closed after the headers", {{.after = 0, .then = Do::close}}},
    {"reset after the headers", {{.after = 0, .then = Do::reset}}},
    {"closed after 100 Continue", {{.after = 0, .invite = Continue::always, .then = Do::close}}},
    {"no 100 Continue", {{.invite = Continue::never}}, 201, 1},
    {"closed before the response", {{.then = Do::close}}},
    {"reset before the response", {{.then = Do::reset}}},
    {"response cut in its status line", {{.response = {.cut = 10}}}},
    {"response cut in its headers", {{.response = {.cut = 60}}}},
    {"response lost", {{.then = Do::close, .stores = true}}},
    {"error cut in its body", {failing(cut(slow_down(), 250))}},
    {"response byte by byte", {{.response = {.write_size = 1}}}, 201, 1},
    {"two responses at once", {{.response = {.times = 2}}}, 201, 1},
    {"500", {failing(internal_error())}},
    {"502", {failing(bad_gateway())}},
    {"503", {failing(slow_down())}},
    {"503 with Retry-After", {failing(slow_down("1"))}},
    {"503 with an invalid Retry-After", {failing(slow_down("soon"))}},
    {"504", {failing(gateway_timeout())}},
    {"429", {failing(too_many_requests())}},
    {"400 RequestTimeout", {failing(request_timeout())}},
    {"500 after the headers", {{.after = 0, .response = internal_error()}}},
    {"503 in the body, unread", {{.after = 500000, .response = slow_down(), .rest = Rest::leave}}},
    {"not HTTP", {{.response = http_0_9()}}},
    {"random bytes", {{.response = binary()}}},
    {"huge header", {{.response = huge_header()}}},
    {"endless headers", {{.response = endless_headers()}}},
    {"endless body of an error", {failing(endless_body())}},
    {"nested entities", {failing(nested_entities())}},
};

// Lasting faults: the reply to the user depends on S3's last response.
const std::vector<Fault> lasting = {
    {"closed twice", {{.then = Do::close}, {.then = Do::close}}, 502},
    {"500 twice", {failing(internal_error()), failing(internal_error())}, 502},
    {"busy twice", {failing(slow_down()), failing(slow_down())}, 503},
    {"busy for longer than the program waits", {failing(slow_down("1000"))}, 503, 1},
    {"403", {failing(access_denied())}, 502, 1},
    {"403 after the headers", {{.after = 0, .response = access_denied()}}, 502, 1},
    {"404", {failing(no_such_bucket())}, 502, 1},
    {"412", {failing(precondition_failed())}, 409, 1},
    {"409", {failing(conditional_conflict())}, 409, 1},
    {"not S3", {failing(without_etag())}, 502, 1},
};

const Content large = Content::pattern(3000000);
const Content small = Content::pattern(1000);

void check_fault(const Fault& fault, Sending way, const Content& content) {
    FaultySite& site = FaultySite::of(way);
    BOOST_TEST_CONTEXT(fault.what << ", " << way << ", " << content.size() << " bytes") {
        const UploadResult result = site.upload_with(fault.steps, content);
        BOOST_TEST(result.reply.status == fault.status, result.reply.body);
        BOOST_TEST(result.puts == fault.puts);
        BOOST_TEST(result.stored == (fault.status == 201));
        site.check_unharmed();
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(s3_faults)

BOOST_DATA_TEST_CASE(transient_faults, data::make(sendings), way) {
    for (const Fault& fault : transient) {
        check_fault(fault, way, large);
        if (fault.steps.empty() || fault.steps.front().after == all_of_it)
            check_fault(fault, way, small);
    }
}

BOOST_DATA_TEST_CASE(lasting_faults, data::make(sendings), way) {
    for (const Fault& fault : lasting)
        check_fault(fault, way, large);
}

BOOST_DATA_TEST_CASE(cut_at_any_byte_of_the_body, data::make(sendings), way) {
    for (const std::uint64_t bytes : {1U, 2U, 100U, 65535U, 65536U, 65537U, 1048575U, 1048576U,
                                      1048577U, 2000000U, 2999998U, 2999999U}) {
        for (const Do how : {Do::close, Do::reset})
            check_fault({"cut in the body", {{.after = bytes, .then = how}}}, way, large);
    }
}

BOOST_AUTO_TEST_CASE(store_is_down) {
    FaultySite& site = FaultySite::of(Sending::signed_whole);
    site.store().refuse();
    site.store().end_connections();
    const Response response = upload(site.url(), file_form("refused", large));
    BOOST_TEST(response.status == 502);
    BOOST_TEST(json_value(response, "detail") == "S3 could not be reached.");
    site.store().listen();
    site.check_unharmed();
}

// The program waits no longer than UPLOAD_TIMEOUT, even if the response comes in byte by byte.
BOOST_DATA_TEST_CASE(store_is_silent, data::make(sendings), way) {
    const std::vector<Step> steps = {
        {.after = 0, .then = Do::stall},
        {.after = 500000, .then = Do::stall},
        {.then = Do::stall},
        {.response = {.cut = 60, .then = Do::stall}},
        {.response = {.write_size = 1, .pause = std::chrono::milliseconds(300)}},
    };
    FaultySite site(way, {"UPLOAD_TIMEOUT=2"});
    for (const Step& step : steps) {
        const UploadResult result = site.upload_with({step}, large);
        BOOST_TEST(result.reply.status == 504, result.reply.body);
        BOOST_TEST(result.puts == 1U);
        site.store().go_on();
        site.check_unharmed();
    }
}

// The file is larger than what the system buffers while the store does not read.
BOOST_DATA_TEST_CASE(success_before_the_end_of_the_body, data::make(sendings), way) {
    FaultySite site(way, {"UPLOAD_TIMEOUT=2"});
    const ScriptedResponse success = {.status = 200, .headers = {{"ETag", "\"x\""}}};
    const UploadResult result = site.upload_with(
        {{.after = 500000, .response = success, .rest = Rest::leave}}, Content::pattern(40000000));
    BOOST_TEST(result.reply.status == 504, result.reply.body);
    BOOST_TEST(!result.stored);
    site.check_unharmed();
}

BOOST_DATA_TEST_CASE(object_of_somebody_else, data::make(sendings), way) {
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
    const UploadResult result = site.upload_with({}, large);
    BOOST_TEST(result.reply.status == 201, result.reply.body);
    BOOST_TEST(result.puts == 2U);
    site.check_unharmed();
}

BOOST_DATA_TEST_CASE(bucket_in_another_region, data::make(sendings), way) {
    FaultySite site(way, {});
    StoreRules rules = site.store().rules();
    rules.region = "eu-north-9";
    site.store().set_rules(rules);
    const UploadResult result = site.upload_with({}, large);
    BOOST_TEST(result.reply.status == 201, result.reply.body);
    BOOST_TEST(result.puts == 2U);
    BOOST_TEST(result.stored);
}

BOOST_DATA_TEST_CASE(bucket_at_another_host, data::make({true, false}), allowed) {
    ScriptedStore other;
    const std::string there = "127.0.0.1:" + std::to_string(other.port());
    FaultySite site(Sending::signed_whole, allowed
                                               ? std::vector<std::string>{"UPLOAD_HOSTS=" + there}
                                               : std::vector<std::string>{});
    for (const ScriptedResponse& redirect : {temporary_redirect("http://" + there + "/demo/x"),
                                             permanent_redirect(there, "us-east-1")}) {
        const UploadResult result = site.upload_with({failing(redirect)}, large);
        BOOST_TEST(result.reply.status == (allowed ? 201 : 502), result.reply.body);
        BOOST_TEST(!result.stored);
    }
    BOOST_TEST(other.objects().size() == (allowed ? 2U : 0U));
    BOOST_TEST(other.requests().size() == (allowed ? 2U : 0U));
    BOOST_TEST(other.faults().empty());
}

BOOST_AUTO_TEST_CASE(store_does_not_support_chunks) {
    FaultySite site(Sending::chunked, {});
    StoreRules rules = site.store().rules();
    rules.chunks = false;
    site.store().set_rules(rules);
    const UploadResult result = site.upload_with({}, large);
    BOOST_TEST(result.reply.status == 201, result.reply.body);
    BOOST_TEST(result.stored);
    BOOST_TEST(result.puts == 2U);
}

BOOST_AUTO_TEST_SUITE_END()
