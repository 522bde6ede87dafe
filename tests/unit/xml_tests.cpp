#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include "s3/xml.h"

using namespace s3drop;
using Tree = boost::property_tree::ptree;

BOOST_AUTO_TEST_SUITE(xml)

constexpr XmlLimits few{.elements = 5, .depth = 3};

std::string repeated(const std::string& text, std::size_t times) {
    std::string all;
    for (std::size_t i = 0; i < times; ++i)
        all += text;
    return all;
}

bool is_accepted(const std::string& text, XmlLimits limits = few) {
    return parse_xml(text, limits).has_value();
}

// The number of levels of elements below `tree`, without attributes.
std::size_t depth_of(const Tree& tree) {
    std::size_t depth = 0;
    for (const auto& [name, child] : tree)
        if (name != "<xmlattr>") depth = std::max(depth, 1 + depth_of(child));
    return depth;
}

BOOST_AUTO_TEST_CASE(texts_children_and_attributes) {
    const auto tree = parse_xml(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- first -->\n"
        "<r xmlns='urn:x>y</z>' >\n <a>1</a ><p:a b = \"&lt;&quot;\" />\r\n"
        "<a>2<![CDATA[<&>]]><!-- <c> -->3<?pi <c> ?></a></r>\n",
        few);
    BOOST_TEST_REQUIRE(tree.has_value());
    BOOST_TEST(tree->get<std::string>("r.<xmlattr>.xmlns") == "urn:x>y</z>");
    BOOST_TEST(tree->get<std::string>("r.p:a.<xmlattr>.b") == "<\"");
    std::vector<std::string> texts;
    for (const auto& [name, child] : tree->get_child("r"))
        if (name == "a") texts.push_back(child.data());
    BOOST_TEST(texts == (std::vector<std::string>{"1", "2<&>3"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(entities) {
    const std::pair<const char*, const char*> cases[] = {
        {"&lt;&gt;&amp;&quot;&apos;", "<>&\"'"},
        {"&#65;&#x42;&#xe9;&#x1F600;", "AB\xC3\xA9\xF0\x9F\x98\x80"},
        {"&amp;lt;", "&lt;"},
        {"&unknown; & &;", "&unknown; & &;"},  // left unchanged: nothing can define it
    };
    for (const auto& [text, meaning] : cases) {
        const auto tree = parse_xml("<a>" + std::string(text) + "</a>", few);
        BOOST_TEST_REQUIRE(tree.has_value());
        BOOST_TEST(tree->get<std::string>("a") == meaning);
    }
    for (const char* text : {"&#x110000;", "&#65", "&#x41"})
        BOOST_TEST(!is_accepted("<a>" + std::string(text) + "</a>"), text);
}

BOOST_AUTO_TEST_CASE(document_type_declarations_are_refused) {
    for (const char* declaration :
         {"<!DOCTYPE a>", "<!DOCTYPE a [<!ENTITY b \"c\">]>", "<!DOCTYPE a SYSTEM \"file:///x\">",
          "<!ENTITY b \"c\">", "<!>", "<!x>", "<!doctype a>"}) {
        BOOST_TEST(!is_accepted(declaration + std::string("<a/>")), declaration);
        BOOST_TEST(!is_accepted(std::string("<a>") + declaration + "</a>"), declaration);
    }
}

BOOST_AUTO_TEST_CASE(empty_elements) {
    for (const char* text : {"<a/>", "<a></a>", "<a />", "<a b=''/>", "\xEF\xBB\xBF<a/>"}) {
        const auto tree = parse_xml(text, few);
        BOOST_TEST_REQUIRE(tree.has_value(), text);
        BOOST_TEST(tree->get<std::string>("a") == "");
    }
}

BOOST_AUTO_TEST_CASE(texts_that_are_not_xml) {
    for (const char* text : {"",
                             " ",
                             "text",
                             "<",
                             "<a",
                             "<a>",
                             "<a/",
                             "</a>",
                             "<a></a></a>",
                             "<a><b></a>",
                             "<a>x<b",
                             "<a></a",
                             "<a>< /a>",
                             "< a/>",
                             "<a b/>",
                             "<a b=/>",
                             "<a b=c/>",
                             "<a b='c/>",
                             "<a b=\"c'/>",
                             "<a b='c'd='e'/>",
                             "<a'>'</a>",
                             "<a\" b=\"></a>",
                             "<a=\" b=\"></a>",
                             "<a / >",
                             "<>",
                             "</>",
                             "<!--",
                             "<!-- -->",
                             "<a><!-- --</a>",
                             "<a><![CDATA[x]]</a>",
                             "<?xml",
                             "<?xml?>",
                             "<a/>x",
                             "x<a/>",
                             "<a><<b/></a>",
                             "{\"a\": 1}"})
        BOOST_TEST(!is_accepted(text), text);
    BOOST_TEST(!is_accepted(std::string("<a>\0</a>", 8)));
    BOOST_TEST(!is_accepted(std::string("<a/>\0", 5)));
}

BOOST_AUTO_TEST_CASE(cut_at_every_offset) {
    const std::string whole =
        "<?xml version='1.0'?><a b='c'><![CDATA[x]]><d>&lt;</d><!--y--><e/></a>";
    BOOST_TEST(is_accepted(whole));
    for (std::size_t size = 0; size < whole.size(); ++size)
        BOOST_TEST(!is_accepted(whole.substr(0, size)), size);
}

BOOST_AUTO_TEST_CASE(as_many_elements_as_allowed) {
    BOOST_TEST(is_accepted("<a>" + repeated("<b/>", 4) + "</a>"));
    BOOST_TEST(is_accepted("<a>" + repeated("<b>x</b>", 4) + "</a>"));
    BOOST_TEST(!is_accepted("<a>" + repeated("<b/>", 5) + "</a>"));
    BOOST_TEST(!is_accepted("<a>" + repeated("<b>x</b>", 5) + "</a>"));
    // Only elements count.
    BOOST_TEST(is_accepted("<a>" + repeated("<!--<b>--><![CDATA[<b>]]><?b?>", 100) + "</a>"));
}

BOOST_AUTO_TEST_CASE(as_deep_as_allowed) {
    BOOST_TEST(is_accepted("<a><a><a></a></a></a>"));
    BOOST_TEST(is_accepted("<a><a><a/><a/></a></a>"));
    BOOST_TEST(!is_accepted("<a><a><a><a></a></a></a></a>"));
    BOOST_TEST(!is_accepted("<a><a><a><a/></a></a></a>"));
    BOOST_TEST(!is_accepted("<a/>", {.elements = 5, .depth = 0}));
    BOOST_TEST(!is_accepted("<a/>", {.elements = 0, .depth = 5}));
}

BOOST_AUTO_TEST_CASE(thousands_of_elements) {
    constexpr XmlLimits many{.elements = 50001, .depth = 3};
    std::string text = "<ListPartsResult>";
    for (int number = 1; number <= 10000; ++number)
        text += "<Part><PartNumber>" + std::to_string(number) +
                "</PartNumber><ETag>&quot;e&quot;</ETag><Size>5242880</Size><X/></Part>";
    const auto tree = parse_xml(text + "</ListPartsResult>", many);
    BOOST_TEST_REQUIRE(tree.has_value());
    const Tree& parts = tree->get_child("ListPartsResult");
    BOOST_TEST(parts.size() == 10000U);
    BOOST_TEST(parts.back().second.get<int>("PartNumber") == 10000);
    BOOST_TEST(parts.back().second.get<std::string>("ETag") == "\"e\"");
    BOOST_TEST(!is_accepted(text + "<One/><More/></ListPartsResult>", many));
}

// Parsing them would overflow the stack.
BOOST_AUTO_TEST_CASE(a_million_levels) {
    constexpr XmlLimits wide{.elements = std::numeric_limits<std::size_t>::max(), .depth = 100};
    constexpr std::size_t levels = 1000000;
    for (const char* open : {"<a>", "<a b='>'>", "<a b='/'>", "<a b='</a>'>", "<a b=\"'/>\">",
                             "<a><!--</a>-->", "<a><![CDATA[</a>]]>", "<a><?</a>?>", "<a><b/>",
                             "<a\" b=\"></a>", "<a=\" b=\"></a>", "<a b=x/y>", "<!--><a>-->"}) {
        BOOST_TEST(!is_accepted(repeated(open, levels), wide), open);
        BOOST_TEST(!is_accepted(repeated(open, levels) + repeated("</a>", levels), wide), open);
    }
}

// Whatever the tags contain, the program never counts fewer levels than the parser.
BOOST_AUTO_TEST_CASE(random_markup) {
    const std::vector<std::string> tokens = {
        "<a>",  "</a>", "<a/>", "<a b='",      "<a b=\"", "'>", "\">",  "'/>", "\"/>",
        "<!--", "-->",  "-",    "<![CDATA[",   "]]>",     "<?", "?>",   "<",   ">",
        "/",    "'",    "\"",   "=",           " ",       "x",  "!",    "?",   "<a ",
        "</a ", "b=''", "<!",   "<!DOCTYPE a", "[",       "]",  "&lt;", "\n"};
    unsigned state = 1;
    std::size_t accepted = 0;
    for (int round = 0; round < 200000; ++round) {
        std::string text = "<a>";
        for (unsigned count = 0; count < 8; ++count) {
            state = state * 1103515245U + 12345U;
            text += tokens[(state >> 16U) % (round % 2 == 0 ? tokens.size() : 14)];
        }
        text += "</a>";
        const auto tree = parse_xml(text, few);
        if (!tree) continue;
        ++accepted;
        BOOST_TEST_REQUIRE(depth_of(*tree) <= few.depth, text);
    }
    BOOST_TEST(accepted > 1000U);
}

BOOST_AUTO_TEST_SUITE_END()
