// The headers of one part of a form, and the header values that carry parameters.
//
// How senders write a file name (WHATWG HTML "multipart/form-data encoding algorithm", RFC 7578
// section 4.2, older curl) does not agree, so this is the reading that is right for all of them:
//   - a quoted value: "\" escapes only '"' and "\", anywhere else it is itself (C:\fakepath\x);
//     %22, %0D and %0A stand for '"', CR and LF, all other "%" are themselves;
//   - filename* (RFC 8187; UTF-8 or ISO-8859-1) wins over filename, where it can be read;
//   - an unquoted value goes up to a blank or ";": senders leave out the quotation marks that RFC
//   2045
//     wants around boundaries with "=" or "/".
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "form/parts.h"

namespace s3drop {

// A value of the form `type/subtype; name=value; …`. Names of parameters in lower case.
struct HeaderValue {
    std::string value;  // what stands before the first ";", in lower case
    std::map<std::string, std::string, std::less<>> parameters;

    std::optional<std::string> parameter(std::string_view name) const;
};

// Throws Failure(bad_request) where the syntax is broken or a parameter stands there twice.
HeaderValue parse_header_value(std::string_view text);

// `headers`: the lines of a part, CR LF between them, without the blank line.
// Throws Failure(bad_request): no Content-Disposition form-data with a name, a header there twice,
// a bare CR, LF or NUL, a transfer encoding that would change the bytes.
Part parse_part_headers(std::string_view headers);

}  // namespace s3drop
