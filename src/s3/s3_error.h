// What S3 says of a refusal: the XML body of an error response ("Amazon S3 API Reference, Error
// responses"), <Error><Code/><Message/><RequestId/></Error>.
#pragma once

#include "base/failure.h"
#include "http/http_client.h"

namespace s3drop {

// Reads as much as there is: code and message are empty if the body is not such XML, or was cut
// short. If the body does not have them, the request id is the header x-amz-request-id, and the
// region is x-amz-bucket-region. All of it is cut to a length and cleaned of control characters: a
// store's response is not trusted to be short or text.
S3Error parse_s3_error(const HttpResponse& response);

}  // namespace s3drop
