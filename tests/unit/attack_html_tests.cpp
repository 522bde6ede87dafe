// Markup in every value that an HTML reply shows: it must appear as text.
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <functional>
#include <set>

#include "base/text.h"
#include "reply/reply_html.h"
#include "unit/canned_site.h"
#include "unit/received.h"

using namespace s3drop;
using namespace s3drop::test;

BOOST_AUTO_TEST_SUITE(attack_html)

const std::vector<std::string> payloads = {
    "<script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "\" onmouseover=\"alert(1)",
    "</p></main><form action=//evil.example>",
    "<!--",
    "-->",
    "]]>",
    "&lt;script&gt;",
    "&#60;script&#62;",
    "&quot;",
    "javascript:alert(1)",
    "<svg/onload=alert(1)>",
    "<a href='//evil.example'>",
    "\xEF\xBC\x9Cscript\xEF\xBC\x9E",  // full-width brackets
    "\xC0\xBCscript\xC0\xBE",          // overlong encodings
    "+ADw-script+AD4-",                // UTF-7
    "<\xFFscript>",
};

using Prepare = std::function<void(CannedSite&, const std::string&)>;

std::string page_with(const Prepare& prepare, const std::string& text) {
    CannedSite site;
    site.request.variables["HTTP_ACCEPT"] = "text/html";
    prepare(site, text);
    BOOST_TEST(site.header("Content-Type") == "text/html; charset=utf-8");
    BOOST_TEST(site.header("X-Content-Type-Options") == "nosniff");
    BOOST_TEST(contains(site.header("Content-Security-Policy"), "default-src 'none'"));
    return site.body();
}

const std::set<std::string, std::less<>> tags = {
    "!DOCTYPE", "html", "head", "meta", "title", "link", "body", "main",
    "h1",       "p",    "ol",   "li",   "span",  "a",    "div",  "bdi"};
const std::set<std::string, std::less<>> attributes = {
    "lang", "charset", "name", "content", "rel", "href", "type", "class", "role", "data-state"};

// Whether `tag`, a tag without its brackets, may occur in the program's own pages.
bool is_ours(std::string_view tag) {
    if (tag == "!DOCTYPE html") return true;
    if (tag.starts_with('/')) return tags.contains(tag.substr(1));
    std::size_t at = std::min(tag.find(' '), tag.size());
    if (!tags.contains(tag.substr(0, at))) return false;
    while (at < tag.size()) {
        const std::size_t equals = tag.find("=\"", at);
        if (equals == std::string_view::npos) return false;
        const std::size_t end = tag.find('"', equals + 2);
        if (end == std::string_view::npos) return false;
        const std::string_view name = tag.substr(at + 1, equals - at - 1);
        const std::string_view value = tag.substr(equals + 2, end - equals - 2);
        if (!attributes.contains(name)) return false;
        if (name == "href" && !value.starts_with("http://store.example:9000/") &&
            !value.starts_with("./") && !value.starts_with("../")) {
            return false;
        }
        at = end + 1;
    }
    return true;
}

// The first markup that is not the program's own; "" if there is none.
std::string foreign_markup(std::string_view page) {
    while (!page.empty()) {
        const std::size_t begin = std::min(page.find('<'), page.size());
        const std::string_view text = page.substr(0, begin);
        if (text.find_first_of(">\"'") != std::string_view::npos) return std::string(text);
        page.remove_prefix(begin);
        if (page.empty()) break;
        const std::size_t end = page.find('>');
        if (end == std::string_view::npos || !is_ours(page.substr(1, end - 1))) {
            return std::string(page.substr(0, end));
        }
        page.remove_prefix(end + 1);
    }
    return {};
}

void check_markup(const Prepare& prepare) {
    for (const std::string& payload : payloads) {
        BOOST_TEST_CONTEXT(payload) {
            const std::string page = page_with(prepare, payload);
            BOOST_TEST(foreign_markup(page) == "", page);
            BOOST_TEST(is_utf8(page));
        }
    }
}

// Also checks that the page shows the payload: a page without it would pass check_markup().
void check_shown(const Prepare& prepare) {
    check_markup(prepare);
    for (const std::string payload : {"<script>alert(1)</script>", "\" onmouseover=\"alert(1)"})
        BOOST_TEST(contains(page_with(prepare, payload), escape_html(payload)), payload);
}

BOOST_AUTO_TEST_CASE(names) {
    check_shown([](CannedSite& site, const std::string& text) {
        site.post({field("file_name", text), text_file("a", "x")});
    });
    check_shown([](CannedSite& site, const std::string& text) {
        site.post({field("file_name", "a/../" + text), text_file("a", "x")});
    });
}

// `text` as a file's name: without slashes, and with quotation marks as browsers send them.
std::string own_name(std::string text) {
    for (std::size_t at = 0; (at = text.find('"', at)) != std::string::npos;)
        text.replace(at, 1, "%22");
    std::erase(text, '/');
    return text;
}

BOOST_AUTO_TEST_CASE(names_of_several_files) {
    check_markup([](CannedSite& site, const std::string& text) {
        site.post({text_file(own_name(text), "x"), text_file(own_name("2" + text), "y")});
    });
    check_markup([](CannedSite& site, const std::string& text) {
        site.post({text_file(own_name(text), "x"), text_file(own_name(text), "y")});
    });
    check_markup([](CannedSite& site, const std::string& text) {
        site.s3.respond = [&](const auto&) -> HttpResponse {
            const int status = site.s3.sent.size() == 1 ? 200 : 403;
            return {.status = status, .headers = {{"ETag", "e"}}, .body = ""};
        };
        site.post({text_file(own_name(text), "x"), text_file(own_name("2" + text), "y")});
    });
}

BOOST_AUTO_TEST_CASE(names_of_users) {
    check_markup([](CannedSite& site, const std::string& text) {
        site.settings.key = KeyTemplate("{user}/{name}");
        site.request.variables["REMOTE_USER"] = text;
        site.post({text_file("a", "x")});
    });
}

BOOST_AUTO_TEST_CASE(buckets_and_hosts) {
    for (const std::string name : {"bucket", "host"}) {
        check_shown([&](CannedSite& site, const std::string& text) {
            site.post({field(name, text), text_file("a", "x")});
            BOOST_TEST(site.status() == 403);
        });
    }
}

BOOST_AUTO_TEST_CASE(content_types) {
    check_shown([](CannedSite& site, const std::string& text) {
        CannedPart sent = text_file("a", "x");
        sent.content_type = text;
        site.post({sent});
    });
    check_shown([](CannedSite& site, const std::string& text) {
        CannedPart sent = text_file("a", "x");
        sent.content_type = "text/plain; x=" + text;
        site.post({sent});
    });
    check_markup([](CannedSite& site, const std::string& text) {
        site.settings.types = {"image/*"};
        CannedPart sent = text_file("a", "x");
        sent.content_type = "text/" + text;
        site.post({sent});
    });
}

BOOST_AUTO_TEST_CASE(responses_of_the_store) {
    const auto refusing = [](const std::string& element) {
        return [=](CannedSite& site, const std::string& text) {
            site.s3.respond = [=](const auto&) -> HttpResponse {
                return {.status = 403,
                        .headers = {},
                        .body = "<Error><" + element + "><![CDATA[" + text + "]]></" + element +
                                "></Error>"};
            };
            site.post({text_file("a", "x")});
        };
    };
    for (const char* element : {"Code", "Message", "RequestId"})
        check_markup(refusing(element));
    BOOST_TEST(contains(page_with(refusing("Message"), "<script>"), "&lt;script&gt;"));
    check_shown([](CannedSite& site, const std::string& text) {
        site.s3.respond = [&](const auto&) -> HttpResponse {
            return {.status = 403, .headers = {{"x-amz-request-id", text}}, .body = ""};
        };
        site.post({text_file("a", "x")});
    });
    check_markup([](CannedSite& site, const std::string& text) {
        site.s3.respond = [&](const auto&) -> HttpResponse {
            return {
                .status = 200, .headers = {{"ETag", text}, {"x-amz-request-id", text}}, .body = ""};
        };
        site.post({text_file("a", "x")});
    });
}

BOOST_AUTO_TEST_CASE(variables_of_the_request) {
    for (const char* name : {"CONTENT_TYPE", "CONTENT_LENGTH", "REQUEST_URI", "PATH_INFO",
                             "QUERY_STRING", "REMOTE_ADDR", "HTTP_ORIGIN", "HTTP_HOST"}) {
        check_markup([&](CannedSite& site, const std::string& text) {
            set_multipart(site.request, {text_file("a", "x")});
            site.request.variables[name] = text;
            std::erase(site.request.variables[name], '/');  // slashes in PATH_INFO change the links
            site.handle();
        });
    }
}

BOOST_AUTO_TEST_SUITE_END()
