// The headers of one part of a form. text_parameter.h says how names are written.
#pragma once

#include <string_view>

#include "form/header_value.h"
#include "form/parts.h"

namespace s3drop {

// `headers`: a part's header lines, separated by CR LF, without the blank line.
// Throws Failure(bad_request) for:
//   - a missing Content-Disposition, or one that is not form-data with a name;
//   - a second Content-Disposition or Content-Type;
//   - a line that is not a header, or contains a bare CR, a bare LF or a NUL;
//   - a name or a file name that cannot be decoded;
//   - a Content-Transfer-Encoding other than 7bit, 8bit and binary, because others change the
//   bytes.
Part parse_part_headers(std::string_view headers);

}  // namespace s3drop
