// Percent-encoding of URI text, by the rules of Amazon S3's signatures.
//
// It works on bytes: UTF-8 remains UTF-8, but neither function checks that the text is UTF-8.
// Independent of the locale. The only possible exception is std::bad_alloc.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace s3drop {

// AWS's UriEncode(), as in "Signature Calculations for the Authorization Header: Transferring
// Payload in a Single Chunk": every byte except A-Z a-z 0-9 - . _ ~ becomes % and two upper-case
// hexadecimal digits; a space is %20, never +.
// keep_slash leaves / unencoded: true for an object key in a path, false everywhere else.
std::string uri_encode(std::string_view text, bool keep_slash);

// Decodes the text (RFC 3986 section 2.1). Returns nullopt if a % is not followed by two
// hexadecimal digits of either case. A + stays a plus sign; only in
// application/x-www-form-urlencoded does it mean a space. The result can contain any byte: %00
// gives a NUL, %2F a slash.
std::optional<std::string> percent_decode(std::string_view text);

// The same with another character in place of the "%", such as the "=" of quoted-printable text.
std::optional<std::string> decode_escapes(std::string_view text, char escape);

}  // namespace s3drop
