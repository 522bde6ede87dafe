// What replies tell browsers about the scripts of other sites.
#include <boost/test/unit_test.hpp>

#include "reply/reply.h"
#include "unit/canned_upload.h"

using namespace s3drop;
using namespace s3drop::test;

BOOST_AUTO_TEST_SUITE(reply_cross_origin)

const std::string exposed =
    "Access-Control-Expose-Headers: Location, X-Request-Id, Retry-After\r\n";

std::string head_of(const std::string& reply) {
    return reply.substr(0, reply.find("\r\n\r\n") + 2);
}

Outcome failed() {
    return {.request_id = "id", .stored = {}, .failure = Failure(Status::conflict, "Told.")};
}

Outcome success() {
    Stored stored;
    stored.url = "http://s/b/k";
    return {.request_id = "id", .stored = {stored}, .failure = {}};
}

// The heads of every kind of reply.
std::vector<std::string> heads_of(const CrossOrigin& cross) {
    const Presentation presentation{.format = Format::html, .page = "./", .cross = cross};
    return {head_of(render(failed(), presentation)), head_of(render(success(), presentation)),
            head_of(render_limits(canned_settings(), presentation)),
            head_of(render_redirect(presentation)), head_of(render_options(presentation))};
}

BOOST_AUTO_TEST_CASE(no_headers_if_no_site_is_allowed) {
    for (const std::string& head : heads_of({})) {
        BOOST_TEST(!contains(head, "Access-Control"), head);
        BOOST_TEST(!contains(head, "Origin"), head);
    }
}

BOOST_AUTO_TEST_CASE(replies_vary_if_some_site_is_allowed) {
    for (const std::string& head :
         heads_of({.varies = true, .allowed = "", .credentials = false})) {
        BOOST_TEST(!contains(head, "Access-Control"), head);
        BOOST_TEST((contains(head, "\r\nVary: Accept, Origin\r\n") ||
                    contains(head, "\r\nVary: Origin\r\n")),
                   head);
    }
}

BOOST_AUTO_TEST_CASE(allowed_sites_may_read_every_reply) {
    for (const bool credentials : {true, false}) {
        const CrossOrigin cross{
            .varies = true, .allowed = "https://a.example", .credentials = credentials};
        for (const std::string& head : heads_of(cross)) {
            BOOST_TEST(contains(head, "\r\nAccess-Control-Allow-Origin: https://a.example\r\n"),
                       head);
            BOOST_TEST(
                contains(head, "\r\nAccess-Control-Allow-Credentials: true\r\n") == credentials,
                head);
            BOOST_TEST(contains(head, "\r\n" + exposed), head);
            BOOST_TEST(contains(head, "Origin\r\n"), head);
        }
    }
}

BOOST_AUTO_TEST_CASE(reply_to_a_preflight_lists_what_may_be_sent) {
    const CrossOrigin cross{.varies = true, .allowed = "https://a.example", .credentials = true};
    BOOST_TEST(render_options({.format = Format::text, .page = "", .cross = cross}) ==
               "Status: 204 No Content\r\nCache-Control: no-store\r\n"
               "X-Content-Type-Options: nosniff\r\nVary: Origin\r\n"
               "Access-Control-Allow-Origin: https://a.example\r\n"
               "Access-Control-Allow-Credentials: true\r\n" +
                   exposed +
                   "Access-Control-Allow-Methods: POST, GET, HEAD\r\n"
                   "Access-Control-Allow-Headers: Accept, Authorization, Cache-Control, "
                   "Content-Type, X-CSRF-Token, X-Requested-With, X-XSRF-Token\r\n"
                   "Access-Control-Max-Age: 7200\r\nAllow: POST, GET, HEAD, OPTIONS\r\n\r\n");
    for (const std::string& head : heads_of(cross))
        BOOST_TEST(contains(head, "Access-Control-Allow-Headers") == contains(head, " 204 "), head);
}

BOOST_AUTO_TEST_SUITE_END()
