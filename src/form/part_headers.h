// The headers of one part of a form. text_parameter.h says how names are written.
#pragma once

#include <string>
#include <string_view>

#include "form/header_value.h"
#include "form/parts.h"

namespace s3drop {

// The type and subtype of a Content-Type, in lower case and without parameters.
std::string media_type(std::string_view content_type);

// `headers`: a part's header lines, separated by CR LF, without the blank line. `container`: the
// multipart/mixed part that the part is in, if any. Such a part need not be form-data, and if it
// has no name, it gets the container's.
// Throws Failure(bad_request) for:
//   - a missing Content-Disposition, or one that is not form-data with a name;
//   - a second Content-Disposition or Content-Type;
//   - a line that is not a header, or contains a bare CR, a bare LF or a NUL;
//   - a name or a file name that cannot be decoded;
//   - a Content-Transfer-Encoding other than 7bit, 8bit and binary, because others change the
//   bytes.
Part parse_part_headers(std::string_view headers, const Part* container = nullptr);

}  // namespace s3drop
