#include "site/faulty_site.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <map>
#include <memory>

#include "base/digest.h"
#include "base/hex.h"
#include "site/tested_program.h"

namespace s3drop::test {

namespace {

std::string settings_with(const ScriptedStore& store, Sending way,
                          const std::vector<std::string>& more) {
    StoreAccess access = store.access();
    access.endpoint_tls = access.endpoint;
    std::vector<std::string> settings = settings_of(way, access);
    settings.emplace_back("UPLOAD_RETRIES=2");
    settings.insert(settings.end(), more.begin(), more.end());
    return settings_for(access, "demo", settings);
}

constexpr std::size_t most_descriptors = 20;

}  // namespace

FaultySite::FaultySite(Sending way, const std::vector<std::string>& more)
    : store_({.tls = way == Sending::unsigned_over_tls}),
      site_(Front::lighttpd_fastcgi, settings_with(store_, way, more)),
      workers_(site_.workers()) {}

FaultySite& FaultySite::of(Sending way) {
    static std::map<Sending, std::unique_ptr<FaultySite>> sites;
    std::unique_ptr<FaultySite>& site = sites[way];
    if (!site) site = std::make_unique<FaultySite>(way, std::vector<std::string>{});
    return *site;
}

UploadResult FaultySite::upload_with(const std::vector<Step>& steps, const Content& content) {
    const std::string name = "file-" + std::to_string(++uploads_);
    store_.end_connections();
    store_.script(steps);
    const std::size_t before = store_.requests().size();
    UploadResult result;
    result.reply = upload(site_.url(), file_form(name, content));
    const std::vector<SeenRequest> requests = store_.requests();
    result.puts = static_cast<std::size_t>(
        std::count_if(requests.begin() + static_cast<std::ptrdiff_t>(before), requests.end(),
                      [](const SeenRequest& seen) { return seen.head.method == "PUT"; }));
    const auto objects = store_.objects();
    const auto object = objects.find("demo/" + name);
    result.stored = object != objects.end() && object->second.sha256 == hex(sha256(content.text()));
    BOOST_TEST(result.stored == (object != objects.end()));
    return result;
}

void FaultySite::check_unharmed() {
    store_.script({});
    const UploadResult next = upload_with({}, Content::of("next"));
    BOOST_TEST(next.reply.status == 201, next.reply.body);
    BOOST_TEST(next.stored);
    BOOST_TEST(eventually([&] { return site_.busy_worker() == 0 && site_.spooled().empty(); }));
    BOOST_TEST(site_.workers() == workers_, boost::test_tools::per_element());
    for (const pid_t worker : workers_) {
        BOOST_TEST(open_files(worker) < most_descriptors);
        BOOST_TEST(status_kib(worker, "VmHWM") < most_memory());
    }
    for (const std::string& fault : store_.faults())
        BOOST_ERROR(fault);
}

}  // namespace s3drop::test
