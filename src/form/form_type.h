// Chooses the scanner for a form by its Content-Type: one of the two types that browsers send.
#pragma once

#include <memory>
#include <string_view>

#include "form/parts.h"
#include "web/body.h"

namespace s3drop {

// `content_type`: the value of the request's header. The Body must outlive the PartSource.
// Throws Failure: unsupported_media_type for any other type, bad_request for a multipart form
// without a valid boundary, length_required for a urlencoded form of unknown length.
std::unique_ptr<PartSource> parts_of(std::string_view content_type, Body& body);

}  // namespace s3drop
