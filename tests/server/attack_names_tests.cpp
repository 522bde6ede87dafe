// Attacks by names, types, buckets and hosts in a form, with every front and the real store.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <poll.h>

#include <algorithm>
#include <sstream>

#include "site/sites.h"
#include "system/connection.h"

using namespace s3drop::test;
namespace data = boost::unit_test::data;

namespace {

constexpr const char* multipart = "multipart/form-data; boundary=b";

std::string part(const std::string& headers, const std::string& content) {
    return "--b\r\nContent-Disposition: form-data; " + headers + "\r\n\r\n" + content + "\r\n";
}

std::string form_of(const std::string& parts) {
    return parts + "--b--\r\n";
}

bool contains(const std::string& text, const std::string& wanted) {
    return text.find(wanted) != std::string::npos;
}

// The lines of a log that the client has injected.
std::size_t forged_lines(const std::string& log) {
    std::istringstream lines(log);
    std::size_t forged = 0;
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with("X-Forged") || line.starts_with("time=forged")) ++forged;
    return forged;
}

struct OwnBucket {
    explicit OwnBucket(Front front, const std::vector<std::string>& more = {})
        : site(front, settings_for(Store::access(), bucket, more)) {}

    std::vector<std::string> keys() const { return keys_of(Store::access(), bucket); }

    std::string bucket = Store::new_bucket();
    Site site;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(attack_names)

BOOST_DATA_TEST_CASE(line_breaks_in_values, data::make(fronts), front) {
    const OwnBucket own(front);
    const std::string forged = "\r\nX-Forged: 1\r\ntime=forged status=201";
    const std::string encoded = "%0D%0AX-Forged: 1%0D%0Atime=forged";
    const std::string file = part("name=\"f\"; filename=\"a\"", "x");
    const std::string bodies[] = {
        part("name=\"file_name\"", "a" + forged) + file,
        part("name=\"bucket\"", own.bucket + forged) + file,
        part("name=\"host\"", "s3" + forged) + file,
        part("name=\"f\"; filename=\"a" + encoded + "\"", "x"),
        part("name=\"f\"; filename*=UTF-8''a" + encoded, "x"),
        part("name=\"f\"; filename=\"a\"\r\nContent-Type: text/plain\rX-Forged: 1", "x"),
        part("name=\"f\"; filename=\"a\"\r\nContent-Type: text/plain;\n x=\nX-Forged: 1", "x"),
    };
    for (const char* accept : {"text/plain", "application/json", "text/html"}) {
        for (const std::string& body : bodies) {
            const Response response =
                post(own.site.url(), multipart, form_of(body), {.accept = accept});
            BOOST_TEST((response.status == 400 || response.status == 403), body);
            BOOST_TEST(!response.headers.contains("x-forged"));
        }
    }
    BOOST_TEST(own.keys().empty());
    BOOST_TEST(forged_lines(own.site.log()) == 0U);
}

// The field's value is not percent-decoded: the object key is exactly that text.
BOOST_DATA_TEST_CASE(encoded_line_breaks_in_a_field, data::make(fronts), front) {
    const OwnBucket own(front);
    const std::string name = "a%0D%0AX-Forged: 1";
    const Response response = post(
        own.site.url(), multipart,
        form_of(part("name=\"file_name\"", name) + part("name=\"f\"; filename=\"x\"", "content")));
    BOOST_TEST_REQUIRE(response.status == 201, response.body);
    BOOST_TEST(!response.headers.contains("x-forged"));
    BOOST_TEST(first_file(response, "key") == name);
    BOOST_TEST(object_is(Store::access(), stored_url(response), Content::of("content")));
    BOOST_TEST(own.keys() == std::vector<std::string>{name});
}

BOOST_DATA_TEST_CASE(encoded_line_breaks_in_a_type, data::make(fronts), front) {
    const OwnBucket own(front);
    const Response response = post(
        own.site.url(), multipart,
        form_of(part("name=\"f\"; filename=\"a\"\r\nContent-Type: text/plain; x=\"%0D%0AX-Amz-Acl:"
                     " public-read\"",
                     "x")));
    BOOST_TEST_REQUIRE(response.status == 201, response.body);
    const std::string path = stored_url(response).substr(Store::access().endpoint.size());
    const Response object = signed_get(Store::access(), path);
    BOOST_TEST(object.headers.at("content-type") ==
               "text/plain; x=\"%0D%0AX-Amz-Acl: public-read\"");
    BOOST_TEST(get(Store::access().endpoint + path).status == 403);  // it is not public
}

BOOST_DATA_TEST_CASE(names_stay_in_their_folder, data::make(fronts), front) {
    const OwnBucket own(front, {"UPLOAD_KEY=in/{name}"});
    const std::string url = own.site.url();
    const auto upload_as = [&](const std::string& name) {
        return upload(url,
                      {{"file_name", Content::of(name)}, {"file_data", Content::of(name), "x"}});
    };
    for (const std::string name :
         {"../x", "a/../../x", "..", "./x", "a/./x", "x\r\n", "\xC0\xAE./x"})
        BOOST_TEST(upload_as(name).status == 400, name);
    BOOST_TEST(upload_as(std::string("x\0.png", 6)).status == 400);
    BOOST_TEST(own.keys().empty());
    for (const std::string name : {"..\\x", "%2e%2e/x", "..%2fx", "..;/x", "....//x", "/etc/passwd",
                                   "x?acl", "#x", "a//b", "?x=1"}) {
        const Response response = upload_as(name);
        BOOST_TEST_REQUIRE(response.status == 201, response.body);
        BOOST_TEST(first_file(response, "key") == "in/" + name);
        BOOST_TEST(object_is(Store::access(), stored_url(response), Content::of(name)));
    }
    const std::vector<std::string> keys = own.keys();
    BOOST_TEST(keys.size() == 10U);
    BOOST_TEST(std::all_of(keys.begin(), keys.end(),
                           [](const std::string& key) { return key.starts_with("in/"); }));
}

BOOST_DATA_TEST_CASE(fields_given_twice, data::make(fronts), front) {
    const OwnBucket own(front);
    const std::string host = Store::access().endpoint.substr(7);
    const std::pair<std::string, std::string> both[] = {
        {"bucket", own.bucket}, {"host", host}, {"file_name", "a"}};
    for (const auto& [name, value] : both) {
        const Response response =
            upload(own.site.url() + "?" + name + "=forged", {{name, Content::of(value)},
                                                             {"file_data", Content::of("x"), "a"},
                                                             {name, Content::of("other")}});
        BOOST_TEST(response.status == 400, name);
    }
    BOOST_TEST(own.keys().empty());
}

// A listener on this machine, under every name that some resolver maps to it.
BOOST_DATA_TEST_CASE(hosts_that_mean_this_machine, data::make(fronts), front) {
    const SilentListener inside;
    const std::string port = ":" + std::to_string(inside.port());
    for (const std::string hosts : {"UPLOAD_HOSTS=", "UPLOAD_HOSTS=*.amazonaws.com"}) {
        const OwnBucket own(front, {hosts});
        for (const std::string host :
             {"127.0.0.1", "127.1", "localhost", "localhost.", "2130706433", "0x7f.1", "0177.0.0.1",
              "[::1]", "[::ffff:127.0.0.1]", "x@127.0.0.1", "127.0.0.1#.amazonaws.com",
              "127.0.0.1/.amazonaws.com", "127.0.0.1%23.amazonaws.com", "s3.localhost"}) {
            const Response response =
                upload(own.site.url(),
                       {{"host", Content::of(host + port)}, {"file_data", Content::of("x"), "a"}});
            BOOST_TEST(response.status == 403, host);
        }
        BOOST_TEST(own.keys().empty());
    }
    pollfd called{.fd = inside.descriptor(), .events = POLLIN, .revents = 0};
    BOOST_TEST(poll(&called, 1, 0) == 0);
}

// Sent over a plain socket, because libcurl would not send such headers.
BOOST_DATA_TEST_CASE(malformed_origins, data::make(fronts), front) {
    const OwnBucket own(front, {"UPLOAD_ORIGINS=*"});
    for (const std::string& origin :
         {std::string("https://a.example\x01"), std::string("https://a.example\rX-Forged: 1"),
          std::string("https://a.example\nX-Forged: 1"), "https://" + std::string(5000, 'a'),
          std::string("\"><script>"), std::string("https://\xFF")}) {
        for (const std::string method : {"OPTIONS", "GET"}) {
            const Connection connection(own.site.port());
            connection.send(method +
                            " /upload HTTP/1.1\r\nHost: site\r\nConnection: close\r\n"
                            "Access-Control-Request-Method: POST\r\nOrigin: " +
                            origin + "\r\n\r\n");
            const std::string reply = connection.receive_all();
            BOOST_TEST(!status_of(reply).empty());
            BOOST_TEST(!contains(reply, "X-Forged"), reply);
            BOOST_TEST(!contains(reply, "Access-Control-Allow-Origin: https://a.example\x01"));
            BOOST_TEST(!contains(reply, "<script>"), reply);
            BOOST_TEST(reply.size() < 2000U);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
