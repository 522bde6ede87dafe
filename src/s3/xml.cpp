#include "s3/xml.h"

#include <boost/property_tree/xml_parser.hpp>

#include <algorithm>
#include <sstream>
#include <string_view>

namespace s3drop {

namespace {

// Each of these takes what it names from the front of `text`, and returns whether it was there.

bool skip(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
}

template <class Predicate>
bool skip_all(std::string_view& text, Predicate predicate) {
    const auto end = std::find_if_not(text.begin(), text.end(), predicate);
    const auto count = static_cast<std::size_t>(end - text.begin());
    text.remove_prefix(count);
    return count > 0;
}

bool skip_white_space(std::string_view& text) {
    return skip_all(text, [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; });
}

bool skip_name(std::string_view& text) {
    return skip_all(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '-' || c == '.' || c == ':' ||
               static_cast<unsigned char>(c) >= 0x80;
    });
}

bool skip_past(std::string_view& text, std::string_view end) {
    const std::size_t at = text.find(end);
    if (at == std::string_view::npos) return false;
    text.remove_prefix(at + end.size());
    return true;
}

bool skip_attribute(std::string_view& text) {
    if (!skip_name(text)) return false;
    skip_white_space(text);
    if (!skip(text, "=")) return false;
    skip_white_space(text);
    if (skip(text, "\"")) return skip_past(text, "\"");
    return skip(text, "'") && skip_past(text, "'");
}

enum class Markup { start_tag, empty_tag, end_tag, no_tag, malformed };

Markup skip_start_tag(std::string_view& text) {
    if (!skip_name(text)) return Markup::malformed;
    for (;;) {
        const bool separated = skip_white_space(text);
        if (skip(text, ">")) return Markup::start_tag;
        if (skip(text, "/>")) return Markup::empty_tag;
        if (!separated || !skip_attribute(text)) return Markup::malformed;
    }
}

Markup skip_end_tag(std::string_view& text) {
    if (!skip_name(text)) return Markup::malformed;
    skip_white_space(text);
    return skip(text, ">") ? Markup::end_tag : Markup::malformed;
}

// `text` begins with "<".
Markup skip_markup(std::string_view& text) {
    const auto up_to = [&](std::string_view end) {
        return skip_past(text, end) ? Markup::no_tag : Markup::malformed;
    };
    if (skip(text, "<!--")) return up_to("-->");
    if (skip(text, "<![CDATA[")) return up_to("]]>");
    if (skip(text, "<?")) return up_to("?>");
    if (skip(text, "</")) return skip_end_tag(text);
    text.remove_prefix(1);
    return skip_start_tag(text);
}

bool is_within(std::string_view text, XmlLimits limits) {
    std::size_t elements = 0;
    std::size_t depth = 0;
    for (std::size_t at = 0; (at = text.find('<')) != std::string_view::npos;) {
        text.remove_prefix(at);
        const Markup markup = skip_markup(text);
        if (markup == Markup::malformed) return false;
        if (markup == Markup::no_tag) continue;
        if (markup == Markup::end_tag) {
            if (depth == 0) return false;
            --depth;
            continue;
        }
        if (++elements > limits.elements || depth == limits.depth) return false;
        if (markup == Markup::start_tag) ++depth;
    }
    return elements > 0 && depth == 0;
}

}  // namespace

std::optional<boost::property_tree::ptree> parse_xml(const std::string& text, XmlLimits limits) {
    namespace pt = boost::property_tree;
    // To the parser a NUL is the end.
    if (text.find('\0') != std::string::npos || !is_within(text, limits)) return std::nullopt;
    try {
        std::istringstream stream(text);
        pt::ptree tree;
        pt::read_xml(stream, tree, pt::xml_parser::no_comments);
        return tree;
    } catch (const pt::xml_parser_error&) {
        return std::nullopt;
    }
}

}  // namespace s3drop
