// The .htaccess in harder cases: in a folder of a site, and on hosts without some module.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "site/sites.h"

using namespace s3drop::test;
namespace data = boost::unit_test::data;

namespace {

using Defines = std::vector<std::string>;

Site hosted(const Defines& missing) {
    return {Front::htaccess, settings_for(Store::access(), default_bucket()), missing};
}

bool contains(const std::string& text, const std::string& wanted) {
    return text.find(wanted) != std::string::npos;
}

void check_upload(const std::string& url, const std::string& way_back) {
    const Content content = Content::pattern(200000);
    const Response response =
        upload(url, file_form(fresh_name("hosted"), content), {.accept = "text/html"});
    BOOST_TEST(response.status == 201, response.body);
    BOOST_TEST(contains(response.body, " href=\"" + way_back + "\">"));
    BOOST_TEST(get(url, "text/html").headers.at("location") == way_back);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(htaccess)

BOOST_AUTO_TEST_CASE(as_fastcgi_and_as_cgi) {
    for (const Defines& missing : {Defines{}, Defines{"WITHOUT_FCGID"}}) {
        const Site site = hosted(missing);
        for (const char* folder : {"", "/below"}) {
            check_upload(site.url(std::string(folder) + "/upload"), "./");
            check_upload(site.url(std::string(folder) + "/cgi-bin/upload.fcgi"), "../");
        }
    }
}

BOOST_AUTO_TEST_CASE(without_mod_rewrite) {
    const Site site = hosted({"WITHOUT_REWRITE"});
    for (const char* folder : {"", "/below"}) {
        const std::string program = site.url(std::string(folder) + "/cgi-bin/upload.fcgi");
        const Response sent_on =
            upload(site.url(std::string(folder) + "/upload"), file_form("x", Content::of("x")));
        BOOST_TEST(sent_on.status == 307);
        BOOST_TEST(sent_on.headers.at("location") == program);
        check_upload(program, "../");
        BOOST_TEST(get(site.url(std::string(folder) + "/.htaccess")).status == 403);
    }
}

BOOST_AUTO_TEST_SUITE_END()
