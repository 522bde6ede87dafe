#include <boost/test/unit_test.hpp>

#include "base/ini_file.h"
#include "system/temporary_folder.h"
#include "unit/canned_upload.h"

using namespace s3drop;
using namespace s3drop::test;

BOOST_AUTO_TEST_SUITE(ini_file)

Ini ini_of(const std::string& content) {
    const TemporaryFolder folder;
    return read_ini(folder.file("a.ini", content)).value();
}

// The text of the problem; "" if the file is read.
std::string problem_of(const std::string& path) {
    try {
        read_ini(path);
    } catch (const std::runtime_error& error) {
        return error.what();
    }
    return {};
}

BOOST_AUTO_TEST_CASE(missing_file) {
    const TemporaryFolder folder;
    BOOST_TEST(!read_ini(folder.path("absent")).has_value());
    BOOST_TEST(!read_ini(folder.path("no/such/folder")).has_value());
    folder.file("plain", "");
    BOOST_TEST(!read_ini(folder.path("plain/below")).has_value());
}

BOOST_AUTO_TEST_CASE(empty_file) {
    for (const std::string content : {"", "\n", "# nothing\n\n; at all\n"}) {
        BOOST_TEST(ini_of(content).empty(), content);
    }
}

BOOST_AUTO_TEST_CASE(names_and_values_are_trimmed) {
    Ini ini = ini_of("A=1\n  B =  two words \t\nC=\nD=x=y\n");
    BOOST_TEST(ini[""].size() == 4U);
    BOOST_TEST(ini[""]["A"] == "1");
    BOOST_TEST(ini[""]["B"] == "two words");
    BOOST_TEST(ini[""]["C"] == "");
    BOOST_TEST(ini[""]["D"] == "x=y");
}

BOOST_AUTO_TEST_CASE(comments_are_whole_lines) {
    Ini ini = ini_of("# A=1\n  ; B=1\nC=a # b ; c\n");
    BOOST_TEST(ini[""].size() == 1U);
    BOOST_TEST(ini[""]["C"] == "a # b ; c");
}

BOOST_AUTO_TEST_CASE(sections) {
    Ini ini = ini_of("A=1\n[one]\nA=2\n[ profile two ]\nA.b=3\n");
    BOOST_TEST(ini[""]["A"] == "1");
    BOOST_TEST(ini["one"]["A"] == "2");
    BOOST_TEST(ini["profile two"]["A.b"] == "3");
}

BOOST_AUTO_TEST_CASE(crlf_line_ends) {
    Ini ini = ini_of("A=1\r\n[one]\r\nB=2\r\n");
    BOOST_TEST(ini[""]["A"] == "1");
    BOOST_TEST(ini["one"]["B"] == "2");
}

BOOST_AUTO_TEST_CASE(last_line_without_end) {
    BOOST_TEST(ini_of("A=1\nB=2")[""]["B"] == "2");
}

BOOST_AUTO_TEST_CASE(byte_order_mark_is_skipped) {
    BOOST_TEST(ini_of("\xEF\xBB\xBF"
                      "A=1\n")[""]["A"] == "1");
    BOOST_TEST(ini_of("\xEF\xBB\xBF[one]\nA=1\n")["one"]["A"] == "1");
}

BOOST_AUTO_TEST_CASE(nested_settings_belong_to_the_name_above) {
    Ini ini = ini_of(
        "[default]\nregion = eu-west-1\ns3 =\n  region = none\n\n  # why\n\tx = 1\n"
        "s3api =\n    region = none either\noutput = json\n");
    BOOST_TEST(ini["default"]["region"] == "eu-west-1");
    BOOST_TEST(ini["default"]["s3.region"] == "none");
    BOOST_TEST(ini["default"]["s3.x"] == "1");
    BOOST_TEST(ini["default"]["s3api.region"] == "none either");
    BOOST_TEST(ini["default"]["output"] == "json");
}

BOOST_AUTO_TEST_CASE(lines_with_the_same_indent_are_not_nested) {
    Ini ini = ini_of("[default]\n  empty =\n  region = eu-west-1\n    output = json\n");
    BOOST_TEST(ini["default"]["region"] == "eu-west-1");
    BOOST_TEST(ini["default"]["output"] == "json");
}

BOOST_AUTO_TEST_CASE(problem_names_the_line_and_does_not_show_it) {
    const struct {
        const char* content;
        const char* line;
    } cases[] = {
        {"A=1\nhunter2\n", ":2: "},
        {"A=1\n\n[hunter2\n", ":3: "},
        {"=hunter2\n", ":1: "},
        {"hunter2=1\nhunter2=2\n", ":2: "},
        {"[hunter2]\nA=1\n[hunter2]\n", ":3: "},
        {"s3 =\n  # x\n  hunter2\n", ":3: "},
    };
    const TemporaryFolder folder;
    for (const auto& each : cases) {
        BOOST_TEST_CONTEXT(each.content) {
            const std::string path = folder.file("broken", each.content);
            const std::string problem = problem_of(path);
            BOOST_TEST(problem.starts_with(path + each.line), problem);
            BOOST_TEST(!contains(problem, "hunter2"), problem);
        }
    }
}

BOOST_AUTO_TEST_CASE(folder_instead_of_a_file) {
    const TemporaryFolder folder;
    const std::string path = folder.path();
    const std::string problem = problem_of(path);
    BOOST_TEST(problem.starts_with(path), problem);
}

BOOST_AUTO_TEST_CASE(binary_garbage) {
    std::string garbage;
    for (int i = 0; i < 65536; ++i)
        garbage += static_cast<char>(i * 7919 >> 3);
    const TemporaryFolder folder;
    BOOST_TEST(!problem_of(folder.file("a", garbage)).empty());
}

BOOST_AUTO_TEST_SUITE_END()
