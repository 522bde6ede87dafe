// Pieces of files, encoded bodies and early refusals, behind real web servers.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "base/text.h"
#include "site/sites.h"
#include "system/connection.h"

using namespace s3drop::test;
namespace data = boost::unit_test::data;

namespace {

std::vector<FormPart> form_of(const std::vector<std::pair<std::string, std::string>>& fields,
                              const Content& content, bool file_first) {
    std::vector<FormPart> form;
    for (const auto& [name, value] : fields)
        form.push_back({.name = name, .content = Content::of(value)});
    form.insert(file_first ? form.begin() : form.end(),
                {.name = "file", .content = content, .filename = "whole"});
    return form;
}

// The head of a reply, in lower case.
std::string head_of(const std::string& reply) {
    return s3drop::lower_case(reply.substr(0, reply.find("\r\n\r\n") + 2));
}

bool announces_close(const std::string& reply) {
    return head_of(reply).find("\r\nconnection: close\r\n") != std::string::npos;
}

std::string file_part(const std::string& filename) {
    return "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"" + filename +
           "\"\r\n\r\nx\r\n";
}

std::string head(const std::string& headers, std::uint64_t length) {
    return "POST /upload HTTP/1.1\r\nHost: x\r\n" + headers +
           "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: " +
           std::to_string(length) + "\r\n\r\n";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(partial)

BOOST_DATA_TEST_CASE(pieces_replace_nothing, data::make(fronts), front) {
    const std::string bucket = Store::new_bucket();
    Site site(front, settings_for(Store::access(), bucket, {"UPLOAD_OVERWRITE=yes"}));
    const Response first = upload(site.url(), file_form("whole", Content::of("before")));
    BOOST_TEST_REQUIRE(first.status == 201, first.body);
    const Content content = Content::pattern(2000000);
    const struct {
        std::vector<std::pair<std::string, std::string>> fields;
        std::string query;
        std::string header;
        std::string said;
    } cases[] = {
        {{{"dzchunkindex", "1"}, {"dztotalchunkcount", "2"}}, "", "", "Dropzone has cut into 2"},
        {{}, "?flowChunkNumber=1&flowTotalChunks=2", "", "Flow.js has cut into 2"},
        {{}, "", "Content-Range: bytes 0-1999999/4000000", "bytes 0-1999999/4000000"},
        {{}, "", "Uploader-Chunks-Total: 2", "huge-uploader has cut into 2"},
    };
    for (const auto& each : cases) {
        for (const bool file_first : {false, true}) {
            const Response response =
                upload(site.url("/upload" + each.query), form_of(each.fields, content, file_first),
                       {.headers = {each.header.empty() ? "X-Nothing: 1" : each.header}});
            BOOST_TEST(response.status == 400);
            const std::string detail = json_value(response, "detail");
            BOOST_TEST((detail.find(each.said) != std::string::npos), detail);
        }
    }
    BOOST_TEST(object_is(Store::access(), stored_url(first), Content::of("before")));
    BOOST_TEST(keys_of(Store::access(), bucket) == std::vector<std::string>{"whole"});

    const Response single =
        upload(site.url("/upload?chunk=0&chunks=1"),
               form_of({{"dzchunkindex", "0"}, {"dztotalchunkcount", "1"}}, content, true),
               {.headers = {"Content-Range: bytes 0-1999999/2000000"}});
    BOOST_TEST_REQUIRE(single.status == 201, single.body);
    BOOST_TEST(object_is(Store::access(), stored_url(single), content));
}

BOOST_DATA_TEST_CASE(encoded_body, data::make(fronts), front) {
    const std::string url = default_site(front).url();
    for (const std::string encoding : {"gzip", "deflate", "br", "zstd"}) {
        const Response response = post(url, "multipart/form-data; boundary=b", "\x1F\x8B",
                                       {.headers = {"Content-Encoding: " + encoding}});
        BOOST_TEST(response.status == 415);
        BOOST_TEST(response.headers.at("accept-encoding") == "identity");
        const std::string detail = json_value(response, "detail");
        BOOST_TEST((detail.find("(Content-Encoding: " + encoding + ")") != std::string::npos),
                   detail);
    }
}

// A client that keeps connections would send its next request on one that the server closes.
BOOST_DATA_TEST_CASE(early_refusal_announces_close, data::make(fronts), front) {
    if (replies_after_the_body(front)) return;
    const Site& site = default_site(front);
    const std::string begin = "--b\r\n" + Content::pattern(1ULL << 20U).text();
    const struct {
        std::string headers;
        std::uint64_t length;
        std::string status;
    } cases[] = {
        {"Sec-Fetch-Site: cross-site\r\n", 1ULL << 30U, "403"},
        {"Content-Encoding: gzip\r\n", 1ULL << 30U, "415"},
        {"Content-Range: bytes 0-9/20\r\n", 1ULL << 30U, "400"},
        {"", 1ULL << 30U, "400"},
    };
    for (const auto& each : cases) {
        const Connection connection(site.port());
        connection.send(head(each.headers, each.length) + begin);
        const std::string reply = connection.receive_all();
        BOOST_TEST(status_of(reply) == each.status);
        BOOST_TEST(announces_close(reply), head_of(reply));
    }
}

BOOST_DATA_TEST_CASE(connection_is_kept_after_a_body_that_was_read, data::make(fronts), front) {
    const Site& site = default_site(front);
    const std::string stored = file_part(fresh_name("kept")) + "--b--\r\n";
    const std::string refused =
        "--b\r\nContent-Disposition: form-data; name=\"bucket\"\r\n\r\nother\r\n" + stored;
    const Connection connection(site.port());
    connection.send(head("", stored.size()) + stored + head("", refused.size()) + refused +
                    head("Connection: close\r\n", refused.size()) + refused);
    const std::string replies = connection.receive_all();
    BOOST_TEST(status_of(replies) == "201");
    BOOST_TEST(!announces_close(replies), head_of(replies));
    std::size_t refusals = 0;
    for (std::size_t at = replies.find("HTTP/1.1 403"); at != std::string::npos;
         at = replies.find("HTTP/1.1 403", at + 1))
        ++refusals;
    BOOST_TEST(refusals == 2U);
}

BOOST_AUTO_TEST_SUITE_END()
