#include <boost/test/unit_test.hpp>

#include "unit/canned_site.h"

using namespace s3drop;
using namespace s3drop::test;

// Whether the reply announces that the web server closes the connection.
BOOST_AUTO_TEST_SUITE(serve_connection)

std::string connection_after(const std::function<void(CannedSite&)>& change, int status) {
    CannedSite site;
    set_multipart(site.request, {text_file("a", "hello")});
    change(site);
    site.handle();
    BOOST_TEST(site.status() == status);
    return site.header("Connection");
}

BOOST_AUTO_TEST_CASE(body_is_unread) {
    const auto variable = [](const char* name, const char* value) {
        return [=](CannedSite& site) { site.request.variables[name] = value; };
    };
    BOOST_TEST(connection_after(variable("CONTENT_LENGTH", "99999999999"), 413) == "close");
    BOOST_TEST(connection_after(variable("HTTP_SEC_FETCH_SITE", "cross-site"), 403) == "close");
    BOOST_TEST(connection_after(variable("CONTENT_TYPE", "text/plain"), 415) == "close");
    BOOST_TEST(connection_after(variable("HTTP_CONTENT_ENCODING", "gzip"), 415) == "close");
    BOOST_TEST(connection_after(variable("REQUEST_METHOD", "PUT"), 405) == "close");
    BOOST_TEST(connection_after(variable("REQUEST_METHOD", "GET"), 200) == "close");
    BOOST_TEST(connection_after([](CannedSite& site) { site.unconfigured = "nothing is set"; },
                                500) == "close");
}

BOOST_AUTO_TEST_CASE(length_is_unknown) {
    const auto chunked = [](const std::string& type) {
        return [=](CannedSite& site) {
            site.request.variables.erase("CONTENT_LENGTH");
            if (!type.empty()) site.request.variables["CONTENT_TYPE"] = type;
        };
    };
    BOOST_TEST(connection_after(chunked("text/plain"), 415) == "close");
    BOOST_TEST(connection_after(chunked(""), 201) == "");
}

BOOST_AUTO_TEST_CASE(body_is_read_in_part) {
    BOOST_TEST(connection_after(
                   [](CannedSite& site) {
                       site.request.per_read = 20;
                       site.request.body[2] = 'x';  // another boundary
                       site.request.endless = 1000000;
                       site.request.variables["CONTENT_LENGTH"] =
                           std::to_string(site.request.body.size() + site.request.endless);
                   },
                   400) == "close");
}

BOOST_AUTO_TEST_CASE(body_is_read) {
    BOOST_TEST(connection_after([](CannedSite&) {}, 201) == "");
    BOOST_TEST(
        connection_after(
            [](CannedSite& site) {
                set_multipart(site.request, {field("bucket", "secret"), text_file("a", "x")});
            },
            403) == "");
    BOOST_TEST(connection_after(
                   [](CannedSite& site) {
                       site.request.body.clear();
                       site.request.variables = {{"REQUEST_METHOD", "GET"}};
                   },
                   200) == "");
}

BOOST_AUTO_TEST_SUITE_END()
