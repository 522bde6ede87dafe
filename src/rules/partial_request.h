// Recognizes a request that has only one piece of a file from its headers and its query. The fields
// of the form are read in form/receive.cpp, by the same rules (form/partial_upload.h).
#pragma once

#include "form/partial_upload.h"
#include "web/request.h"

namespace s3drop {

// The numbers of a piece in the query and in the headers of huge-uploader; those in the form's
// fields are added to them. Throws Failure(bad_request) if they mark a piece already, or if a
// Content-Range (jQuery File Upload) does: one that covers the whole file is accepted, one that
// cannot be read is refused.
PartialUpload partial_request(const Request& request);

// Whether the query asks if a piece of a file has been received: Resumable.js, Flow.js and
// simple-uploader.js do this with GET before they send it, and do not send it if the reply is 200.
bool asks_for_piece(const Request& request);

}  // namespace s3drop
