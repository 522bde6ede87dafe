// PUTs that begin while the file is still coming in, with real web servers and the real store.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "s3/aws_chunked.h"
#include "scripted_store/sending.h"
#include "site/sites.h"
#include "system/connection.h"
#include "web/recording.h"

using namespace s3drop::test;
namespace data = boost::unit_test::data;

namespace {

constexpr std::array streamed = {Sending::unsigned_over_tls, Sending::chunked};
constexpr std::uint64_t edge = s3drop::Recording::memory_size;  // larger files are streamed
constexpr std::uint64_t chunk = s3drop::ChunkedBody::chunk_size;

// Reads over plain HTTP, even if the object was uploaded over TLS.
bool is_stored(const std::string& bucket, const std::string& key, const Content& content) {
    return object_is(Store::access(), Store::access().endpoint + "/" + bucket + "/" + key, content);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(streaming)

BOOST_DATA_TEST_CASE(sizes_at_the_edges, data::make(fronts) * data::make(streamed), front, way) {
    const std::string bucket = Store::new_bucket();
    Site site(front, settings_for(Store::access(), bucket, settings_of(way, Store::access())));
    for (const std::uint64_t size :
         {std::uint64_t{0}, std::uint64_t{1}, edge - 1, edge, edge + 1, edge + chunk - 1,
          edge + chunk, edge + chunk + 1, 5 * edge + 12345}) {
        BOOST_TEST_CONTEXT(size) {
            const std::string key = "size-" + std::to_string(size);
            const Content content = Content::pattern(size);
            const Response response = upload(site.url(), file_form(key, content));
            BOOST_TEST_REQUIRE(response.status == 201, response.body);
            BOOST_TEST(is_stored(bucket, key, content));
        }
    }
    BOOST_TEST(eventually([&] { return site.busy_worker() == 0 && site.spooled().empty(); }));
}

BOOST_DATA_TEST_CASE(fields_and_files_around_the_file, data::make(fronts) * data::make(streamed),
                     front, way) {
    const std::string bucket = Store::new_bucket();
    Site site(front, settings_for(Store::access(), bucket, settings_of(way, Store::access())));
    const Content content = Content::pattern(3 * edge);
    const Content other = Content::pattern(2 * edge, 2);
    const FormPart file{.name = "file_data", .content = content, .filename = "own"};
    const FormPart name{.name = "file_name", .content = Content::of("given")};
    const FormPart comment{.name = "comment", .content = Content::of("nothing")};

    BOOST_TEST(upload(site.url(), {name, file}).status == 201);
    BOOST_TEST(is_stored(bucket, "given", content));
    BOOST_TEST(upload(site.url(), {file, comment}).status == 201);
    BOOST_TEST(is_stored(bucket, "own", content));

    const FormPart another{.name = "file_name", .content = Content::of("after")};
    BOOST_TEST(upload(site.url(), {file, another}).status == 201);
    BOOST_TEST(is_stored(bucket, "after", content));

    BOOST_TEST(upload(site.url(), {{.name = "a", .content = content, .filename = "first"},
                                   {.name = "b", .content = other, .filename = "second"}})
                   .status == 201);
    BOOST_TEST(is_stored(bucket, "first", content));
    BOOST_TEST(is_stored(bucket, "second", other));
    BOOST_TEST(keys_of(Store::access(), bucket).size() == 5U);
}

BOOST_DATA_TEST_CASE(name_is_taken, data::make(fronts) * data::make(streamed), front, way) {
    const std::string bucket = Store::new_bucket();
    Site site(front, settings_for(Store::access(), bucket, settings_of(way, Store::access())));
    const Content first = Content::pattern(2 * edge);
    BOOST_TEST(upload(site.url(), file_form("a", first)).status == 201);
    BOOST_TEST(upload(site.url(), file_form("a", Content::pattern(2 * edge, 2))).status == 409);
    BOOST_TEST(is_stored(bucket, "a", first));
}

BOOST_DATA_TEST_CASE(wrong_secret, data::make(streamed), way) {
    const std::string bucket = Store::new_bucket();
    std::vector<std::string> settings = settings_of(way, Store::access());
    settings.emplace_back("AWS_SECRET_ACCESS_KEY=wrong");
    Site site(Front::lighttpd_fastcgi, settings_for(Store::access(), bucket, settings));
    const Response response = upload(site.url(), file_form("a", Content::pattern(3 * edge)));
    BOOST_TEST(response.status == 502);
    BOOST_TEST(json_value(response, "s3_code") == "SignatureDoesNotMatch");
    BOOST_TEST(keys_of(Store::access(), bucket).empty());
}

BOOST_AUTO_TEST_SUITE_END()
