// Settings that everybody on the machine can read: uploads work, and the log has a warning.
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
const std::string warning = "upload.fcgi: every user of this machine can read the secret in ";

std::size_t count(const std::string& text, const std::string& wanted) {
    std::size_t found = 0;
    for (std::size_t at = 0; (at = text.find(wanted, at)) != std::string::npos; ++at)
        ++found;
    return found;
}

// A settings file that contains the store's keys.
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

BOOST_AUTO_TEST_CASE(worker_warns_when_it_starts) {
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

BOOST_AUTO_TEST_CASE(cgi_program_warns_once) {
    for (const mode_t mode : {0644, 0640, 0600}) {
        const Exposed exposed(mode);
        const Finished reply = run({.arguments = {program},
                                    .environment = {{"UPLOAD_CONFIG", exposed.file},
                                                    {"HOME", "/nonexistent"},
                                                    {"REQUEST_METHOD", "GET"}}});
        BOOST_TEST(count(reply.output, "Status: 200 OK") == 1U);
        BOOST_TEST(count(reply.output, warning + exposed.file) == (mode == 0644 ? 1U : 0U));
        BOOST_TEST(count(reply.output, Store::access().secret_access_key) == 0U);
    }
}

// Each CGI process warns once, and each worker that handles a request.
BOOST_DATA_TEST_CASE(warning_is_in_the_web_servers_log, data::make(fronts), front) {
    Site site(front, "# nothing yet\n");
    site.configure(settings_for(Store::access(), Store::new_bucket()));
    const fs::path file = site.folder() / "upload.conf";
    fs::permissions(file, fs::perms(0644));
    constexpr std::size_t requests = 20;  // more than the number of workers
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
