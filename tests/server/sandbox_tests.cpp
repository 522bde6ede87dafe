// The real program under its sandbox. That everything works under it, the other suites show: it is
// on by default. Where the running kernel has no landlock, these say so and hold all the same.
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

bool contains(const std::string& text, const std::string& piece) {
    return text.find(piece) != std::string::npos;
}

std::size_t ready_workers(const std::string& log) {
    std::size_t lines = 0;
    for (std::size_t at = 0; (at = log.find("ready, sandbox: ", at)) != std::string::npos; ++at)
        ++lines;
    return lines;
}

std::string description() {
    const int abi = kernel_s_landlock();
    return abi > 0 ? "landlock ABI " + std::to_string(abi) : "none, ";
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

// One upload as CGI: the answer and what is logged.
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

BOOST_DATA_TEST_CASE(workers_say_which_it_is, data::make(worker_fronts), front) {
    Site& site = default_site(front);
    BOOST_TEST(upload(site.url(), file_form(fresh_name("x"), Content::of("x"))).status == 201);
    BOOST_TEST(contains(site.log(), "upload.fcgi: ready, sandbox: " + description()), site.log());
    for (const pid_t worker : site.workers())
        BOOST_TEST(status_kib(worker, "NoNewPrivs") == (kernel_s_landlock() > 0 ? 1 : 0));
}

BOOST_AUTO_TEST_CASE(a_cgi_program_says_nothing_of_it) {
    const std::string said = cgi_upload(settings_over_tls());
    BOOST_TEST(contains(said, "Status: 201"), said);
    BOOST_TEST(!contains(said, "sandbox:"), said);
}

// libcurl writes the keys of its TLS connections where this variable says: to any file that the
// process may make. Nobody but the tests wants it to.
BOOST_AUTO_TEST_CASE(no_file_is_made_outside) {
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

BOOST_AUTO_TEST_CASE(check_is_made_in_it) {
    Environment environment = settings_over_tls();
    const Finished check = run({.arguments = {program, "--check"}, .environment = environment});
    BOOST_TEST(check.status == 0, check.output);
    BOOST_TEST(contains(check.output, "ok      sandbox: " + description()), check.output);
    environment["UPLOAD_SANDBOX"] = "no";
    BOOST_TEST(contains(run({.arguments = {program, "--check"}, .environment = environment}).output,
                        "ok      sandbox: off (UPLOAD_SANDBOX=no)"));
}

// A rule is about a file: one that is put in its place can be read only by a worker that is new.
BOOST_DATA_TEST_CASE(another_bundle_of_certificates, data::make(worker_fronts), front) {
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
    // One that is still starting would find the new file.
    BOOST_TEST_REQUIRE(eventually([&] { return ready_workers(site.log()) >= before.size(); }));
    fs::rename(folder.file("new.pem", text_of(store.ca_bundle)), bundle);
    if (kernel_s_landlock() > 0) {
        BOOST_TEST(eventually([&] {
            const std::vector<pid_t> now = site.workers();
            return std::none_of(before.begin(), before.end(), [&](pid_t worker) {
                return std::find(now.begin(), now.end(), worker) != now.end();
            });
        }));
        BOOST_TEST(contains(site.log(), "upload.fcgi: " + bundle + " is a new one"));
    }
    BOOST_TEST(eventually(stored));
}

// With lighttpd, it would be lost with the worker's own socket.
BOOST_DATA_TEST_CASE(what_waits_for_an_outdated_worker, data::make(worker_fronts), front) {
    Site site(front, settings_for(Store::access(), default_bucket()));
    BOOST_TEST(upload(site.url(), file_form(fresh_name("x"), Content::of("x"))).status == 201);
    replace_spool(site);
    std::vector<std::future<int>> answers;
    for (int i = 0; i < 24; ++i) {
        answers.push_back(std::async(std::launch::async, [&, name = fresh_name("x")] {
            return upload(site.url(), file_form(name, Content::of("x"))).status;
        }));
    }
    for (std::future<int>& answer : answers)
        BOOST_TEST(answer.get() == 201);
}

// multiwatch gives up on workers that end soon after their start.
BOOST_AUTO_TEST_CASE(a_pool_outlives_its_workers) {
    if (kernel_s_landlock() == 0) return;
    Site site(Front::proxy_fcgi, settings_for(Store::access(), default_bucket()));
    for (int times = 0; times < 5; ++times) {
        const std::vector<pid_t> before = site.workers();
        std::this_thread::sleep_for(std::chrono::milliseconds(1100));  // so old they have to be
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

BOOST_AUTO_TEST_CASE(required_where_there_is_none) {
    const Environment auto_settings = settings_over_tls();
    Environment settings = auto_settings;
    settings["UPLOAD_SANDBOX"] = "yes";
    const auto without = [](const std::function<std::string()>& step) {
        return said_by_child([&]() -> std::string {
            if (!forbid_call(landlock_create_ruleset_call, ENOSYS)) return "no filters here";
            return step();
        });
    };
    const std::string why = "UPLOAD_SANDBOX=yes cannot be kept: none, this kernel has no landlock";
    const std::string refused = without([&] { return cgi_upload(settings); });
    BOOST_TEST(contains(refused, "Status: 500"), refused);
    BOOST_TEST(contains(refused, why), refused);
    const std::string taken = without([&] { return cgi_upload(auto_settings); });
    BOOST_TEST(contains(taken, "Status: 201"), taken);
    BOOST_TEST(!contains(taken, "sandbox:"), taken);

    // A worker stays, to answer 500.
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
