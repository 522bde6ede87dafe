// The headers of one part of a form, and header values with parameters.
//
// Senders write file names in different ways (WHATWG HTML "multipart/form-data encoding algorithm",
// RFC 7578 section 4.2, older curl). These rules read all of them correctly:
//   - In a quoted value, "\" escapes only '"' and "\". Elsewhere it is an ordinary character, as in
//     C:\fakepath\x.
//   - In a file name, %22, %0D and %0A mean '"', CR and LF. Any other "%" is an ordinary character.
//   - filename* (RFC 8187; UTF-8 or ISO-8859-1) overrides filename if it can be decoded.
//   - An unquoted value ends at a space, a tab, '"' or ";". RFC 2045 requires quotation marks for
//     other characters too, but senders omit them around boundaries with "=" or "/".
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "form/parts.h"

namespace s3drop {

// A header value of the form `value; name=value; …`, such as `type/subtype; charset=utf-8`.
struct HeaderValue {
    std::string value;  // the text before the first ";", in lower case
    // By name, in lower case. The values have no quotation marks and no "\" escapes.
    std::map<std::string, std::string, std::less<>> parameters;

    // `name` is in lower case. Returns nullopt if there is no such parameter.
    std::optional<std::string> parameter(std::string_view name) const;
};

// Throws Failure(bad_request) if the syntax is invalid or a parameter appears twice.
HeaderValue parse_header_value(std::string_view text);

// The type and subtype of a Content-Type, in lower case and without parameters.
std::string media_type(std::string_view content_type);

// `headers`: a part's header lines, separated by CR LF, without the blank line. `container`: the
// multipart/mixed part that the part is in, if any. Such a part need not be form-data, and if it
// has no name, it gets the container's.
// Throws Failure(bad_request) for:
//   - a missing Content-Disposition, or one that is not form-data with a name;
//   - a second Content-Disposition or Content-Type;
//   - a line that is not a header, or contains a bare CR, a bare LF or a NUL;
//   - a file name that cannot be decoded;
//   - a Content-Transfer-Encoding other than 7bit, 8bit and binary, because others change the
//   bytes.
Part parse_part_headers(std::string_view headers, const Part* container = nullptr);

}  // namespace s3drop
