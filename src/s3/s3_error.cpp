#include "s3/s3_error.h"

#include <boost/property_tree/ptree.hpp>
#include <boost/property_tree/xml_parser.hpp>

#include <sstream>

#include "base/text.h"

namespace s3drop {

namespace {

// Each level of nesting costs the parser a stack frame; S3's own errors have two.
constexpr std::size_t most_elements = 200;

bool is_small(const std::string& xml) {
    return static_cast<std::size_t>(std::count(xml.begin(), xml.end(), '<')) <= most_elements;
}

}  // namespace

S3Error parse_s3_error(const HttpResponse& response) {
    S3Error error;
    if (is_small(response.body)) {
        try {
            std::istringstream xml(response.body);
            boost::property_tree::ptree tree;
            boost::property_tree::read_xml(xml, tree);
            error.code = printable(tree.get("Error.Code", ""));
            error.message = printable(tree.get("Error.Message", ""), 500);
            error.request_id = printable(tree.get("Error.RequestId", ""));
            error.endpoint = printable(tree.get("Error.Endpoint", ""));
            error.region = printable(tree.get("Error.Region", ""));
        } catch (const boost::property_tree::ptree_error&) {
            error = {};
        }
    }
    if (error.region.empty()) error.region = printable(response.header("x-amz-bucket-region"));
    if (error.request_id.empty()) error.request_id = printable(response.header("x-amz-request-id"));
    return error;
}

}  // namespace s3drop
