// Thousands of uploads over connections that break, several at a time: every confirmed file is
// stored, byte for byte, and nothing else is. SOAK=20000 in the environment sets the number of
// uploads for each way of sending.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <atomic>
#include <cstdlib>
#include <mutex>
#include <random>
#include <thread>

#include "scripted_store/faulty_line.h"
#include "scripted_store/sending.h"
#include "site/sites.h"
#include "site/tested_program.h"
#include "store/store.h"
#include "system/connection.h"

using namespace s3drop::test;
namespace data = boost::unit_test::data;

namespace {

constexpr unsigned at_once = 8;  // the number of workers

unsigned uploads() {
    const char* asked = std::getenv("SOAK");
    return asked == nullptr ? 600 : static_cast<unsigned>(std::atoi(asked));
}

std::string through(const FaultyLine& line, const std::string& endpoint) {
    return endpoint.substr(0, endpoint.rfind(':') + 1) + std::to_string(line.port());
}

// Each connection breaks after about twenty uploads, during one or its response.
std::function<LineLimits()> random_limits() {
    return [random = std::mt19937(7)]() mutable {
        const std::uint64_t uploads = random() % 40;
        const std::uint64_t bit = random() % 300000;
        if (random() % 2 == 0) return LineLimits{.to_store = uploads * 250000 + bit};
        return LineLimits{.from_store = uploads * 300 + bit / 1000};
    };
}

std::uint64_t some_size(std::mt19937& random) {
    const auto kind = random() % 10;
    if (kind < 7) return random() % 20000;
    if (kind < 9) return random() % 300000;
    return 1000000 + random() % 1000000;
}

class Soak {
  public:
    Soak(const Site& site, std::string bucket) : site_(site), bucket_(std::move(bucket)) {}

    void run(unsigned count) {
        std::vector<std::thread> threads;
        for (unsigned i = 0; i < at_once; ++i) {
            threads.emplace_back([this, i, count] {
                std::mt19937 random(i);
                for (unsigned number = i; number < count; number += at_once)
                    one(random, number);
            });
        }
        for (std::thread& thread : threads)
            thread.join();
    }

    std::vector<std::string> wrong;  // what should not have happened
    std::atomic<unsigned> confirmed = 0;
    std::atomic<unsigned> unclear = 0;  // the connection broke: stored completely or not at all
    std::atomic<unsigned> abandoned = 0;

  private:
    void one(std::mt19937& random, unsigned number) {
        const std::string key = "soak-" + std::to_string(number);
        const Content content = Content::pattern(some_size(random), number);
        try {
            if (random() % 20 == 0) {
                abandon(key, content, random);
            } else {
                finish(key, content);
            }
        } catch (const std::exception& error) {
            blame(key + ": " + error.what());
        }
    }

    void abandon(const std::string& key, const Content& content, std::mt19937& random) {
        const std::string body =
            "--b\r\nContent-Disposition: form-data; name=\"file_data\"; "
            "filename=\"" +
            key + "\"\r\n\r\n" + content.text() + "\r\n--b--\r\n";
        Connection client(site_.port());
        client.send(
            "POST /upload HTTP/1.1\r\nHost: site\r\nContent-Type: multipart/form-data; "
            "boundary=b\r\nContent-Length: " +
            std::to_string(body.size()) + "\r\n\r\n" + body.substr(0, random() % body.size()));
        client.vanish();
        ++abandoned;
    }

    void finish(const std::string& key, const Content& content) {
        const Response response = upload(site_.url(), file_form(key, content));
        const std::string url = Store::access().endpoint + "/" + bucket_ + "/" + key;
        if (response.status == 201) {
            ++confirmed;
            if (!object_is(Store::access(), url, content)) blame(key + " is not what was sent");
        } else if (response.status == 502) {
            ++unclear;
            const bool there = object_is(Store::access(), url, content);
            if (!there && signed_get(Store::access(), "/" + bucket_ + "/" + key).status != 404) {
                blame(key + " is stored in part");
            }
        } else {
            blame(key + ": " + std::to_string(response.status) + " " + response.body);
        }
        signed_delete(Store::access(), "/" + bucket_ + "/" + key);
    }

    void blame(const std::string& what) {
        const std::lock_guard lock(mutex_);
        wrong.push_back(what);
    }

    const Site& site_;
    std::string bucket_;
    std::mutex mutex_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(soak)

BOOST_DATA_TEST_CASE(over_connections_that_break, data::make(sendings), way) {
    const StoreAccess& store = Store::access();
    const std::string bucket = Store::new_bucket();
    const bool tls = way == Sending::unsigned_over_tls;
    const std::string endpoint = tls ? store.endpoint_tls : store.endpoint;
    const FaultyLine line(port_of(endpoint), random_limits());
    std::vector<std::string> settings = settings_of(way, store);
    settings.push_back("AWS_ENDPOINT_URL_S3=" + through(line, endpoint));
    const Site site(Front::lighttpd_fastcgi, settings_for(store, bucket, settings));
    const std::vector<pid_t> workers = site.workers();

    Soak soak(site, bucket);
    soak.run(uploads());
    for (const std::string& fault : soak.wrong)
        BOOST_ERROR(fault);
    BOOST_TEST_MESSAGE(soak.confirmed << " confirmed, " << soak.unclear << " unclear, "
                                      << soak.abandoned << " abandoned, " << line.broken()
                                      << " connections broken");
    BOOST_TEST(soak.confirmed > 0U);
    BOOST_TEST(soak.abandoned > 0U);
    BOOST_TEST(line.broken() > 0U);

    BOOST_TEST(eventually([&] { return site.busy_worker() == 0 && site.spooled().empty(); }));
    BOOST_TEST(keys_of(store, bucket).empty());
    BOOST_TEST(site.workers() == workers, boost::test_tools::per_element());
    for (const pid_t worker : workers)
        BOOST_TEST(status_kib(worker, "VmHWM") < most_memory());
}

BOOST_AUTO_TEST_SUITE_END()
