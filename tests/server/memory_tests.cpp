// A worker's memory does not grow with the file.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <atomic>
#include <thread>

#include "sites.h"

using namespace s3drop::test;

namespace {

constexpr long most_kib = 16 * 1024;
constexpr std::uint64_t large = 300ULL * 1024 * 1024;

}  // namespace

BOOST_AUTO_TEST_SUITE(memory)

BOOST_AUTO_TEST_CASE(a_worker_stays_small_at_300_mib) {
    Site site(Front::lighttpd_fastcgi, settings_for(Store::access(), Store::new_bucket()));
    const Content content = Content::pattern(large);
    const Response response = upload(site.url(), file_form("large.bin", content));
    BOOST_TEST_REQUIRE(response.status == 201, response.body);
    BOOST_TEST(object_is(Store::access(), stored_url(response), content));
    BOOST_TEST_REQUIRE(!site.workers().empty());
    for (const pid_t worker : site.workers()) {
        BOOST_TEST(status_kib(worker, "VmHWM") < most_kib);
        BOOST_TEST(deleted_files(worker).empty());
    }
    BOOST_TEST(site.spooled().empty());
}

// The process ends with its upload, so its peak is watched while it runs; nothing is spooled, since
// lighttpd hands the body over in a file.
BOOST_AUTO_TEST_CASE(a_cgi_program_stays_small_at_300_mib) {
    Site site(Front::lighttpd_cgi, settings_for(Store::access(), Store::new_bucket()));
    const Content content = Content::pattern(large);
    std::atomic<bool> done = false;
    std::atomic<long> peak = 0;
    std::thread watch([&] {
        while (!done) {
            for (const pid_t program : site.workers()) {
                try {
                    peak = std::max(peak.load(), status_kib(program, "VmHWM"));
                    BOOST_TEST(deleted_files(program).size() <= 1U);  // the body lighttpd keeps
                } catch (const std::exception&) {
                    continue;  // it ended meanwhile
                }
            }
        }
    });
    const Response response = upload(site.url(), file_form("large.bin", content));
    done = true;
    watch.join();
    BOOST_TEST_REQUIRE(response.status == 201, response.body);
    BOOST_TEST(object_is(Store::access(), stored_url(response), content));
    BOOST_TEST(peak.load() > 0);
    BOOST_TEST(peak.load() < most_kib);
    BOOST_TEST(site.workers().empty());
}

// What is said of the files counts too, not only what is in them.
BOOST_AUTO_TEST_CASE(a_worker_stays_small_with_a_thousand_files) {
    Site site(Front::lighttpd_fastcgi, settings_for(Store::access(), Store::new_bucket()));
    for (const std::size_t length : {20U, 15000U}) {
        std::string body;
        for (int i = 0; i < 990; ++i) {
            body += "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"" +
                    std::string(length, 'd') + "/" + std::to_string(i) +
                    "\"\r\nContent-Type: text/plain; x=" + std::string(length, 't') +
                    "\r\n\r\nx\r\n";
        }
        const Response response =
            post(site.url(), "multipart/form-data; boundary=b", body + "--b--\r\n");
        BOOST_TEST(response.status == (length == 20 ? 201 : 400));
    }
    for (const pid_t worker : site.workers())
        BOOST_TEST(status_kib(worker, "VmHWM") < most_kib);
}

BOOST_AUTO_TEST_SUITE_END()
