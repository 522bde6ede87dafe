// Which scanner reads a form: by its Content-Type, one of the two that browsers send.
#pragma once

#include <memory>
#include <string_view>

#include "form/parts.h"
#include "web/body.h"

namespace s3drop {

// The Body outlives the PartSource. Throws Failure: unsupported_media_type for any other type,
// bad_request for a multipart without a boundary, length_required for a urlencoded form of unknown
// length.
std::unique_ptr<PartSource> parts_of(std::string_view content_type, Body& body);

}  // namespace s3drop
