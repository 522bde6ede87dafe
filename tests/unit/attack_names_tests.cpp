// Names that try to leave the folder that the operator's key template puts them in.
#include <boost/test/unit_test.hpp>

#include "base/percent.h"
#include "base/text.h"
#include "unit/canned_site.h"

using namespace s3drop;
using namespace s3drop::test;

BOOST_AUTO_TEST_SUITE(attack_names)

const std::string folder = "http://store.example:9000/demo/in/";

// The stored key without its folder, or the status of the reply. Checks what must hold for every
// key.
std::string result_of(const CannedSite& site) {
    if (site.s3.sent.empty()) return std::to_string(site.status());
    const std::string& url = site.s3.sent.front().request.url;
    BOOST_TEST(url.starts_with(folder), url);
    const std::string key = percent_decode(url.substr(folder.size())).value();
    for (const char* climbing : {"/../", "/./"})
        BOOST_TEST(!contains("/" + key + "/", climbing), key);
    BOOST_TEST(is_utf8(key));
    BOOST_TEST(!has_control_characters(key));
    return key;
}

struct InFolder : CannedSite {
    InFolder() { settings.key = KeyTemplate("in/{name}"); }
};

std::string by_field(const std::string& name) {
    InFolder site;
    site.post({field("file_name", name), text_file("x", "x")});
    return result_of(site);
}

std::string by_urlencoded(const std::string& name) {
    InFolder site;
    site.post("application/x-www-form-urlencoded",
              "file_data=x&file_name=" + uri_encode(name, false));
    return result_of(site);
}

std::string by_file(const std::string& parameter) {
    InFolder site;
    site.post("multipart/form-data; boundary=B", "--B\r\nContent-Disposition: form-data; name=f; " +
                                                     parameter + "\r\n\r\nx\r\n--B--\r\n");
    return result_of(site);
}

BOOST_AUTO_TEST_CASE(names_that_climb_out) {
    using namespace std::string_literals;
    for (const std::string& name : {".."s,
                                    "."s,
                                    "../x"s,
                                    "../../x"s,
                                    "a/../../x"s,
                                    "a/.."s,
                                    "a/../x"s,
                                    "./x"s,
                                    "a/./x"s,
                                    "/.."s,
                                    "/../x"s,
                                    "//../x"s,
                                    "a//../x"s,
                                    "../"s,
                                    "a/../"s,
                                    "..\0/x"s,
                                    "../x\0.png"s,
                                    "x\0"s,
                                    "..\r/x"s,
                                    "\xC0\xAE\xC0\xAE/x"s,
                                    "\xE0\x80\xAE./x"s,
                                    "..\xC0\xAFx"s,
                                    std::string(1022, 'x'),
                                    std::string(100000, 'x'),
                                    "\x7F"s,
                                    "a\xC2\x80"s}) {
        BOOST_TEST(by_field(name) == "400", name);
        BOOST_TEST(by_urlencoded(name) == "400", name);
    }
}

// To S3 they are plain text, whatever a file system or a decoder would make of them.
BOOST_AUTO_TEST_CASE(names_that_only_seem_to_climb_out) {
    for (const std::string name : {"..\\x",
                                   "..\\..\\x",
                                   "C:\\x",
                                   "\\\\host\\x",
                                   "%2e%2e/x",
                                   "%2E%2E%2Fx",
                                   "..%2fx",
                                   "..%5cx",
                                   "%252e%252e%252fx",
                                   "..%c0%afx",
                                   "..%00/x",
                                   "..;/x",
                                   "...",
                                   ".../x",
                                   "....//x",
                                   ".. /x",
                                   " ../x",
                                   "\xEF\xBC\x8E\xEF\xBC\x8E/x",
                                   "..\xE2\x88\x95x",
                                   "..\xEF\xBC\x8Fx",
                                   "~/x",
                                   "~root/x",
                                   "$HOME/x",
                                   "`id`",
                                   "$(id)",
                                   "|id",
                                   "-rf",
                                   "con",
                                   "aux.txt",
                                   "x.",
                                   "x:stream",
                                   "file:///x",
                                   "?x=1",
                                   "#x",
                                   "x?versionId=1",
                                   "x?acl",
                                   "&",
                                   "+",
                                   "a b"}) {
        BOOST_TEST(by_field(name) == name);
        BOOST_TEST(by_urlencoded(name) == name);
    }
    BOOST_TEST(by_field("/etc/passwd") == "/etc/passwd");
}

BOOST_AUTO_TEST_CASE(own_names_of_files) {
    const struct {
        std::string parameter;
        std::string result;
    } cases[] = {
        {"filename=\"../../x\"", "x"},
        {"filename=\"..\\\\..\\\\x\"", "x"},
        {"filename=\"..\\..\\x\"", "x"},
        {"filename=\"..\\../x\"", "x"},
        {"filename=\"/etc/passwd\"", "passwd"},
        {"filename=\"C:\\fakepath\\x\"", "x"},
        {"filename=\"..\"", "400"},
        {"filename=\"a/..\"", "400"},
        {"filename=\"a\\..\"", "400"},
        {"filename=\".\"", "400"},
        {"filename=\"a/\"", "400"},
        {"filename=\"%2e%2e%2fx\"", "%2e%2e%2fx"},
        {"filename*=UTF-8''..%2F..%2Fx", "x"},
        {"filename*=UTF-8''..%5C..%5Cx", "x"},
        {"filename*=UTF-8''%2E%2E", "400"},
        {"filename*=UTF-8''x%00", "400"},
        {"filename*=UTF-8''x%0D%0AX-Forged%3A%201", "400"},
        {"filename*=UTF-8''%C0%AE%C0%AE", "400"},
        {"filename*=ISO-8859-1''%AE%AE%85", "400"},
        {"filename=\"good\"; filename*=UTF-8''%2E%2E", "400"},
        {"filename=\"..\"; filename*=UTF-8''good", "good"},
        {"filename=\"..\\\"; x=\"\"", "400"},
        {"filename=\"=?utf-8?B?Li4vLi4vZXRjL3Bhc3N3ZA==?=\"", "passwd"},
        {"filename=\"=?utf-8?Q?a=5C?= =?utf-8?Q?=2E=2E?=\"", "400"},
        {"filename=\"=?utf-8?Q?x=00?=\"", "400"},
        {"filename=\"=?utf-8?Q?=C0=AE=C0=AE?=\"", "400"},
        {"filename=\"=?utf-7?Q?x?=\"", "400"},
        {"filename*0=\"..\"; filename*1=\"/x\"", "x"},
        {"filename*1=\".\"; filename*0=\"a/.\"", "400"},
        {"filename*0*=UTF-8''%2E; filename*1*=%2E%2Fx", "x"},
        {"filename*0=x; filename*1*=%0A", "400"},
    };
    for (const auto& each : cases)
        BOOST_TEST(by_file(each.parameter) == each.result, each.parameter);
}

BOOST_AUTO_TEST_CASE(users_that_climb_out) {
    const std::pair<std::string, std::string> cases[] = {
        {"ada", "ada/x"},   {"a\\..", "a\\../x"}, {"..", "400"}, {".", "400"}, {"a\r\nb", "400"},
        {"../root", "403"}, {"a/b", "403"},       {"/", "403"},  {"", "403"},
    };
    for (const auto& [user, result] : cases) {
        InFolder site;
        site.settings.key = KeyTemplate("in/{user}/{name}");
        site.request.variables["REMOTE_USER"] = user;
        site.post({text_file("x", "x")});
        BOOST_TEST(result_of(site) == result, user);
    }
}

BOOST_AUTO_TEST_SUITE_END()
