// Files and fields that clients write in unusual ways: each is stored or honoured.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "site/sites.h"
#include "system/process.h"
#include "system/temporary_folder.h"

using namespace s3drop::test;
namespace data = boost::unit_test::data;

namespace {

// One that passes bodies on as they arrive, and one that keeps them in a file.
const std::vector<Front> two_fronts{Front::lighttpd_fastcgi, Front::lighttpd_cgi};

std::string url_in_store(const std::string& bucket, const std::string& key) {
    return Store::access().endpoint + "/" + bucket + "/" + key;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(form_parts)

// curl sends them in a multipart/mixed part (RFC 7578 section 4.3).
BOOST_DATA_TEST_CASE(several_files_in_one_field_of_curl, data::make(two_fronts), front) {
    const TemporaryFolder folder;
    const Content large = Content::pattern(700000);
    const std::string one = fresh_name("one.txt");
    const std::string two = fresh_name("two.bin");
    const std::string three = fresh_name("three.txt");
    const Finished curl =
        run({.arguments = {"curl", "--silent", "--form",
                           "files=@" + folder.file(one, "\r\n--first\r\n") + "," +
                               folder.file(two, large.text()),
                           "--form", "file_data=@" + folder.file(three, "third"), "--write-out",
                           "%{http_code}", default_site(front).url()},
             .environment = {}});
    BOOST_TEST(curl.output.ends_with("201"), curl.output);
    BOOST_TEST(object_is(Store::access(), url_in_store(default_bucket(), one),
                         Content::of("\r\n--first\r\n")));
    BOOST_TEST(object_is(Store::access(), url_in_store(default_bucket(), two), large));
    BOOST_TEST(
        object_is(Store::access(), url_in_store(default_bucket(), three), Content::of("third")));
}

BOOST_DATA_TEST_CASE(image_without_a_file_name, data::make(two_fronts), front) {
    const std::string name = fresh_name("photo");
    const Content image = Content::pattern(100000);
    const Response response =
        upload(default_site(front).url(),
               {{.name = name, .content = image, .content_type = "image/jpeg"}});
    BOOST_TEST_REQUIRE(response.status == 201, response.body);
    BOOST_TEST(first_file(response, "key") == name);
    BOOST_TEST(object_is(Store::access(), stored_url(response), image));
}

// As a script sends it: form.append("bucket", new Blob(["…"])).
BOOST_DATA_TEST_CASE(bucket_in_a_blob, data::make(two_fronts), front) {
    const std::string bucket = Store::new_bucket();
    Site site(front, settings_for(Store::access(), default_bucket() + "," + bucket));
    const auto form = [](const std::string& wanted) {
        return std::vector<FormPart>{
            {.name = "file_data", .content = Content::pattern(100000), .filename = "a.bin"},
            {.name = "bucket",
             .content = Content::of(wanted),
             .filename = "blob",
             .content_type = "application/octet-stream"}};
    };
    const Response response = upload(site.url(), form(bucket));
    BOOST_TEST_REQUIRE(response.status == 201, response.body);
    BOOST_TEST(first_file(response, "bucket") == bucket);
    BOOST_TEST(keys_of(Store::access(), bucket) == std::vector<std::string>{"a.bin"},
               boost::test_tools::per_element());
    BOOST_TEST(upload(site.url(), form("another-bucket")).status == 403);
}

BOOST_AUTO_TEST_SUITE_END()
