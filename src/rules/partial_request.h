// Recognizes a request that has only one piece of a file from its headers and its query. The fields
// of the form are read in form/receive.cpp, by the same rules (form/partial_upload.h).
#pragma once

#include "web/request.h"

namespace s3drop {

// Throws Failure(bad_request) if the request has one piece of a file: by its query, by a header
// Content-Range (jQuery File Upload) or by the headers of huge-uploader. A Content-Range that
// covers the whole file is accepted; one that cannot be read is refused.
void refuse_piece(const Request& request);

// Whether the query asks if a piece of a file has been received: Resumable.js, Flow.js and
// simple-uploader.js do this with GET before they send it, and do not send it if the reply is 200.
bool asks_for_piece(const Request& request);

}  // namespace s3drop
