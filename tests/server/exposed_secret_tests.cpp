// Settings that everybody on the machine may read: uploads work, and the log says so.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <sys/stat.h>

#include <filesystem>

#include "site/sites.h"
#include "system/connection.h"

using namespace s3drop::test;
namespace data = boost::unit_test::data;
namespace fs = std::filesystem;

namespace {

const std::string program = fs::absolute("cgi-bin/upload.fcgi");
const std::string warning = "upload.fcgi: everybody may read the secret in ";

std::size_t count(const std::string& text, const std::string& piece) {
    std::size_t found = 0;
    for (std::size_t at = 0; (at = text.find(piece, at)) != std::string::npos; ++at)
        ++found;
    return found;
}

// A settings file with the store's keys in it.
struct Exposed {
    explicit Exposed(mode_t mode) {
        file = folder.file("upload.conf", settings_for(Store::access(), default_bucket()));
        chmod(file.c_str(), mode);
    }

    TemporaryFolder folder;
    std::string file;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(exposed_secret)

BOOST_AUTO_TEST_CASE(a_worker_says_so_when_it_starts) {
    const Exposed exposed(0644);
    const SilentListener listener;
    const std::string log = exposed.folder.path("log");
    const Process worker(
        {.arguments = {program},
         .environment = {{"UPLOAD_CONFIG", exposed.file}, {"HOME", "/nonexistent"}},
         .output = log,
         .input_descriptor = listener.descriptor()});
    const std::string line = warning + exposed.file + " (chmod 600)\n";
    BOOST_TEST(eventually([&] { return text_of(log).starts_with(line); }), text_of(log));
}

BOOST_AUTO_TEST_CASE(a_cgi_run_says_so_once) {
    for (const mode_t mode : {0644, 0640, 0600}) {
        const Exposed exposed(mode);
        const Finished answer = run({.arguments = {program},
                                     .environment = {{"UPLOAD_CONFIG", exposed.file},
                                                     {"HOME", "/nonexistent"},
                                                     {"REQUEST_METHOD", "GET"}}});
        BOOST_TEST(count(answer.output, "Status: 200 OK") == 1U);
        BOOST_TEST(count(answer.output, warning + exposed.file) == (mode == 0644 ? 1U : 0U));
        BOOST_TEST(count(answer.output, Store::access().secret_access_key) == 0U);
    }
}

// Each CGI run, or each worker that answers here, once.
BOOST_DATA_TEST_CASE(it_reaches_the_server_s_log, data::make(fronts), front) {
    Site site(front, "# nothing yet\n");
    site.configure(settings_for(Store::access(), Store::new_bucket()));
    const fs::path file = site.folder() / "upload.conf";
    fs::permissions(file, fs::perms(0644));
    constexpr std::size_t requests = 20;  // more than there are workers
    for (std::size_t i = 0; i < requests; ++i)
        get(site.url(), "application/json");
    const std::string line = warning + file.string() + " (chmod 600)";
    if (is_cgi_front(front)) {
        BOOST_TEST(eventually([&] { return count(site.log(), line) == requests; }));
    } else {
        BOOST_TEST(eventually([&] { return count(site.log(), line) > 0; }));
        BOOST_TEST(count(site.log(), line) <= site.workers().size());
    }
    BOOST_TEST(count(site.log(), Store::access().secret_access_key) == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
