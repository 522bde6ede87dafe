// S3's error responses, whose body is <Error><Code/><Message/><RequestId/></Error> in XML (Amazon
// S3 API Reference, "Error responses").
#pragma once

#include "base/failure.h"
#include "http/http_client.h"

namespace s3drop {

// If the body is missing, cut short or not such XML, code and message are empty. The request id and
// the region come from the headers x-amz-request-id and x-amz-bucket-region if the body does not
// contain them. All texts are cut to a maximum length, and control characters are replaced, because
// a store's response may contain anything.
S3Error parse_s3_error(const HttpResponse& response);

}  // namespace s3drop
