// A spool folder on a disk that is too small for the upload: a real file system of 4 MiB.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "scripted_store/sending.h"
#include "site/sites.h"
#include "site/tested_program.h"

using namespace s3drop::test;
namespace data = boost::unit_test::data;

namespace {

// With these, the program gets the body from a socket or a pipe, and has to record it.
constexpr std::array recording = {Front::lighttpd_fastcgi, Front::fcgid, Front::proxy_fcgi};
constexpr std::array streamed = {Sending::unsigned_over_tls, Sending::chunked};

// How many bytes of the disk are in use. Only the site's processes see the disk.
std::uintmax_t used_of_disk(const Site& site) {
    const std::string root = "/proc/" + std::to_string(site.workers().at(0)) + "/root";
    const auto space = std::filesystem::space(root + site.spool());
    return space.capacity - space.free;
}

const Content large = Content::pattern(3 * small_disk_size);

struct SmallSite {
    std::string bucket = Store::new_bucket();
    Site site;

    SmallSite(Front front, Sending way)
        : site(front, settings_for(Store::access(), bucket, settings_of(way, Store::access())), {},
               Spool::small_disk) {}

    // The next file just fits, because nothing is left of the one that did not.
    void check_unharmed() {
        BOOST_TEST(eventually([&] { return used_of_disk(site) == 0 && site.spooled().empty(); }));
        const Content next = Content::pattern(small_disk_size - 65536, 2);
        const Response response = upload(site.url(), file_form("next", next));
        BOOST_TEST(response.status == 201, response.body);
        BOOST_TEST(is_stored("next", next));
    }

    bool is_stored(const std::string& key, const Content& content) const {
        const std::string url = Store::access().endpoint + "/" + bucket + "/" + key;
        return object_is(Store::access(), url, content);
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(full_disk)

BOOST_DATA_TEST_CASE(file_has_to_be_recorded_before_it_is_sent, data::make(recording), front) {
    SmallSite small(front, Sending::signed_whole);
    BOOST_TEST_REQUIRE(upload(small.site.url(), file_form("x", Content::of("x"))).status == 201);
    const Response response = upload(small.site.url(), file_form("large", large));
    BOOST_TEST(response.status == 507);
    BOOST_TEST(response.body.find("has no room to keep") != std::string::npos, response.body);
    small.check_unharmed();
    BOOST_TEST(keys_of(Store::access(), small.bucket).size() == 2U);
}

BOOST_DATA_TEST_CASE(disk_full_while_the_file_is_sent, data::make(recording) * data::make(streamed),
                     front, way) {
    SmallSite small(front, way);
    const Response response = upload(small.site.url(), file_form("large", large));
    BOOST_TEST(response.status == 201, response.body);
    BOOST_TEST(small.is_stored("large", large));
    BOOST_TEST(small.site.log().find("sent without a recording") != std::string::npos,
               small.site.log());
    small.check_unharmed();
}

// The PUT began under the file's own name. The name in the field after it makes that PUT useless,
// and without a recording the file cannot be sent again.
BOOST_DATA_TEST_CASE(disk_full_and_the_name_comes_later,
                     data::make(recording) * data::make(streamed), front, way) {
    SmallSite small(front, way);
    const Response response =
        upload(small.site.url(), {{.name = "file_data", .content = large, .filename = "large"},
                                  {.name = "file_name", .content = Content::of("another name")}});
    BOOST_TEST(response.status == 507, response.body);
    small.check_unharmed();
    BOOST_TEST(keys_of(Store::access(), small.bucket).size() == 1U);
}

// As a hosting company may set it (ulimit -f, in units of 1024 or 512 bytes). By default, a process
// that exceeds it is killed by a signal.
BOOST_AUTO_TEST_CASE(file_size_limit) {
    const std::string body =
        "--b\r\nContent-Disposition: form-data; name=\"file_data\"; filename=\"a\"\r\n\r\n" +
        large.text() + "\r\n--b--\r\n";
    const StoreAccess& store = Store::access();
    const Finished limited =
        run({.arguments = {"sh", "-c", "cat | (ulimit -f 2048; exec \"$0\")", tested_program()},
             .environment = {{"REQUEST_METHOD", "POST"},
                             {"HOME", "/nonexistent"},
                             {"CONTENT_TYPE", "multipart/form-data; boundary=b"},
                             {"CONTENT_LENGTH", std::to_string(body.size())},
                             {"UPLOAD_BUCKETS", store.bucket},
                             {"AWS_ACCESS_KEY_ID", store.access_key_id},
                             {"AWS_SECRET_ACCESS_KEY", store.secret_access_key},
                             {"AWS_ENDPOINT_URL_S3", store.endpoint}}},
            body);
    BOOST_TEST(limited.output.find("Status: 507") != std::string::npos, limited.output);
}

BOOST_AUTO_TEST_SUITE_END()
