// A worker's memory does not grow with the upload.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <thread>

#include "scripted_store/sending.h"
#include "site/sites.h"

using namespace s3drop::test;
namespace data = boost::unit_test::data;

namespace {

constexpr long most_kib = 16 * 1024;
constexpr std::uint64_t large = 300ULL * 1024 * 1024;

}  // namespace

BOOST_AUTO_TEST_SUITE(memory)

// A CGI program ends with its upload, so the peak is read while it runs. The one deleted file is
// the worker's recording, or the file with the body that lighttpd passes to the program.
BOOST_DATA_TEST_CASE(file_of_300_mib, data::make(fronts) * data::make(sendings), front, way) {
    const std::string bucket = Store::new_bucket();
    Site site(front, settings_for(Store::access(), bucket, settings_of(way, Store::access())));
    const Content content = Content::pattern(large);
    std::atomic<bool> done = false;
    std::atomic<long> peak = 0;
    std::atomic<std::size_t> files = 0;
    std::thread watch([&] {
        while (!done) {
            for (const pid_t program : site.workers()) {
                try {
                    peak = std::max(peak.load(), status_kib(program, "VmHWM"));
                    files = std::max(files.load(), deleted_files(program).size());
                } catch (const std::exception&) {
                    continue;  // the process has ended
                }
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
    });
    const Response response = upload(site.url(), file_form("large.bin", content));
    done = true;
    watch.join();
    BOOST_TEST_REQUIRE(response.status == 201, response.body);
    const std::string plain_url = Store::access().endpoint + "/" + bucket + "/large.bin";
    BOOST_TEST(object_is(Store::access(), plain_url, content));
    BOOST_TEST_MESSAGE(front << ", " << way << ": " << peak << " KiB");
    BOOST_TEST(peak.load() > 0);
    BOOST_TEST(peak.load() < most_kib);
    BOOST_TEST(files.load() == 1U);
    BOOST_TEST(eventually([&] { return site.busy_worker() == 0; }));
    BOOST_TEST(eventually([&] { return site.spooled().empty(); }));
    BOOST_TEST(is_cgi_front(front) == site.workers().empty());
}

// Names and types of files use memory too, not only contents.
BOOST_AUTO_TEST_CASE(thousand_files) {
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

// The program writes the form again for cgicc, with a boundary that no value may contain.
BOOST_AUTO_TEST_CASE(field_values_that_resemble_boundaries) {
    Site site(Front::lighttpd_fastcgi, settings_for(Store::access(), Store::new_bucket()));
    std::string made_for_it;
    while (made_for_it.size() < 200000)
        made_for_it += "s3drop";
    for (const std::string& value : {made_for_it, std::string(200000, '-'),
                                     std::string(200000, '\xFF'), std::string(200000, '%')}) {
        std::string body =
            "--b\r\nContent-Disposition: form-data; name=\"file_name\"\r\n\r\n" + value + "\r\n";
        for (int i = 0; i < 990; ++i)
            body += "--b\r\nContent-Disposition: form-data; name=\"bucket\"\r\n\r\nb\r\n";
        const Response response =
            post(site.url(), "multipart/form-data; boundary=b", body + "--b--\r\n");
        BOOST_TEST(response.status == 400);
    }
    for (const pid_t worker : site.workers())
        BOOST_TEST(status_kib(worker, "VmHWM") < most_kib);
}

BOOST_AUTO_TEST_SUITE_END()
