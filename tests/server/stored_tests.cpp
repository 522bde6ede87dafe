// Uploads through a real web server are in a real store, byte for byte.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "form/multipart_form.h"
#include "form/urlencoded.h"
#include "site/sites.h"
#include "web/recording.h"

using namespace s3drop::test;
namespace data = boost::unit_test::data;

namespace {

std::string all_bytes() {
    std::string bytes;
    for (int round = 0; round < 3; ++round) {
        for (int byte = 0; byte < 256; ++byte)
            bytes += static_cast<char>(byte);
    }
    return bytes;
}

const std::vector<std::pair<std::string, std::string>>& contents() {
    static const std::vector<std::pair<std::string, std::string>> all = {
        {"empty", ""},
        {"one byte", "x"},
        {"text", "Hello, store.\n"},
        {"all bytes", all_bytes()},
        {"NULs", std::string(5000, '\0')},
        {"CRs", std::string(5000, '\r')},
        {"line ends", "\r\n\r\n\n\r\r\n"},
        {"ends in CR", "abc\r"},
        {"delimiter's beginnings", "\r\n-\r\n--\r\n---\r\n----------\r\n------------------------"},
        {"closing look-alike", "\r\n--boundary--\r\n"},
    };
    return all;
}

void check_stored(Site& site, const std::vector<FormPart>& form, const Content& content) {
    const Response response = upload(site.url(), form);
    BOOST_TEST_REQUIRE(response.status == 201, response.body);
    BOOST_TEST(response.headers.at("location") == stored_url(response));
    BOOST_TEST(object_is(Store::access(), stored_url(response), content));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(stored)

BOOST_DATA_TEST_CASE(every_kind_of_content, data::make(fronts), front) {
    for (const auto& [name, bytes] : contents()) {
        BOOST_TEST_CONTEXT(name) {
            const Content content = Content::of(bytes);
            check_stored(default_site(front), file_form(fresh_name("content.bin"), content),
                         content);
        }
    }
}

BOOST_DATA_TEST_CASE(sizes_at_the_edges_of_the_buffers, data::make(fronts), front) {
    for (const std::uint64_t edge :
         {8192UL, s3drop::Urlencoded::window_size,
          s3drop::MultipartForm::window_size - s3drop::MultipartForm::page,
          s3drop::MultipartForm::window_size, s3drop::Recording::memory_size}) {
        for (const int off : {-75, -2, -1, 0, 1, 2, 75}) {
            BOOST_TEST_CONTEXT(edge << " " << off) {
                const Content content = Content::pattern(edge + static_cast<std::uint64_t>(off));
                check_stored(default_site(front), file_form(fresh_name("edge"), content), content);
            }
        }
    }
}

BOOST_DATA_TEST_CASE(names_in_many_scripts, data::make(fronts), front) {
    const std::vector<std::string> names = {"plain.txt",
                                            "with space.txt",
                                            "C++ 100% done.txt",
                                            "ünï-日本語-🙂.txt",
                                            "a=b&c;d,e:f@g.txt",
                                            "brackets(1)[2]{3}.txt",
                                            "it's ~here~ *now*!.txt",
                                            "100%25.txt",
                                            "..hidden",
                                            "semi;colon\"q.txt",
                                            "# ? \\ back.txt"};
    for (const std::string& name : names) {
        BOOST_TEST_CONTEXT(name) {
            const std::string key = fresh_name(name);
            const Content content = Content::of("content of " + name);
            const std::vector<FormPart> form = {
                {.name = "file_name", .content = Content::of(key)},
                {.name = "file_data", .content = content, .filename = "other.bin"}};
            const Response response = upload(default_site(front).url(), form);
            BOOST_TEST_REQUIRE(response.status == 201, response.body);
            BOOST_TEST(first_file(response, "key") == key);
            BOOST_TEST(object_is(Store::access(), stored_url(response), content));
        }
    }
}

BOOST_DATA_TEST_CASE(folders_and_the_longest_name, data::make(fronts), front) {
    const std::string stem = fresh_name("");
    for (const std::string& key : {stem + "a//b/c", "/" + stem, stem + "folder/",
                                   stem + std::string(1024 - stem.size(), 'k')}) {
        const Content content = Content::of(key);
        const Response response =
            upload(default_site(front).url(),
                   {{.name = "file_name", .content = Content::of(key)},
                    {.name = "file_data", .content = content, .filename = "x"}});
        BOOST_TEST_REQUIRE(response.status == 201, response.body);
        BOOST_TEST(first_file(response, "key") == key);
        BOOST_TEST(object_is(Store::access(), stored_url(response), content));
    }
}

BOOST_DATA_TEST_CASE(name_and_type_of_the_file_part, data::make(fronts), front) {
    const std::string name = fresh_name("photo ü.png");
    const Content content = Content::of("not really a picture");
    const Response response = upload(
        default_site(front).url(),
        {{.name = "files[]", .content = content, .filename = name, .content_type = "image/png"}});
    BOOST_TEST_REQUIRE(response.status == 201, response.body);
    BOOST_TEST(first_file(response, "key") == name);
    const std::string url = stored_url(response);
    const std::string path = url.substr(Store::access().endpoint.size());
    BOOST_TEST(signed_get(Store::access(), path).headers.at("content-type") == "image/png");
}

// Names and boundaries that few clients write, past the web servers' own checks.
BOOST_DATA_TEST_CASE(names_and_boundaries_of_old_clients, data::make(fronts), front) {
    const std::pair<std::string, std::string> around_the_stem[] = {
        {"filename=\"x/", "=?utf-8?Q?=C3=BC?= =?utf-8?B?LnR4dA==?=\""},
        {"filename*1*=%C3%BC; filename*2=\".txt\"; filename*0*=UTF-8''", ""},
    };
    for (const std::string boundary : {"*****", "!#$%&'*+-.^_`|~", "{B}"}) {
        const std::string form_data = "--" + boundary + "\r\nContent-Disposition: form-data; ";
        for (const auto& [before, after] : around_the_stem) {
            const std::string stem = fresh_name("old");
            const std::string body = form_data + "name=\"other\\\"\r\n\r\nx\r\n" + form_data +
                                     "name=f; " + before + stem + after + "\r\n\r\n" + stem +
                                     "\r\n--" + boundary + "--\r\n";
            const Response response =
                post(default_site(front).url(), "multipart/form-data; boundary=" + boundary, body);
            BOOST_TEST_REQUIRE(response.status == 201, response.body);
            BOOST_TEST(first_file(response, "key") == stem + "ü.txt");
            BOOST_TEST(object_is(Store::access(), stored_url(response), Content::of(stem)));
        }
    }
}

BOOST_DATA_TEST_CASE(fields_after_the_file, data::make(fronts), front) {
    const std::string bucket = Store::new_bucket();
    Site site(front, settings_for(Store::access(), default_bucket() + "," + bucket));
    const std::string host = Store::access().endpoint.substr(7);
    const Content content = Content::pattern(100000);
    const Response response = upload(site.url(), {{"file_data", content, "own-name.bin"},
                                                  {"host", Content::of(host)},
                                                  {"bucket", Content::of(bucket)},
                                                  {"file_name", Content::of("given name.bin")}});
    BOOST_TEST_REQUIRE(response.status == 201, response.body);
    BOOST_TEST(first_file(response, "bucket") == bucket);
    BOOST_TEST(first_file(response, "key") == "given name.bin");
    BOOST_TEST(object_is(Store::access(), stored_url(response), content));
}

BOOST_DATA_TEST_CASE(two_files_in_one_form, data::make(fronts), front) {
    const std::string one = fresh_name("one.bin");
    const std::string two = fresh_name("two.bin");
    const Response response =
        upload(default_site(front).url(), {{"file_data", Content::pattern(1500000, 1), one},
                                           {"file_data", Content::pattern(700000, 2), two}});
    BOOST_TEST_REQUIRE(response.status == 201, response.body);
    const std::string base = Store::access().endpoint + "/" + default_bucket() + "/";
    BOOST_TEST(object_is(Store::access(), base + one, Content::pattern(1500000, 1)));
    BOOST_TEST(object_is(Store::access(), base + two, Content::pattern(700000, 2)));
}

BOOST_DATA_TEST_CASE(urlencoded_form, data::make(fronts), front) {
    const std::string name = fresh_name("note.txt");
    const Response response = post(default_site(front).url(), "application/x-www-form-urlencoded",
                                   "file_data=100%25+of+%C3%BC%0D%0Aline+two&file_name=" + name);
    BOOST_TEST_REQUIRE(response.status == 201, response.body);
    BOOST_TEST(object_is(Store::access(), stored_url(response),
                         Content::of("100% of \xC3\xBC\r\nline two")));
}

BOOST_DATA_TEST_CASE(body_without_a_length, data::make(fronts), front) {
    for (const std::uint64_t size : {0U, 100U, 100000U, 3000000U}) {
        const Content content = Content::pattern(size);
        const Response response =
            upload(default_site(front).url(), file_form(fresh_name("chunked"), content),
                   {.headers = {"Transfer-Encoding: chunked"}});
        // lighttpd streams only bodies with a length. It accepts another one only if all of it has
        // come with the head.
        const bool small = size < 1000000;
        if (front == Front::lighttpd_fastcgi && (!small || response.status == 411)) {
            BOOST_TEST(response.status == 411);
            continue;
        }
        BOOST_TEST_REQUIRE(response.status == 201, response.body);
        BOOST_TEST(object_is(Store::access(), stored_url(response), content));
    }
}

BOOST_DATA_TEST_CASE(replies_in_each_format, data::make(fronts), front) {
    const std::string url = default_site(front).url();
    const std::string name = fresh_name("<b>&.txt");
    const Response html =
        upload(url, file_form(name, Content::of("12345")), {.accept = "text/html,*/*;q=0.8"});
    BOOST_TEST(html.status == 201);
    BOOST_TEST(html.headers.at("content-type") == "text/html; charset=utf-8");
    BOOST_TEST(html.body.find("&lt;b&gt;&amp;.txt") != std::string::npos);
    BOOST_TEST(html.body.find("<b>") == std::string::npos);

    const std::string other = fresh_name("plain.txt");
    const Response text = upload(url, file_form(other, Content::of("12345")), {.accept = "*/*"});
    BOOST_TEST(text.body == "Stored s3://" + default_bucket() + "/" + other + " (5 bytes)\n");
    BOOST_TEST(text.headers.contains("x-request-id"));
}

BOOST_AUTO_TEST_SUITE_END()
