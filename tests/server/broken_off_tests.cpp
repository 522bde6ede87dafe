// Clients that disconnect and workers that are told to stop, during an upload: no partial file is
// stored, and nothing is left behind.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <sstream>

#include "scripted_store/sending.h"
#include "site/sites.h"
#include "system/connection.h"

using namespace s3drop::test;
namespace data = boost::unit_test::data;

namespace {

const std::string part_headers =
    "--bound\r\nContent-Disposition: form-data; name=\"file_data\"; filename=\"slow.bin\"\r\n\r\n";
const std::string closing = "\r\n--bound--\r\n";

std::string head(std::uint64_t content_size) {
    const std::uint64_t length = part_headers.size() + content_size + closing.size();
    return "POST /upload HTTP/1.0\r\nHost: site\r\nAccept: application/json\r\n"
           "Content-Type: multipart/form-data; boundary=bound\r\nContent-Length: " +
           std::to_string(length) + "\r\n\r\n" + part_headers;
}

// The same without a Content-Length, and with one chunk that has the length of the whole body.
std::string chunked_head(std::uint64_t content_size) {
    std::ostringstream size;
    size << std::hex << part_headers.size() + content_size + closing.size();
    return "POST /upload HTTP/1.1\r\nHost: site\r\nConnection: close\r\n"
           "Content-Type: multipart/form-data; boundary=bound\r\n"
           "Transfer-Encoding: chunked\r\n\r\n" +
           size.str() + "\r\n" + part_headers;
}

// Whether nothing is left of earlier uploads.
bool clean(const Site& site, Front front) {
    return site.busy_worker() == 0 && site.spooled().empty() &&
           (!is_cgi_front(front) || site.workers().empty());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(broken_off)

BOOST_DATA_TEST_CASE(client_gone_during_the_upload, data::make(fronts) * data::make(sendings),
                     front, way) {
    const std::string bucket = Store::new_bucket();
    Site site(front, settings_for(Store::access(), bucket, settings_of(way, Store::access())));
    upload(site.url(), file_form("before.bin", Content::of("before")));
    const std::vector<pid_t> before = site.workers();
    constexpr std::uint64_t size = 4000000;
    const std::string content = Content::pattern(size).text();
    for (const std::uint64_t sent : {0ULL, 1ULL, 100000ULL, 2000000ULL, 3999999ULL, 4000000ULL}) {
        Connection client(site.port());
        client.send(head(size) + content.substr(0, sent));
        client.vanish();
        Connection chunking(site.port());
        chunking.send(chunked_head(size) + content.substr(0, sent));
        chunking.vanish();
    }
    BOOST_TEST(eventually([&] { return clean(site, front); }));
    // The workers are still running, and work.
    const Response response = upload(site.url(), file_form("after.bin", Content::of("after")));
    BOOST_TEST(response.status == 201);
    if (!is_cgi_front(front)) {
        std::vector<pid_t> now = site.workers();
        std::sort(now.begin(), now.end());
        for (const pid_t worker : before)
            BOOST_TEST(std::binary_search(now.begin(), now.end(), worker));
    }
    const std::vector<std::string> whole = {"after.bin", "before.bin"};
    BOOST_TEST(keys_of(Store::access(), bucket) == whole);
}

// With the same words, whether the worker sees the end of the connection as an error or not.
BOOST_AUTO_TEST_CASE(client_gone_during_the_upload_in_the_log) {
    const std::string bucket = Store::new_bucket();
    Site site(Front::lighttpd_fastcgi, settings_for(Store::access(), bucket));
    const std::string content = Content::pattern(3000000).text();
    Connection client(site.port());
    client.send(head(content.size()) + content.substr(0, 1500000));
    BOOST_TEST_REQUIRE(eventually([&] { return site.busy_worker() != 0; }));
    client.vanish();
    BOOST_TEST(eventually([&] { return clean(site, Front::lighttpd_fastcgi); }));
    BOOST_TEST(eventually([&] { return site.log().find(" status=400 ") != std::string::npos; }));
    BOOST_TEST(site.log().find("error=\"The upload broke off") != std::string::npos, site.log());
    BOOST_TEST(keys_of(Store::access(), bucket).empty());
}

// Killed when half of the body has come. If the program starts after the body: while S3 is silent.
BOOST_DATA_TEST_CASE(worker_killed_during_the_upload, data::make(fronts) * data::make(sendings),
                     front, way) {
    const std::string bucket = Store::new_bucket();
    const SilentListener silent;
    const std::string nowhere = "http://127.0.0.1:" + std::to_string(silent.port());
    const std::string settings =
        settings_for(Store::access(), bucket, settings_of(way, Store::access()));
    const bool late = starts_after_the_body(front);
    Site site(front, late
                         ? settings_for(Store::access(), bucket, {"AWS_ENDPOINT_URL_S3=" + nowhere})
                         : settings);
    const std::size_t workers = site.workers().size();
    const std::string body = Content::pattern(3000000).text() + closing;
    const std::size_t first = late ? body.size() : body.size() / 2;

    Connection client(site.port());
    client.send(head(body.size() - closing.size()) + body.substr(0, first));
    pid_t victim = 0;
    BOOST_TEST_REQUIRE(eventually([&] { return (victim = site.busy_worker()) != 0; }));
    site.configure(settings);
    kill(victim, SIGKILL);
    client.send(body.substr(first));
    BOOST_TEST(status_of(client.receive_all()).starts_with("5"));
    client.vanish();  // mod_fcgid keeps the body until its connection ends
    BOOST_TEST(keys_of(Store::access(), bucket).empty());

    // lighttpd may give the next upload to a worker before it notices that the worker has ended.
    BOOST_TEST(eventually([&] { return kill(victim, 0) != 0; }));
    // The next upload works, and a pool has all its workers again.
    BOOST_TEST(upload(site.url(), file_form("next.bin", Content::of("x"))).status == 201);
    BOOST_TEST(eventually([&] { return site.workers().size() >= workers; }));
    BOOST_TEST(eventually([&] { return clean(site, front); }));
}

BOOST_DATA_TEST_CASE(client_sends_byte_by_byte, data::make(fronts), front) {
    const std::string bucket = Store::new_bucket();
    const Site site(front, settings_for(Store::access(), bucket));
    const std::string content = "\r\n--boun\r\n--\r\n" + Content::pattern(500).text();
    const Connection client(site.port());
    for (const char byte : head(content.size()) + content + closing)
        client.send({&byte, 1});
    BOOST_TEST(status_of(client.receive_all()) == "201");
    const std::string url = Store::access().endpoint + "/" + bucket + "/slow.bin";
    BOOST_TEST(object_is(Store::access(), url, Content::of(content)));
}

// Such clients keep workers busy for as long as the web server allows, but other uploads go on.
BOOST_DATA_TEST_CASE(clients_stop_sending, data::make(fronts) * data::make(sendings), front, way) {
    const std::string bucket = Store::new_bucket();
    const Site site(front,
                    settings_for(Store::access(), bucket, settings_of(way, Store::access())));
    std::vector<Connection> silent;
    for (const std::uint64_t sent : {0U, 1U, 2000000U}) {
        silent.emplace_back(site.port());
        silent.back().send(head(4000000) + Content::pattern(sent).text());
    }
    if (!starts_after_the_body(front)) {
        BOOST_TEST(eventually([&] { return site.busy_worker() != 0; }));
    }
    const Content large = Content::pattern(3000000);
    BOOST_TEST(upload(site.url(), file_form("other.bin", large)).status == 201);
    for (Connection& client : silent)
        client.vanish();
    BOOST_TEST(eventually([&] { return clean(site, front); }));
    const std::vector<std::string> whole = {"other.bin"};
    BOOST_TEST(keys_of(Store::access(), bucket) == whole, boost::test_tools::per_element());
}

BOOST_DATA_TEST_CASE(form_ends_early, data::make(fronts), front) {
    const std::string bucket = Store::new_bucket();
    Site site(front, settings_for(Store::access(), bucket));
    const std::string whole = part_headers + "content" + closing;
    for (std::size_t cut = 1; cut + 2 < whole.size(); cut += 7) {
        const Response response =
            post(site.url(), "multipart/form-data; boundary=bound", whole.substr(0, cut));
        BOOST_TEST(response.status == 400);
    }
    BOOST_TEST(keys_of(Store::access(), bucket).empty());
}

// The signal comes while the worker waits for the second half.
BOOST_DATA_TEST_CASE(worker_told_to_stop_during_the_upload,
                     data::make({SIGTERM, SIGUSR1, SIGINT, SIGHUP}) * data::make(sendings), number,
                     way) {
    const std::string bucket = Store::new_bucket();
    Site site(Front::lighttpd_fastcgi,
              settings_for(Store::access(), bucket, settings_of(way, Store::access())));
    const std::string content = Content::pattern(3000000).text();

    const Connection client(site.port());
    client.send(head(content.size()) + content.substr(0, 1500000));
    BOOST_TEST_REQUIRE(eventually([&] { return site.busy_worker() != 0; }));
    const pid_t busy = site.busy_worker();
    kill(busy, number);
    client.send(content.substr(1500000) + closing);
    BOOST_TEST(status_of(client.receive_all()) == "201");
    const std::string url = Store::access().endpoint + "/" + bucket + "/slow.bin";
    BOOST_TEST(object_is(Store::access(), url, Content::of(content)));
    BOOST_TEST(eventually([&] { return kill(busy, 0) != 0; }));
    BOOST_TEST(upload(site.url(), file_form("next", Content::of("x"))).status == 201);
}

BOOST_DATA_TEST_CASE(many_uploads_leave_no_descriptor_open, data::make(sendings), way) {
    Site site(Front::lighttpd_fastcgi, settings_for(Store::access(), Store::new_bucket(),
                                                    settings_of(way, Store::access())));
    const auto upload_some = [&](int round) {
        for (int i = 0; i < 30; ++i) {
            const std::string name = std::to_string(round) + "-" + std::to_string(i);
            upload(site.url(), file_form(name, Content::pattern(i % 3 == 0 ? 1500000 : 10)));
            post(site.url(), "multipart/form-data; boundary=b", "--b\r\nbroken");
        }
    };
    const auto most_open = [&] {
        std::size_t most = 0;
        for (const pid_t worker : site.workers())
            most = std::max(most, open_files(worker));
        return most;
    };
    upload_some(1);
    const std::size_t before = most_open();
    upload_some(2);
    // The last reply arrives before the worker closes its connection.
    BOOST_TEST(eventually([&] { return most_open() <= before; }));
    BOOST_TEST(clean(site, Front::lighttpd_fastcgi));
}

BOOST_AUTO_TEST_SUITE_END()
