// What S3 says of a refusal: the XML body of an error response ("Amazon S3 API Reference, Error
// responses"), <Error><Code/><Message/><RequestId/></Error>.
#pragma once

#include "base/failure.h"
#include "http/http_client.h"

namespace s3drop {

// Reads what is there: a body that is no such XML, or none at all, leaves code and message empty.
// Where the body has none, the request id is the header's (x-amz-request-id), and the region that
// of x-amz-bucket-region. All of it is cut to a length and cleaned of controls; a store's answer is
// not trusted to be short or text.
S3Error parse_s3_error(const HttpResponse& response);

}  // namespace s3drop
