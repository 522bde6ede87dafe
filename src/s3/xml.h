// XML documents that S3 sends, parsed within limits that the caller chooses.
//
// The parser is Boost.PropertyTree's, which calls itself for each level of nesting and would
// overflow the stack on a document that is nothing but nesting. So the tags are counted first,
// without recursion. That count accepts less than the parser does: names, attributes and quotes
// have to be XML's, and a document type declaration is refused. S3 does not send one, and
// entities that grow to gigabytes need one.
#pragma once

#include <boost/property_tree/ptree.hpp>

#include <cstddef>
#include <optional>
#include <string>

namespace s3drop {

struct XmlLimits {
    std::size_t elements;  // in the document
    std::size_t depth;     // levels of elements; 1: a root without children
};

// The document: an element's text is its node's data, its children are the node's children, in
// their order and under their names as written, prefix included, and its attributes are the
// children of a child "<xmlattr>". Comments are dropped. Returns nullopt if `text` is not XML or
// exceeds a limit. The caller limits the length of `text`.
std::optional<boost::property_tree::ptree> parse_xml(const std::string& text, XmlLimits limits);

}  // namespace s3drop
