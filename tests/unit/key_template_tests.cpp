#include <boost/test/unit_test.hpp>

#include <stdexcept>

#include "base/failure.h"
#include "settings/key_template.h"

using namespace s3drop;

BOOST_AUTO_TEST_SUITE(key_template)

const KeyValues report{.name = "report.pdf", .date = "2026-01-31", .uuid = "UUID", .user = "ada"};

// The key, or the status and text of the failure.
std::string key_of(const std::string& text, const KeyValues& values) {
    try {
        return KeyTemplate(text).key(values);
    } catch (const Failure& failure) {
        return std::to_string(static_cast<int>(failure.status)) + " " + failure.detail;
    }
}

std::string key_of(const std::string& name) {
    return key_of("{name}", {.name = name, .date = "", .uuid = "", .user = ""});
}

BOOST_AUTO_TEST_CASE(every_placeholder) {
    BOOST_TEST(key_of("{user}/{date}/{uuid}-{stem}.x{ext}/{name}", report) ==
               "ada/2026-01-31/UUID-report.x.pdf/report.pdf");
    BOOST_TEST(key_of("{name}{name}", report) == "report.pdfreport.pdf");
    BOOST_TEST(key_of("fixed", report) == "fixed");
    BOOST_TEST(key_of("{uuid}", report) == "UUID");
}

BOOST_AUTO_TEST_CASE(placeholders_in_a_name_are_not_expanded) {
    BOOST_TEST(key_of("in/{name}", {.name = "{user}{x}{", .date = "", .uuid = "", .user = "ada"}) ==
               "in/{user}{x}{");
}

BOOST_AUTO_TEST_CASE(stem_and_extension) {
    const struct {
        const char* name;
        const char* stem;
        const char* ext;
    } cases[] = {
        {"a.txt", "a", ".txt"},
        {"README", "README", ""},
        {".bashrc", ".bashrc", ""},
        {".config.json", ".config", ".json"},
        {"archive.tar.gz", "archive.tar", ".gz"},
        {"ends.", "ends", "."},
        {"a..b", "a.", ".b"},
        {"dir.d/file", "dir.d/file", ""},
        {"dir.d/file.x", "dir.d/file", ".x"},
        {"dir/.hidden", "dir/.hidden", ""},
        {"dir.d/", "dir.d/", ""},
    };
    for (const auto& each : cases) {
        const KeyValues values{.name = each.name, .date = "", .uuid = "", .user = ""};
        BOOST_TEST(key_of("{stem}|{ext}", values) == std::string(each.stem) + "|" + each.ext);
    }
}

BOOST_AUTO_TEST_CASE(invalid_templates) {
    const std::string unknown =
        " is not a placeholder; use {name} {stem} {ext} {date} {uuid} {user}";
    const struct {
        const char* text;
        std::string problem;
    } cases[] = {
        {"", "it is empty"},
        {"{", "unmatched brace"},
        {"}", "unmatched brace"},
        {"{name", "unmatched brace"},
        {"name}", "unmatched brace"},
        {"{name}}", "unmatched brace"},
        {"a}{name}", "unmatched brace"},
        {"{}", "{}" + unknown},
        {"{Name}", "{Name}" + unknown},
        {"{ name }", "{ name }" + unknown},
        {"{year}/{name}", "{year}" + unknown},
        {"{{name}}", "{{name}" + unknown},
    };
    for (const auto& each : cases) {
        BOOST_CHECK_EXCEPTION(KeyTemplate(each.text), std::runtime_error, [&](const auto& error) {
            BOOST_TEST(error.what() == each.problem);
            return true;
        });
    }
}

BOOST_AUTO_TEST_CASE(templates_that_fit_no_name) {
    for (const std::string& text :
         {std::string("../{name}"), std::string("a/./{name}"), std::string("{name}/.."),
          std::string("a\n{name}"), std::string("\xFF{name}"), std::string(1020, 'x') + "{name}"}) {
        BOOST_CHECK_EXCEPTION(KeyTemplate{text}, std::runtime_error, [](const auto& error) {
            return std::string(error.what())
                .starts_with("no name gives a valid object key with it: ");
        });
    }
    BOOST_CHECK_NO_THROW(KeyTemplate("/in//.x/{name}"));
}

BOOST_AUTO_TEST_CASE(name_climbs_out) {
    for (const std::string name : {"..", ".", "../etc/passwd", "a/../b", "a/./b", "a/..", "./a",
                                   "/..", "../../../../etc/shadow", "a//../b"}) {
        BOOST_TEST(key_of(name) ==
                   "400 The name '" + name +
                       "' cannot be used: '.' and '..' are not allowed as folders.");
    }
}

BOOST_AUTO_TEST_CASE(name_climbs_out_through_the_template) {
    const struct {
        const char* text;
        const char* name;
    } cases[] = {
        {"in/{name}", ".."}, {"in/{name}", "../x"},    {".{name}", "."},
        {"{stem}/x", ".."},  {"in/{stem}{ext}", ".."},
    };
    for (const auto& each : cases) {
        const KeyValues values{.name = each.name, .date = "", .uuid = "", .user = ""};
        BOOST_TEST(key_of(each.text, values).starts_with("400 "), each.text);
    }
    BOOST_TEST(key_of("{user}/{name}", {.name = "a", .date = "", .uuid = "", .user = ".."})
                   .starts_with("400 "));
}

BOOST_AUTO_TEST_CASE(dots_that_do_not_climb_out) {
    for (const std::string name : {"...", "..a", "a..", ".a", "a/...", "a.b", "..\\a", "/a", "a//b",
                                   "a/", " ", "-", "~", "%2e%2e"}) {
        BOOST_TEST(key_of(name) == name);
    }
}

BOOST_AUTO_TEST_CASE(control_characters) {
    for (int byte = 0; byte < 0x20; ++byte) {
        const std::string name = std::string("a") + static_cast<char>(byte) + "b";
        BOOST_TEST(key_of(name) ==
                   "400 The name 'a?b' cannot be used: it contains control characters.");
    }
    for (const std::string name : {"a\x7F"
                                   "b",
                                   "a\xC2\x80"
                                   "b",
                                   "a\xC2\x85"
                                   "b",
                                   "a\xC2\x9F"
                                   "b"}) {
        BOOST_TEST(key_of(name) ==
                   "400 The name 'a?b' cannot be used: it contains control characters.");
    }
    BOOST_TEST(key_of("a\xC2\xA0"
                      "b") ==
               "a\xC2\xA0"
               "b");
}

BOOST_AUTO_TEST_CASE(names_that_are_not_utf_8) {
    for (const std::string name :
         {"\xC0\xAE\xC0\xAE", "\xE0\x80\xAF", "\xF0\x80\x80\xAF", "\xED\xA0\x80", "\xED\xBF\xBF",
          "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "a\xC3", "a\xE2\x82", "a\xF0\x9F\x8E", "\x80",
          "\xFF\xFE", "gr\xFC\xDF"}) {
        BOOST_TEST(key_of(name).ends_with(" cannot be used: it is not UTF-8."), key_of(name));
    }
    BOOST_TEST(key_of("gr\xC3\xBC\xC3\x9F \xF0\x9F\x8E\x89") ==
               "gr\xC3\xBC\xC3\x9F \xF0\x9F\x8E\x89");
}

BOOST_AUTO_TEST_CASE(longest_key) {
    BOOST_TEST(key_of(std::string(1024, 'x')).size() == 1024U);
    BOOST_TEST(
        key_of(std::string(1025, 'x')).ends_with(" cannot be used: it is longer than 1024 bytes."));
    const KeyValues values{.name = std::string(1021, 'x'), .date = "", .uuid = "", .user = ""};
    BOOST_TEST(key_of("in/{name}", values).size() == 1024U);
    BOOST_TEST(key_of("in//{name}", values).starts_with("400 "));
}

BOOST_AUTO_TEST_CASE(long_name_is_shortened_in_the_text) {
    BOOST_TEST(key_of(std::string(100000, 'x')).size() < 400U);
}

BOOST_AUTO_TEST_CASE(no_name) {
    BOOST_TEST(key_of("") == "400 The upload has no name. Send one in the field file_name.");
    KeyValues values = report;
    values.name = "";
    BOOST_TEST(key_of("{uuid}", values).starts_with("400 "));
    values.name = "README";
    BOOST_TEST(key_of("{ext}", values) == "400 The upload has no name.");
}

BOOST_AUTO_TEST_CASE(user_is_missing) {
    KeyValues values = report;
    values.user = "";
    BOOST_TEST(key_of("{user}/{name}", values) ==
               "403 Log in first: files are stored by user here.");
    BOOST_TEST(key_of("{name}", values) == "report.pdf");
}

BOOST_AUTO_TEST_CASE(user_with_a_slash) {
    KeyValues values = report;
    for (const char* user : {"ada/../eve", "/", "eve/", "/eve"}) {
        values.user = user;
        BOOST_TEST(key_of("{user}/{name}", values).starts_with("403 "), user);
    }
    values.user = "EXAMPLE\\ada";
    BOOST_TEST(key_of("{user}/{name}", values) == "EXAMPLE\\ada/report.pdf");
}

BOOST_AUTO_TEST_SUITE_END()
