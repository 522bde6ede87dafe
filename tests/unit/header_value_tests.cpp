#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>
#include <string>
#include <vector>

#include "base/failure.h"
#include "form/header_value.h"

using namespace s3drop;

BOOST_AUTO_TEST_SUITE(header_value)

BOOST_AUTO_TEST_CASE(value_with_parameters) {
    const HeaderValue value =
        parse_header_value("  Text/Plain ; Charset=UTF-8;q=\"a;b=\\\"c\\\"\" ");
    BOOST_TEST(value.value == "text/plain");
    BOOST_TEST(value.parameters.size() == 2U);
    BOOST_TEST(value.parameter("charset").value_or("(none)") == "UTF-8");
    BOOST_TEST(value.parameter("q").value_or("(none)") == "a;b=\"c\"");
    BOOST_TEST(!value.parameter("Charset").has_value());
}

BOOST_AUTO_TEST_CASE(empty_value) {
    BOOST_TEST(parse_header_value("").value.empty());
    BOOST_TEST(parse_header_value(" ; ").parameters.empty());
    BOOST_TEST(parse_header_value("a;; ;b=c;").parameters.size() == 1U);
}

// The parameters n and f, as they are read.
struct Quoted {
    std::string written;
    std::string n;
    std::string f = "(none)";
};

std::ostream& operator<<(std::ostream& out, const Quoted& each) {
    return out << each.written;
}

const std::vector<Quoted> quoted_values{
    // Readable with "\" as an escape
    {R"(n="a\"b"; f="c\\d")", "a\"b", "c\\d"},
    {R"(n="a\"; f=\"b")", "a\"; f=\"b"},
    {R"(n="\\"; f="\"")", "\\", "\""},
    {R"(n="a\b"; f="C:\x")", "a\\b", "C:\\x"},
    // Readable only with "\" as an ordinary character
    {R"(n="a\")", "a\\"},
    {R"(n="\")", "\\"},
    {R"(n="a\"; f="b.txt")", "a\\", "b.txt"},
    {R"(f="b.txt"; n="a\")", "a\\", "b.txt"},
    {R"(n="a\"; f="b\")", "a\\", "b\\"},
    {R"(n="a\"; f="b c; d")", "a\\", "b c; d"},
    {R"(n="a\"; f="b; c\")", "a\\", "b; c\\"},
    {R"(n="a\"; f="; x=\")", "a\\", "; x=\\"},
    {R"(n="a\"; f="b; c=d\"; x="")", "a\\", "b; c=d\\"},
    {R"(n="a\\\"; f="b\\c")", R"(a\\\)", R"(b\\c)"},
    {R"(n="a\"; f=C:\)", "a\\", "C:\\"},
    // Readable in both ways, except for a parameter that nobody asks for
    {R"(n="a\"b"; x=y z)", "a\"b"},
    {R"(n="a\"; x=y z)", "a\\"},
};

BOOST_DATA_TEST_CASE(backslash, quoted_values, each) {
    const HeaderValue value = parse_header_value("form-data; " + each.written);
    BOOST_TEST(value.parameter("n").value_or("(none)") == each.n);
    BOOST_TEST(value.parameter("f").value_or("(none)") == each.f);
}

BOOST_DATA_TEST_CASE(fault_in_another_parameter,
                     (std::vector<std::string>{"x", "x y", "x =y", "x=y z", "x=1; x=2", "x=\"y\"z",
                                               "x=", "x=\"\"", "x=y z=a, b"})) {
    for (const std::string& written : {"a; n=b; " + sample, "a; " + sample + "; n=b"})
        BOOST_TEST(parse_header_value(written).parameter("n").value_or("(none)") == "b");
}

std::string refusal_of(const std::string& text) {
    try {
        return parse_header_value(text).parameter("n").value_or("(none)");
    } catch (const Failure& failure) {
        return failure.detail;
    }
}

struct Unreadable {
    std::string written;
    std::string why;
};

std::ostream& operator<<(std::ostream& out, const Unreadable& each) {
    return out << each.written;
}

const std::string not_a_pair = "a header parameter is not written as name=value";
const std::string not_quoted = "the value of a header parameter is not quoted correctly";
const std::string not_closed = "a quoted value in a header has no closing quotation mark";

const std::vector<Unreadable> unreadables{
    {"n", not_a_pair},
    {"n =b", not_a_pair},
    {"n=b; =c", not_a_pair},
    {"n=b; (c)=d", not_a_pair},
    {"n=b; x \"y\"", not_a_pair},
    {"n=b c", not_quoted},
    {"n=\"b\"c", not_quoted},
    {"n=b; x=y\"z\"", not_quoted},
    {"n=\"b\"\"c\"", not_quoted},
    {"n=\"b", not_closed},
    {"n=b; x=\"y", not_closed},
    {R"(n="b\"; x="y)", not_quoted},
    {R"(n="b\"c)", not_quoted},
    {"n=b; N=c", "a header parameter appears twice"},
};

BOOST_DATA_TEST_CASE(unreadable, unreadables, each) {
    BOOST_TEST(refusal_of("a; " + each.written) == "The form is malformed: " + each.why + ".");
}

BOOST_AUTO_TEST_SUITE_END()
