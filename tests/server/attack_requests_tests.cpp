// Requests that a server and a program might interpret differently (request smuggling), with every
// front and the real store.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <stdexcept>

#include "base/descriptor.h"
#include "site/sites.h"
#include "system/connection.h"

using namespace s3drop::test;
using namespace std::string_literals;
namespace data = boost::unit_test::data;

namespace {

// A form with one file. The boundary is b.
std::string form_with(const std::string& filename, const std::string& content) {
    return "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"" + filename +
           "\"\r\n\r\n" + content + "\r\n--b--\r\n";
}

std::string reply_to(const Site& site, const std::string& headers, const std::string& body) {
    const Connection connection(site.port());
    connection.send(
        "POST /upload HTTP/1.1\r\nHost: site\r\nConnection: close\r\n"
        "Content-Type: multipart/form-data; boundary=b\r\n" +
        headers + "\r\n" + body);
    return connection.receive_all();
}

std::string length_of(std::size_t size) {
    return "Content-Length: " + std::to_string(size) + "\r\n";
}

const std::string smuggled = "GET /upload HTTP/1.1\r\nHost: site\r\nX-Smuggled: 1\r\n\r\n";

Environment cgi_environment(const std::string& bucket) {
    const StoreAccess& store = Store::access();
    return {{"UPLOAD_BUCKETS", bucket},
            {"AWS_ACCESS_KEY_ID", store.access_key_id},
            {"AWS_SECRET_ACCESS_KEY", store.secret_access_key},
            {"AWS_ENDPOINT_URL_S3", store.endpoint},
            {"HOME", "/nonexistent"},
            {"REQUEST_METHOD", "POST"},
            {"CONTENT_TYPE", "multipart/form-data; boundary=b"}};
}

// The output of a CGI program if its standard input is a file, and if it is a pipe.
std::string reply_to_file(const Environment& environment, const std::string& body) {
    return run({.arguments = {std::filesystem::absolute("cgi-bin/upload.fcgi")},
                .environment = environment},
               body)
        .output;
}

std::string reply_to_pipe(const Environment& environment, const std::string& body) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    const s3drop::Descriptor reader(ends[0]);
    s3drop::Descriptor writer(ends[1]);
    // The pipe's buffer holds what these tests send.
    if (write(writer.get(), body.data(), body.size()) < 0) throw std::runtime_error("no room");
    writer = {};
    const TemporaryFolder folder;
    Process process({.arguments = {std::filesystem::absolute("cgi-bin/upload.fcgi")},
                     .environment = environment,
                     .output = folder.path("reply"),
                     .input_descriptor = reader.get()});
    process.wait();
    return text_of(folder.path("reply"));
}

bool contains(const std::string& text, const std::string& wanted) {
    return text.find(wanted) != std::string::npos;
}

bool is_at(const std::string& bucket, const std::string& key, const std::string& content) {
    const StoreAccess& store = Store::access();
    return object_is(store, store.endpoint + "/" + bucket + "/" + key, Content::of(content));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(attack_requests)

BOOST_DATA_TEST_CASE(invalid_content_lengths, data::make(fronts), front) {
    const std::string bucket = Store::new_bucket();
    const Site site(front, settings_for(Store::access(), bucket));
    const std::string body = form_with("a", "hello");
    const std::string right = std::to_string(body.size());
    for (const std::string& length :
         {"-1"s, "-" + right, "+" + right, "0x50"s, right + " 1", right + "," + right, "1e2"s,
          "abc"s, "\xD9\xA5"s, "99999999999999999999999"s, "18446744073709551617"s,
          right + "\r\nContent-Length: " + std::to_string(body.size() + 5)}) {
        BOOST_TEST_CONTEXT(length) {
            const std::string status =
                status_of(reply_to(site, "Content-Length: " + length + "\r\n", body));
            BOOST_TEST(status.starts_with("4"), status);
        }
    }
    BOOST_TEST(keys_of(Store::access(), bucket).empty());
}

BOOST_DATA_TEST_CASE(content_length_differs_from_the_body, data::make(fronts), front) {
    const std::string bucket = Store::new_bucket();
    const Site site(front, settings_for(Store::access(), bucket));
    const std::string body = form_with("a", "hello");
    // The server reads the rest as another request; the program does not see it.
    for (const std::size_t less : {7U, 12U, 40U})
        BOOST_TEST(status_of(reply_to(site, length_of(body.size() - less), body)) == "400");
    BOOST_TEST(keys_of(Store::access(), bucket).empty());
    BOOST_TEST(status_of(reply_to(site, length_of(body.size()), body + smuggled)) == "201");
    BOOST_TEST(is_at(bucket, "a", "hello"));
}

// RFC 9112 section 6.3: Transfer-Encoding overrides Content-Length, or the request is refused. No
// server may read to the end of one body and treat the rest of the other as a request.
BOOST_DATA_TEST_CASE(both_content_length_and_chunks, data::make(fronts), front) {
    const std::string bucket = Store::new_bucket();
    const Site site(front, settings_for(Store::access(), bucket));
    const std::string body = form_with("a", "hello");
    const std::string chunks = "0\r\n\r\n" + body + smuggled;
    for (const std::string coding :
         {"chunked", " chunked", "chunked, identity", "identity, chunked", "xchunked",
          "chunked\r\nTransfer-Encoding: identity"}) {
        BOOST_TEST_CONTEXT(coding) {
            const std::string reply = reply_to(
                site, length_of(chunks.size()) + "Transfer-Encoding: " + coding + "\r\n", chunks);
            BOOST_TEST((status_of(reply).starts_with("4") || status_of(reply) == "501"), reply);
        }
    }
    BOOST_TEST(keys_of(Store::access(), bucket).empty());
}

BOOST_DATA_TEST_CASE(request_inside_a_file, data::make(fronts), front) {
    const std::string bucket = Store::new_bucket();
    const Site site(front, settings_for(Store::access(), bucket));
    const std::string content = "0\r\n\r\nPUT /" + bucket + "/smuggled HTTP/1.1\r\nHost: " +
                                Store::access().endpoint.substr(7) +
                                "\r\nContent-Length: 0\r\n\r\n";
    const std::string body = form_with("a", content);
    BOOST_TEST(status_of(reply_to(site, length_of(body.size()), body)) == "201");
    BOOST_TEST(is_at(bucket, "a", content));
    BOOST_TEST(keys_of(Store::access(), bucket) == std::vector<std::string>{"a"});
}

// The program as CGI without a web server, which would read no more than the announced length.
BOOST_AUTO_TEST_CASE(content_length_differs_from_standard_input) {
    const std::string bucket = Store::new_bucket();
    Environment environment = cgi_environment(bucket);
    for (const bool pipe : {false, true}) {
        const auto reply_to_input = pipe ? reply_to_pipe : reply_to_file;
        const std::string name = pipe ? "piped" : "filed";
        const std::string body = form_with(name, "hello");
        environment["CONTENT_LENGTH"] = std::to_string(body.size() + 1);
        BOOST_TEST(contains(reply_to_input(environment, body), "Status: 400"));
        environment["CONTENT_LENGTH"] = std::to_string(body.size() - 7);
        BOOST_TEST(contains(reply_to_input(environment, body), "Status: 400"));
        BOOST_TEST(keys_of(Store::access(), bucket).size() == (pipe ? 1U : 0U));
        environment["CONTENT_LENGTH"] = std::to_string(body.size());
        const std::string more = smuggled + std::string(20000, 'x');
        BOOST_TEST(contains(reply_to_input(environment, body + more), "Status: 201"));
        BOOST_TEST(is_at(bucket, name, "hello"));
    }
    BOOST_TEST(keys_of(Store::access(), bucket) == (std::vector<std::string>{"filed", "piped"}));
}

// CGI passes the header "Proxy:" as HTTP_PROXY. The program must not use it as its proxy (httpoxy).
BOOST_DATA_TEST_CASE(proxy_header_of_the_client, data::make(fronts), front) {
    const std::string closed = "http://127.0.0.1:" + std::to_string(free_port());
    const Response response =
        upload(default_site(front).url(), file_form(fresh_name("proxied"), Content::of("x")),
               {.headers = {"Proxy: " + closed, "All-Proxy: " + closed, "Http-Proxy: " + closed}});
    BOOST_TEST(response.status == 201, response.body);
}

BOOST_AUTO_TEST_CASE(proxy_header_in_the_cgi_environment) {
    const std::string bucket = Store::new_bucket();
    Environment environment = cgi_environment(bucket);
    const std::string body = form_with("direct", "hello");
    environment["CONTENT_LENGTH"] = std::to_string(body.size());
    environment["HTTP_PROXY"] = "http://127.0.0.1:" + std::to_string(free_port());
    BOOST_TEST(contains(reply_to_file(environment, body), "Status: 201"));
    BOOST_TEST(is_at(bucket, "direct", "hello"));
}

BOOST_DATA_TEST_CASE(floods, data::make(fronts), front) {
    const std::string bucket = Store::new_bucket();
    const Site site(front, settings_for(Store::access(), bucket));
    const std::string type = "multipart/form-data; boundary=b";
    std::string parts;
    while (parts.size() < 4000000)
        parts += "--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n\r\n";
    for (const std::string& body :
         {parts + "--b--\r\n", std::string(4000000, 'x'),
          "--b\r\nContent-Disposition: form-data; name=\"" + std::string(4000000, 'x')}) {
        BOOST_TEST(post(site.url(), type, body).status == 400);
    }
    BOOST_TEST(keys_of(Store::access(), bucket).empty());
    BOOST_TEST(upload(site.url(), file_form("after", Content::of("x"))).status == 201);
}

BOOST_AUTO_TEST_SUITE_END()
