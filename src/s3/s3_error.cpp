#include "s3/s3_error.h"

#include "base/text.h"
#include "s3/xml.h"

namespace s3drop {

namespace {

// Several times what S3's own errors have.
constexpr XmlLimits limits{.elements = 200, .depth = 8};

}  // namespace

S3Error parse_s3_error(const HttpResponse& response) {
    S3Error error;
    if (const auto tree = parse_xml(response.body, limits)) {
        error.code = printable(tree->get("Error.Code", ""));
        error.message = printable(tree->get("Error.Message", ""), 500);
        error.request_id = printable(tree->get("Error.RequestId", ""));
        error.endpoint = printable(tree->get("Error.Endpoint", ""));
        error.region = printable(tree->get("Error.Region", ""));
    }
    if (error.region.empty()) error.region = printable(response.header("x-amz-bucket-region"));
    if (error.request_id.empty()) error.request_id = printable(response.header("x-amz-request-id"));
    return error;
}

}  // namespace s3drop
