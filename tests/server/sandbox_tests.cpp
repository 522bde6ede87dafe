// The real program in its sandbox. The other suites show that everything works in it, because it is
// on by default. These tests also pass if the running kernel does not support landlock; they then
// expect the program to say so.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <future>
#include <thread>

#include "site/sites.h"
#include "system/child.h"
#include "system/connection.h"

using namespace s3drop::test;
namespace data = boost::unit_test::data;
namespace fs = std::filesystem;

namespace {

const std::string program = fs::absolute("cgi-bin/upload.fcgi");

constexpr std::array worker_fronts = {Front::lighttpd_fastcgi, Front::fcgid, Front::proxy_fcgi};

bool contains(const std::string& text, const std::string& wanted) {
    return text.find(wanted) != std::string::npos;
}

std::size_t ready_workers(const std::string& log) {
    std::size_t lines = 0;
    for (std::size_t at = 0; (at = log.find("ready, sandbox: ", at)) != std::string::npos; ++at)
        ++lines;
    return lines;
}

std::string description() {
    const int abi = kernel_s_landlock();
    return abi > 0 ? "landlock ABI " + std::to_string(abi) : "none (";
}

Environment settings_over_tls() {
    const StoreAccess& store = Store::access();
    return {{"HOME", "/nonexistent"},
            {"UPLOAD_BUCKETS", store.bucket},
            {"AWS_ACCESS_KEY_ID", store.access_key_id},
            {"AWS_SECRET_ACCESS_KEY", store.secret_access_key},
            {"AWS_ENDPOINT_URL_S3", store.endpoint_tls},
            {"AWS_CA_BUNDLE", store.ca_bundle}};
}

void replace_spool(const Site& site) {
    fs::rename(site.spool(), site.spool() + "." + fresh_name("old"));
    fs::create_directory(site.spool());
    give_to_ordinary_user(site.spool());
}

// One upload by CGI. Returns the reply and the log.
std::string cgi_upload(Environment environment) {
    const std::string body =
        "--b\r\nContent-Disposition: form-data; name=\"file_data\"; filename=\"" +
        fresh_name("sandboxed") + "\"\r\n\r\nabc\r\n--b--\r\n";
    environment["REQUEST_METHOD"] = "POST";
    environment["CONTENT_TYPE"] = "multipart/form-data; boundary=b";
    environment["CONTENT_LENGTH"] = std::to_string(body.size());
    return run({.arguments = {program}, .environment = std::move(environment)}, body).output;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(sandboxed)

BOOST_DATA_TEST_CASE(workers_log_their_sandbox, data::make(worker_fronts), front) {
    Site& site = default_site(front);
    BOOST_TEST(upload(site.url(), file_form(fresh_name("x"), Content::of("x"))).status == 201);
    BOOST_TEST(contains(site.log(), "upload.fcgi: ready, sandbox: " + description()), site.log());
    for (const pid_t worker : site.workers())
        BOOST_TEST(status_kib(worker, "NoNewPrivs") == (kernel_s_landlock() > 0 ? 1 : 0));
}

BOOST_AUTO_TEST_CASE(cgi_program_does_not_log_its_sandbox) {
    const std::string said = cgi_upload(settings_over_tls());
    BOOST_TEST(contains(said, "Status: 201"), said);
    BOOST_TEST(!contains(said, "sandbox:"), said);
}

// libcurl writes the keys of its TLS connections to the file that SSLKEYLOGFILE names, if the
// process may create it. So the tests can see whether it may.
BOOST_AUTO_TEST_CASE(no_file_is_created_outside) {
    const TemporaryFolder folder;
    const TemporaryFolder spool;
    Environment environment = settings_over_tls();
    environment["SSLKEYLOGFILE"] = folder.path("keys");
    environment["UPLOAD_SPOOL_DIR"] = spool.path();
    BOOST_TEST(contains(cgi_upload(environment), "Status: 201"));
    BOOST_TEST(folder.entries().empty() == (kernel_s_landlock() > 0));
    environment["UPLOAD_SANDBOX"] = "no";
    BOOST_TEST(contains(cgi_upload(environment), "Status: 201"));
    BOOST_TEST(contains(text_of(folder.path("keys")), "SECRET"));
}

BOOST_AUTO_TEST_CASE(check_runs_in_the_sandbox) {
    Environment environment = settings_over_tls();
    const Finished check = run({.arguments = {program, "--check"}, .environment = environment});
    BOOST_TEST(check.status == 0, check.output);
    BOOST_TEST(contains(check.output, "ok      sandbox: " + description()), check.output);
    environment["UPLOAD_SANDBOX"] = "no";
    BOOST_TEST(contains(run({.arguments = {program, "--check"}, .environment = environment}).output,
                        "ok      sandbox: off (UPLOAD_SANDBOX=no)"));
}

// The sandbox's rule is for the file, not for its name: only a new worker can read a file that has
// replaced it.
BOOST_DATA_TEST_CASE(certificate_bundle_is_replaced, data::make(worker_fronts), front) {
    const StoreAccess& store = Store::access();
    const TemporaryFolder folder;
    const std::string bundle = folder.file("ca.pem", text_of(store.ca_bundle));
    fs::permissions(folder.path(), fs::perms(0755));
    Site site(front, settings_for(
                         store, default_bucket(),
                         {"AWS_ENDPOINT_URL_S3=" + store.endpoint_tls, "AWS_CA_BUNDLE=" + bundle}));
    const auto stored = [&] {
        return upload(site.url(), file_form(fresh_name("x"), Content::of("x"))).status == 201;
    };
    BOOST_TEST(stored());
    const std::vector<pid_t> before = site.workers();
    // A worker that is still starting would find the new file.
    BOOST_TEST_REQUIRE(eventually([&] { return ready_workers(site.log()) >= before.size(); }));
    fs::rename(folder.file("new.pem", text_of(store.ca_bundle)), bundle);
    if (kernel_s_landlock() > 0) {
        BOOST_TEST(eventually([&] {
            const std::vector<pid_t> now = site.workers();
            return std::none_of(before.begin(), before.end(), [&](pid_t worker) {
                return std::find(now.begin(), now.end(), worker) != now.end();
            });
        }));
        BOOST_TEST(contains(site.log(), "upload.fcgi: " + bundle + " was replaced; exiting"));
    }
    BOOST_TEST(eventually(stored));
}

// With lighttpd, each worker has its own socket, and waiting requests would be lost with it.
BOOST_DATA_TEST_CASE(requests_wait_for_an_outdated_worker, data::make(worker_fronts), front) {
    Site site(front, settings_for(Store::access(), default_bucket()));
    BOOST_TEST(upload(site.url(), file_form(fresh_name("x"), Content::of("x"))).status == 201);
    replace_spool(site);
    std::vector<std::future<int>> statuses;
    for (int i = 0; i < 24; ++i) {
        statuses.push_back(std::async(std::launch::async, [&, name = fresh_name("x")] {
            return upload(site.url(), file_form(name, Content::of("x"))).status;
        }));
    }
    for (std::future<int>& status : statuses)
        BOOST_TEST(status.get() == 201);
}

// multiwatch does not restart a worker that has ended four times within a second of its start (see
// apache/pool).
BOOST_AUTO_TEST_CASE(pool_outlives_its_workers) {
    if (kernel_s_landlock() == 0) return;
    Site site(Front::proxy_fcgi, settings_for(Store::access(), default_bucket()));
    for (int times = 0; times < 5; ++times) {
        const std::vector<pid_t> before = site.workers();
        std::this_thread::sleep_for(std::chrono::milliseconds(1100));  // older than that
        replace_spool(site);
        BOOST_TEST(eventually([&] {
            const std::vector<pid_t> now = site.workers();
            return now.size() == before.size() &&
                   std::none_of(now.begin(), now.end(), [&](pid_t worker) {
                       return std::find(before.begin(), before.end(), worker) != before.end();
                   });
        }));
    }
    BOOST_TEST(upload(site.url(), file_form(fresh_name("x"), Content::of("x"))).status == 201);
}

BOOST_AUTO_TEST_CASE(required_but_not_supported) {
    const Environment auto_settings = settings_over_tls();
    Environment settings = auto_settings;
    settings["UPLOAD_SANDBOX"] = "yes";
    const auto without = [](const std::function<std::string()>& step) {
        return said_by_child([&]() -> std::string {
            if (!forbid_call(landlock_create_ruleset_call, ENOSYS))
                return "system call filters are not allowed";
            return step();
        });
    };
    const std::string why =
        "UPLOAD_SANDBOX=yes cannot be satisfied, sandbox: none (this kernel does not support "
        "landlock)";
    const std::string refused = without([&] { return cgi_upload(settings); });
    BOOST_TEST(contains(refused, "Status: 500"), refused);
    BOOST_TEST(contains(refused, why), refused);
    const std::string accepted = without([&] { return cgi_upload(auto_settings); });
    BOOST_TEST(contains(accepted, "Status: 201"), accepted);
    BOOST_TEST(!contains(accepted, "sandbox:"), accepted);

    // A worker keeps running and replies 500.
    const std::string logged = without([&] {
        const SilentListener listener;
        const TemporaryFolder folder;
        Process worker({.arguments = {program},
                        .environment = settings,
                        .output = folder.path("log"),
                        .input_descriptor = listener.descriptor()});
        const bool said = eventually([&] { return contains(text_of(folder.path("log")), why); });
        worker.signal(SIGTERM);
        return std::to_string(worker.wait()) + (said ? text_of(folder.path("log")) : "");
    });
    BOOST_TEST(logged == "0upload.fcgi: not set up: " + why + "\n");
}

BOOST_AUTO_TEST_SUITE_END()
