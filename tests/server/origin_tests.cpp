// Pages of this site, of allowed sites and of other sites, which differ by the browser's headers.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <fstream>

#include "site/sites.h"

using namespace s3drop::test;
namespace data = boost::unit_test::data;

namespace {

using Headers = std::vector<std::string>;

const std::string neighbour = "https://www.neighbour.example";
const std::string stranger = "https://stranger.example";

// A site with its own bucket that allows uploads from the neighbour's pages.
struct Guarded {
    explicit Guarded(Front front, const std::vector<std::string>& more = {})
        : site(front, settings_for(Store::access(), bucket, with_neighbour(more))) {}

    static std::vector<std::string> with_neighbour(std::vector<std::string> more) {
        more.push_back("UPLOAD_ORIGINS=https://*.neighbour.example");
        return more;
    }

    Response upload_from(const Headers& headers, const std::string& user = {}) const {
        return upload(site.url(), file_form(fresh_name("file"), Content::of("x")),
                      {.accept = "application/json", .user = user, .headers = headers});
    }

    Response ask_from(const std::string& origin) const {
        return get(site.url(), "*/*", "OPTIONS",
                   {"Origin: " + origin, "Sec-Fetch-Site: cross-site",
                    "Access-Control-Request-Method: POST",
                    "Access-Control-Request-Headers: authorization, x-requested-with"});
    }

    std::string bucket = Store::new_bucket();
    Site site;
};

std::string header(const Response& response, const std::string& name) {
    const auto found = response.headers.find(name);
    return found == response.headers.end() ? "" : found->second;
}

bool contains(const std::string& text, const std::string& wanted) {
    return text.find(wanted) != std::string::npos;
}

void check_leave(const Response& response, const std::string& origin) {
    BOOST_TEST(header(response, "access-control-allow-origin") == origin);
    BOOST_TEST(header(response, "access-control-allow-credentials") == "true");
    BOOST_TEST(header(response, "access-control-expose-headers") ==
               "Location, X-Request-Id, Retry-After");
    BOOST_TEST(contains(header(response, "vary"), "Origin"));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(origins)

BOOST_DATA_TEST_CASE(own_pages_and_clients_without_pages, data::make(fronts), front) {
    const Guarded guarded(front);
    const std::string own = "Origin: " + guarded.site.url("");
    for (const Headers& headers :
         {Headers{}, Headers{own}, Headers{own, "Sec-Fetch-Site: same-origin"},
          Headers{"Sec-Fetch-Site: none"},
          Headers{"Origin: null", "Sec-Fetch-Site: same-origin"}}) {
        const Response response = guarded.upload_from(headers);
        BOOST_TEST(response.status == 201, response.body);
        BOOST_TEST(header(response, "access-control-allow-origin") == "");
        BOOST_TEST(contains(header(response, "vary"), "Origin"));
    }
}

BOOST_DATA_TEST_CASE(pages_of_other_sites, data::make(fronts), front) {
    const Guarded guarded(front);
    for (const Headers& headers :
         {Headers{"Origin: " + stranger},
          Headers{"Origin: " + stranger, "Sec-Fetch-Site: cross-site"}, Headers{"Origin: null"},
          Headers{"Origin: null", "Sec-Fetch-Site: cross-site"},
          Headers{"Sec-Fetch-Site: cross-site"}, Headers{"Sec-Fetch-Site: same-site"},
          Headers{"Sec-Fetch-Site: nonsense"}, Headers{"Origin: https://127.0.0.1"},
          Headers{"Origin: " + neighbour + ".stranger.example"}}) {
        const Response response = guarded.upload_from(headers);
        BOOST_TEST(response.status == 403, headers.front());
        BOOST_TEST(contains(json_value(response, "detail"), "Uploads from pages of "));
        BOOST_TEST(header(response, "access-control-allow-origin") == "");
    }
    BOOST_TEST(keys_of(Store::access(), guarded.bucket).empty());
    const Site& site = guarded.site;
    BOOST_TEST(eventually([&] { return contains(site.log(), "UPLOAD_ORIGINS"); }));
}

BOOST_DATA_TEST_CASE(pages_of_an_allowed_site, data::make(fronts), front) {
    const Guarded guarded(front);
    for (const Headers& headers : {Headers{"Origin: " + neighbour},
                                   Headers{"Origin: " + neighbour, "Sec-Fetch-Site: cross-site"}}) {
        const Response response = guarded.upload_from(headers);
        BOOST_TEST(response.status == 201, response.body);
        check_leave(response, neighbour);
        BOOST_TEST(header(response, "location") == stored_url(response));
    }
    const Headers from_there = {"Origin: " + neighbour, "Sec-Fetch-Site: cross-site"};
    const Response failed =
        upload(guarded.site.url(), {{"bucket", Content::of("other")}}, {.headers = from_there});
    BOOST_TEST(failed.status == 400);
    check_leave(failed, neighbour);
    check_leave(get(guarded.site.url(), "application/json", "GET", from_there), neighbour);
}

BOOST_DATA_TEST_CASE(preflights, data::make(fronts), front) {
    const Guarded guarded(front, {"UPLOAD_REQUIRE_USER=yes"});
    const Response allowed = guarded.ask_from(neighbour);
    BOOST_TEST(allowed.status == 204);
    check_leave(allowed, neighbour);
    BOOST_TEST(contains(header(allowed, "access-control-allow-methods"), "POST"));
    for (const char* name : {"Authorization", "Content-Type", "X-Requested-With", "Cache-Control"})
        BOOST_TEST(contains(header(allowed, "access-control-allow-headers"), name));
    BOOST_TEST(header(allowed, "access-control-max-age") == "7200");

    const Response refused = guarded.ask_from(stranger);
    BOOST_TEST(refused.status == 403);
    for (const auto& [name, value] : refused.headers)
        BOOST_TEST(!name.starts_with("access-control-"), name);
    const Site& site = guarded.site;
    BOOST_TEST(eventually([&] { return contains(site.log(), stranger); }));
}

// The configuration for Apache in MANUAL.md, section "Pages of other sites": a preflight has no
// credentials and needs none.
BOOST_AUTO_TEST_CASE(preflights_to_a_site_with_a_login) {
    const Guarded guarded(Front::htaccess, {"UPLOAD_REQUIRE_USER=yes"});
    const std::filesystem::path folder = guarded.site.folder();
    std::ofstream(folder / "htpasswd") << "ada:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=\n";  // password
    std::ofstream(folder / "public_html" / ".htaccess", std::ios::app)
        << "AuthType Basic\nAuthName \"Uploads\"\nAuthUserFile " << folder.string()
        << "/htpasswd\n<RequireAny>\n    Require method OPTIONS\n    Require valid-user\n"
           "</RequireAny>\n";
    const Headers neighbourly = {"Origin: " + neighbour, "Sec-Fetch-Site: cross-site"};
    const Headers foreign = {"Origin: " + stranger, "Sec-Fetch-Site: cross-site"};
    BOOST_TEST(guarded.ask_from(neighbour).status == 204);
    BOOST_TEST(guarded.ask_from(stranger).status == 403);
    BOOST_TEST(guarded.upload_from(neighbourly).status == 401);
    BOOST_TEST(guarded.upload_from(neighbourly, "ada:wrong").status == 401);
    BOOST_TEST(guarded.upload_from(foreign, "ada:password").status == 403);
    BOOST_TEST(keys_of(Store::access(), guarded.bucket).empty());
    const Response response = guarded.upload_from(neighbourly, "ada:password");
    BOOST_TEST(response.status == 201, response.body);
    check_leave(response, neighbour);
}

BOOST_AUTO_TEST_SUITE_END()
