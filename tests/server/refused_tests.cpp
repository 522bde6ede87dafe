// Uploads that must not be stored: the reply has the right status and a reason, and nothing is
// stored.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "site/sites.h"
#include "system/connection.h"

using namespace s3drop::test;
namespace data = boost::unit_test::data;

namespace {

const StoreAccess& store() {
    return Store::access();
}

std::string announcing(std::uint64_t size) {
    return "POST /upload HTTP/1.0\r\nHost: x\r\nContent-Type: multipart/form-data; "
           "boundary=b\r\nContent-Length: " +
           std::to_string(size) + "\r\n\r\n--b\r\n";
}

bool contains(const std::string& text, const std::string& wanted) {
    return text.find(wanted) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(refused)

BOOST_DATA_TEST_CASE(bucket_or_host_not_allowed, data::make(fronts), front) {
    Site& site = default_site(front);
    for (const char* bucket : {"other", "demo2", "../demo", "demo/x"}) {
        const Response response =
            upload(site.url(), {{"bucket", Content::of(bucket)},
                                {"file_data", Content::of("x"), fresh_name("refused")}});
        BOOST_TEST(response.status == 403);
        BOOST_TEST(response.headers.at("content-type") == "application/problem+json");
    }
    for (const char* host : {"127.0.0.1:1", "169.254.169.254", "s3.amazonaws.com", "x@127.0.0.1"}) {
        const Response response = upload(
            site.url(),
            {{"host", Content::of(host)}, {"file_data", Content::of("x"), fresh_name("refused")}});
        BOOST_TEST(response.status == 403);
    }
}

BOOST_DATA_TEST_CASE(object_exists, data::make(fronts), front) {
    Site& site = default_site(front);
    const std::string name = fresh_name("twice.txt");
    const Response first = upload(site.url(), file_form(name, Content::of("first")));
    BOOST_TEST_REQUIRE(first.status == 201, first.body);
    const Response second = upload(site.url(), file_form(name, Content::of("second")));
    BOOST_TEST(second.status == 409);
    BOOST_TEST(json_value(second, "s3_code") == "PreconditionFailed");
    BOOST_TEST(object_is(store(), stored_url(first), Content::of("first")));
}

BOOST_DATA_TEST_CASE(object_exists_with_overwriting_on, data::make(fronts), front) {
    Site site(front, settings_for(store(), Store::new_bucket(), {"UPLOAD_OVERWRITE=yes"}));
    BOOST_TEST(upload(site.url(), file_form("a", Content::of("first"))).status == 201);
    const Response second = upload(site.url(), file_form("a", Content::of("second")));
    BOOST_TEST_REQUIRE(second.status == 201, second.body);
    BOOST_TEST(object_is(store(), stored_url(second), Content::of("second")));
}

BOOST_DATA_TEST_CASE(second_of_two_files_exists, data::make(fronts), front) {
    Site& site = default_site(front);
    const std::string there = fresh_name("there");
    const std::string fresh = fresh_name("fresh");
    upload(site.url(), file_form(there, Content::of("old")));
    const Response response = upload(site.url(), {{"file_data", Content::of("1"), fresh},
                                                  {"file_data", Content::of("2"), there}});
    BOOST_TEST(response.status == 409);
    BOOST_TEST(first_file(response, "key") == fresh);
    BOOST_TEST(contains(json_value(response, "detail"), there));
}

BOOST_DATA_TEST_CASE(two_files_with_one_name, data::make(fronts), front) {
    const std::string bucket = Store::new_bucket();
    Site site(front, settings_for(store(), bucket, {"UPLOAD_OVERWRITE=yes"}));
    const Response response = upload(site.url(), {{"file_data", Content::of("1"), "a/same"},
                                                  {"file_data", Content::of("2"), "b/same"}});
    BOOST_TEST(response.status == 400);
    BOOST_TEST(keys_of(store(), bucket).empty());
}

BOOST_DATA_TEST_CASE(body_over_the_limit, data::make(fronts), front) {
    const std::string bucket = Store::new_bucket();
    Site site(front, settings_for(store(), bucket, {"UPLOAD_MAX_SIZE=1M"}));
    const Response response = upload(site.url(), file_form("big", Content::pattern(20ULL << 20U)));
    BOOST_TEST(response.status == 413);
    BOOST_TEST(contains(response.body, "1048576"));
    BOOST_TEST(keys_of(store(), bucket).empty());
}

BOOST_DATA_TEST_CASE(content_length_over_the_limit, data::make(fronts), front) {
    if (replies_after_the_body(front)) return;  // the cases before and after this one apply to all
    Site site(front, settings_for(store(), Store::new_bucket(), {"UPLOAD_MAX_SIZE=1M"}));
    const Connection connection(site.port());
    connection.send(announcing(1ULL << 30U) + Content::pattern(1ULL << 20U).text());
    BOOST_TEST(status_of(connection.receive_all()) == "413");
}

// The web server itself refuses this, so the reply is early even if the program starts late.
BOOST_DATA_TEST_CASE(content_length_over_5_gib, data::make(fronts), front) {
    const Connection connection(default_site(front).port());
    connection.send(announcing((5ULL << 30U) + 1));
    BOOST_TEST(status_of(connection.receive_all()) == "413");
}

BOOST_DATA_TEST_CASE(unsupported_types_and_methods, data::make(fronts), front) {
    const std::string url = default_site(front).url();
    BOOST_TEST(post(url, "text/plain", "x").status == 415);
    BOOST_TEST(post(url, "application/json", "{}").status == 415);
    BOOST_TEST(post(url, "multipart/form-data", "x").status == 400);
    const Response put = get(url, "*/*", "DELETE");
    BOOST_TEST(put.status == 405);
    BOOST_TEST(put.headers.at("allow") == "POST, GET, HEAD, OPTIONS");
    BOOST_TEST(get(url, "*/*", "OPTIONS").status == 204);
}

BOOST_DATA_TEST_CASE(invalid_names, data::make(fronts), front) {
    Site& site = default_site(front);
    for (const char* name : {"../../etc/passwd", "a/../b", "..", "a\nb", "a\xFF", "\xC3"}) {
        const Response response = upload(
            site.url(), {{"file_name", Content::of(name)}, {"file_data", Content::of("x"), "x"}});
        BOOST_TEST(response.status == 400);
    }
}

BOOST_DATA_TEST_CASE(path_as_file_name, data::make(fronts), front) {
    Site site(front, settings_for(store(), Store::new_bucket()));
    const Response response = upload(site.url(), file_form("../../etc/passwd", Content::of("x")));
    BOOST_TEST_REQUIRE(response.status == 201, response.body);
    BOOST_TEST(first_file(response, "key") == "passwd");
}

BOOST_DATA_TEST_CASE(wrong_secret, data::make(fronts), front) {
    Site site(front,
              settings_for(store(), default_bucket(), {"AWS_SECRET_ACCESS_KEY=wrongSecret"}));
    const Response response = upload(site.url(), file_form(fresh_name("x"), Content::of("x")));
    BOOST_TEST(response.status == 502);
    BOOST_TEST(json_value(response, "s3_code") == "SignatureDoesNotMatch");
    BOOST_TEST(!json_value(response, "s3_request_id").empty());
    BOOST_TEST(!contains(response.body + site.log(), "wrongSecret"));
    BOOST_TEST(contains(site.log(), "SignatureDoesNotMatch"));
}

BOOST_DATA_TEST_CASE(bucket_does_not_exist, data::make(fronts), front) {
    Site site(front, settings_for(store(), "no-such-bucket"));
    const Response response = upload(site.url(), file_form("x", Content::of("x")));
    BOOST_TEST(response.status == 502);
    BOOST_TEST(json_value(response, "s3_code") == "NoSuchBucket");
}

BOOST_DATA_TEST_CASE(store_is_down, data::make(fronts), front) {
    const std::string down = "http://127.0.0.1:" + std::to_string(free_port());
    Site site(front, settings_for(store(), default_bucket(), {"AWS_ENDPOINT_URL_S3=" + down}));
    const Response response = upload(site.url(), file_form("x", Content::pattern(3000000)));
    BOOST_TEST(response.status == 502);
    BOOST_TEST(json_value(response, "detail") == "S3 could not be reached.");
    BOOST_TEST(eventually([&] { return site.spooled().empty(); }));
}

BOOST_DATA_TEST_CASE(store_does_not_respond, data::make(fronts), front) {
    const SilentListener silent;
    const std::string endpoint = "http://127.0.0.1:" + std::to_string(silent.port());
    Site site(front, settings_for(store(), default_bucket(),
                                  {"AWS_ENDPOINT_URL_S3=" + endpoint, "UPLOAD_TIMEOUT=1"}));
    const Response response = upload(site.url(), file_form("x", Content::of("x")));
    BOOST_TEST(response.status == 504);
}

BOOST_AUTO_TEST_SUITE_END()
