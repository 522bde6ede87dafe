// The program from its operator's point of view: the page, the command, the settings, TLS.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>

#include "site/sites.h"
#include "site/tested_program.h"
#include "system/connection.h"
#include "system/temporary_folder.h"

using namespace s3drop::test;
namespace data = boost::unit_test::data;

namespace {

const std::string program = tested_program();

bool contains(const std::string& text, const std::string& wanted) {
    return text.find(wanted) != std::string::npos;
}

// Runs the program as CGI with this environment and body. Returns its whole output.
std::string cgi(Environment environment, const std::string& body) {
    environment["REQUEST_METHOD"] = "POST";
    environment["GATEWAY_INTERFACE"] = "CGI/1.1";
    environment["HTTP_ACCEPT"] = "text/plain";
    return run({.arguments = {program}, .environment = std::move(environment)}, body).output;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(program_as_a_whole)

BOOST_DATA_TEST_CASE(the_page_and_its_limits, data::make(fronts), front) {
    Site& site = default_site(front);
    const Response page = get(site.url("/"));
    BOOST_TEST(page.status == 200);
    BOOST_TEST(contains(page.body, "<form"));
    BOOST_TEST(contains(page.body, "action=\"upload\""));
    BOOST_TEST(get(site.url("/style.css")).status == 200);
    const Response script = get(site.url("/upload.js"));
    BOOST_TEST(script.status == 200);  // from the file, not from the program
    BOOST_TEST(script.headers.at("content-type").starts_with("text/javascript"));
    BOOST_TEST(contains(script.headers.at("content-security-policy"), "default-src 'self'"));
    BOOST_TEST(script.headers.at("cache-control") == "no-cache");

    const Response redirect = get(site.url(), "text/html,application/xhtml+xml,*/*;q=0.8");
    BOOST_TEST(redirect.status == 303);
    BOOST_TEST(redirect.headers.at("location") == "./");
    BOOST_TEST(get(site.url("/upload/"), "text/html").headers.at("location") == "../");

    const Response limits = get(site.url(), "application/json");
    BOOST_TEST(json_value(limits, "max_size") == "5368709120");
    BOOST_TEST(json_value(limits, "buckets") == "[\"" + default_bucket() + "\"]");
    BOOST_TEST(json_value(limits, "overwrite") == "false");
    BOOST_TEST(get(site.url(), "*/*", "HEAD").body.empty());
}

BOOST_DATA_TEST_CASE(headers_and_private_files, data::make(fronts), front) {
    Site& site = default_site(front);
    for (const char* path : {"/", "/upload", "/nothing"}) {
        const Response page = get(site.url(path), "application/json");
        BOOST_TEST(page.headers.at("x-content-type-options") == "nosniff");
        BOOST_TEST(page.headers.at("referrer-policy") == "same-origin");
        BOOST_TEST(contains(page.headers.at("content-security-policy"), "default-src 'self'"));
    }
    BOOST_TEST(get(site.url("/")).headers.at("content-type") == "text/html; charset=utf-8");
    BOOST_TEST(get(site.url("/style.css")).headers.at("content-type") == "text/css; charset=utf-8");
    for (const char* path : {"/.htaccess", "/.git/config", "/upload.conf", "/cgi-bin/upload.conf"})
        BOOST_TEST(get(site.url(path)).status == 403);
    BOOST_TEST(get(site.url("/uploads")).status == 404);
}

BOOST_AUTO_TEST_CASE(help_and_version) {
    const Finished help = run({.arguments = {program, "--help"}, .environment = {}});
    BOOST_TEST(help.status == 0);
    BOOST_TEST(contains(help.output, "usage: upload.fcgi"));
    const Finished version = run({.arguments = {program, "--version"}, .environment = {}});
    BOOST_TEST(version.status == 0);
    BOOST_TEST(version.output.starts_with("s3drop "));
    BOOST_TEST(run({.arguments = {program, "--nonsense"}, .environment = {}}).status == 2);
    BOOST_TEST(run({.arguments = {program}, .environment = {}}).status == 2);
}

BOOST_AUTO_TEST_CASE(arguments_from_a_cgi_request) {
    const Finished reply =
        run({.arguments = {program, "--version"},
             .environment = {{"REQUEST_METHOD", "GET"}, {"HOME", "/nonexistent"}}});
    BOOST_TEST(reply.output.find("Status: ") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(check_says_what_is_missing) {
    const Finished check =
        run({.arguments = {program, "--check"}, .environment = {{"HOME", "/nonexistent"}}});
    BOOST_TEST(check.status == 1);
    BOOST_TEST(contains(check.output, "UPLOAD_BUCKETS is not set"));
    BOOST_TEST(contains(check.output, "AWS_ACCESS_KEY_ID"));
    const Finished good =
        run({.arguments = {program, "--check"}, .environment = environment_for(Store::access())});
    BOOST_TEST(good.status == 0);
    BOOST_TEST(contains(good.output, Store::access().endpoint));
    BOOST_TEST(!contains(good.output, Store::access().secret_access_key));
}

// Each fault has its own line in the output, and the exit status is 1.
BOOST_AUTO_TEST_CASE(check_says_what_is_wrong) {
    const std::string closed = "http://127.0.0.1:" + std::to_string(free_port());
    const struct {
        const char* name;
        std::string value;
        const char* line;
    } faults[] = {
        {"AWS_SECRET_ACCESS_KEY", "wrong", "(SignatureDoesNotMatch)"},
        {"AWS_ACCESS_KEY_ID", "WRONG", "(InvalidAccessKeyId)"},
        {"UPLOAD_BUCKETS", "no-such-bucket", "(NoSuchBucket)"},
        {"AWS_ENDPOINT_URL_S3", closed, "FAILED  connection: "},
        {"AWS_ENDPOINT_URL_S3", Store::access().endpoint_tls, "AWS_CA_BUNDLE"},
        {"UPLOAD_TIMEOUT", "soon", "UPLOAD_TIMEOUT=soon"},
        {"UPLOAD_TIMEOUTS", "5", "Did you mean UPLOAD_TIMEOUT?"},
    };
    for (const auto& fault : faults) {
        BOOST_TEST_CONTEXT(fault.line) {
            Environment environment = environment_for(Store::access());
            environment["HOME"] = "/nonexistent";
            environment[fault.name] = fault.value;
            const Finished check =
                run({.arguments = {program, "--check"}, .environment = environment});
            BOOST_TEST(check.status == 1);
            BOOST_TEST(contains(check.output, fault.line), check.output);
            BOOST_TEST(!contains(check.output, Store::access().secret_access_key));
        }
    }
}

BOOST_AUTO_TEST_CASE(check_leaves_nothing_in_the_bucket) {
    Environment environment = environment_for(Store::access());
    environment["UPLOAD_BUCKETS"] = Store::new_bucket();
    const Finished check =
        run({.arguments = {program, "--check", "--json"}, .environment = environment});
    BOOST_TEST(check.status == 0, check.output);
    BOOST_TEST(contains(check.output, "\"ok\": true"));
    BOOST_TEST(keys_of(Store::access(), environment["UPLOAD_BUCKETS"]).empty());
}

BOOST_AUTO_TEST_CASE(not_configured) {
    const std::string reply = cgi({{"HOME", "/nonexistent"}, {"CONTENT_LENGTH", "3"}}, "abc");
    BOOST_TEST(contains(reply, "Status: 500"));
    BOOST_TEST(contains(reply, "upload.fcgi --check"));
}

BOOST_AUTO_TEST_CASE(host_without_libcurl) {
    const TemporaryFolder folder;
    std::ofstream(folder.path("libcurl.so.4")) << "not a library";
    Environment environment = environment_for(Store::access());
    environment["LD_LIBRARY_PATH"] = folder.path();
    const Finished check = run({.arguments = {program, "--check"}, .environment = environment});
    BOOST_TEST(check.status == 1);
    BOOST_TEST(contains(
        check.output, "FAILED  program: libcurl cannot be loaded: " + folder.path("libcurl.so.4")));
    BOOST_TEST(contains(check.output, "ok      region: "));
    const Finished json =
        run({.arguments = {program, "--check", "--json"}, .environment = environment});
    BOOST_TEST(json.status == 1);
    BOOST_TEST(contains(json.output, "\"ok\": false"), json.output);
    const std::string reply = cgi(environment, "abc");
    BOOST_TEST(contains(reply, "Status: 500"), reply);
    BOOST_TEST(contains(reply, "upload.fcgi --check"), reply);
}

BOOST_AUTO_TEST_CASE(configured_after_the_workers_start) {
    Site site(Front::lighttpd_fastcgi, "# nothing yet\n");
    BOOST_TEST(upload(site.url(), file_form("x", Content::of("x"))).status == 500);
    BOOST_TEST(contains(site.log(), "UPLOAD_BUCKETS is not set"));
    site.configure(settings_for(Store::access(), Store::new_bucket()));
    BOOST_TEST(upload(site.url(), file_form("x", Content::of("x"))).status == 201);
}

BOOST_AUTO_TEST_CASE(invalid_setting) {
    const SilentListener listener;
    Environment environment = environment_for(Store::access());
    environment["UPLOAD_OVERWRITE"] = "perhaps";
    environment["HOME"] = "/nonexistent";
    const Finished worker = run({.arguments = {program},
                                 .environment = environment,
                                 .input_descriptor = listener.descriptor()});
    BOOST_TEST(worker.status == 1);
    BOOST_TEST(contains(worker.output, "UPLOAD_OVERWRITE=perhaps: write yes or no"));
    const std::string reply = cgi(environment, "x");
    BOOST_TEST(contains(reply, "Status: 500"));
    BOOST_TEST(contains(reply, "upload.fcgi --check"));
}

// As Apache passes on a chunked request.
BOOST_AUTO_TEST_CASE(no_content_length) {
    Environment environment = environment_for(Store::access());
    environment["CONTENT_TYPE"] = "multipart/form-data; boundary=b";
    const std::string name = fresh_name("chunked.bin");
    const std::string body =
        "--b\r\nContent-Disposition: form-data; name=\"file_data\"; filename=\"" + name +
        "\"\r\n\r\n" + Content::pattern(2000000).text() + "\r\n--b--\r\n";
    BOOST_TEST(contains(cgi(environment, body.substr(0, body.size() - 8)), "Status: 400"));
    BOOST_TEST(contains(cgi(environment, body), "Status: 201"));
    BOOST_TEST(object_is(Store::access(),
                         Store::access().endpoint + "/" + default_bucket() + "/" + name,
                         Content::pattern(2000000)));
    environment["CONTENT_TYPE"] = "application/x-www-form-urlencoded";
    BOOST_TEST(contains(cgi(environment, "file_name=x&file_data=y"), "Status: 411"));
}

BOOST_DATA_TEST_CASE(over_tls, data::make(fronts), front) {
    const StoreAccess& store = Store::access();
    const std::string endpoint = "AWS_ENDPOINT_URL_S3=" + store.endpoint_tls;
    Site trusting(front, settings_for(store, default_bucket(),
                                      {endpoint, "AWS_CA_BUNDLE=" + store.ca_bundle}));
    const Content content = Content::pattern(2000000);
    const Response response = upload(trusting.url(), file_form(fresh_name("tls"), content));
    BOOST_TEST_REQUIRE(response.status == 201, response.body);
    BOOST_TEST(stored_url(response).starts_with("https://"));
    BOOST_TEST(object_is(store, stored_url(response), content));

    Site strict(front, settings_for(store, default_bucket(), {endpoint}));
    const Response refused = upload(strict.url(), file_form(fresh_name("tls"), content));
    BOOST_TEST(refused.status == 502);
    BOOST_TEST(json_value(refused, "detail") == "S3's certificate is not trusted.");
}

BOOST_DATA_TEST_CASE(virtual_hosted_buckets, data::make(fronts), front) {
    const StoreAccess& store = Store::access();
    const std::string port = store.endpoint.substr(store.endpoint.rfind(':'));
    Site site(front, settings_for(store, default_bucket(),
                                  {"AWS_ENDPOINT_URL_S3=http://s3.localhost" + port,
                                   "UPLOAD_ADDRESSING=virtual"}));
    const std::string name = fresh_name("virtual a+b=c.bin");
    const Response response = upload(site.url(), file_form(name, Content::of("virtual")));
    BOOST_TEST_REQUIRE(response.status == 201, response.body);
    BOOST_TEST(stored_url(response).starts_with("http://" + default_bucket() + ".s3.localhost"));
    BOOST_TEST(object_is(store, stored_url(response), Content::of("virtual")));
}

BOOST_AUTO_TEST_CASE(extra_headers_and_a_key_template) {
    Site site(
        Front::lighttpd_fastcgi,
        settings_for(Store::access(), Store::new_bucket(),
                     {"UPLOAD_S3_HEADERS=x-amz-meta-origin: web form; Cache-Control: no-cache",
                      "UPLOAD_KEY=in/{date}/{uuid}{ext}"}));
    const Response response = upload(site.url(), file_form("a.txt", Content::of("x")));
    BOOST_TEST_REQUIRE(response.status == 201, response.body);
    const std::string url = stored_url(response);
    const Response object =
        signed_get(Store::access(), url.substr(Store::access().endpoint.size()));
    BOOST_TEST(object.headers.at("x-amz-meta-origin") == "web form");
    BOOST_TEST(object.headers.at("cache-control") == "no-cache");
    BOOST_TEST(first_file(response, "key").starts_with("in/20"));
    BOOST_TEST(first_file(response, "key").ends_with(".txt"));
}

BOOST_AUTO_TEST_CASE(trace_without_secrets) {
    const TemporaryFolder folder;
    const std::string file = folder.path("trace");
    Environment environment = environment_for(Store::access());
    environment["UPLOAD_TRACE"] = file;
    environment["CONTENT_TYPE"] = "multipart/form-data; boundary=b";
    const std::string body = "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"" +
                             fresh_name("traced") + "\"\r\n\r\nuploaded text\r\n--b--\r\n";
    BOOST_TEST(contains(cgi(environment, body), "Status: 201"));
    const std::string trace = text_of(file);
    BOOST_TEST(contains(trace, "PUT /"));
    BOOST_TEST(contains(trace, "uploaded text"));
    BOOST_TEST(contains(trace, "200 OK"));
    BOOST_TEST(!contains(trace, "Signature="));
    // The dump breaks lines every 16 bytes: look for the beginnings.
    BOOST_TEST(!contains(trace, Store::access().secret_access_key.substr(0, 8)));
    BOOST_TEST(!contains(trace, Store::access().access_key_id.substr(0, 8)));
}

BOOST_AUTO_TEST_CASE(log_line_of_an_upload) {
    Site site(Front::lighttpd_fastcgi, settings_for(Store::access(), Store::new_bucket()));
    const Response response = upload(site.url(), file_form("a b.txt", Content::of("12345")));
    BOOST_TEST_REQUIRE(eventually([&] { return contains(site.log(), "key=\"a b.txt\""); }));
    BOOST_TEST(contains(site.log(), "id=" + response.headers.at("x-request-id")));
    BOOST_TEST(contains(site.log(), "bytes=5"));
    BOOST_TEST(contains(site.log(), "remote=127.0.0.1"));
    BOOST_TEST(!contains(site.log(), Store::access().secret_access_key));
}

BOOST_AUTO_TEST_SUITE_END()
