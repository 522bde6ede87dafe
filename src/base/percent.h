// Percent-encoding of URI text, by the rules that Amazon S3 signs with.
//
// Works on bytes: UTF-8 in, UTF-8 out, but neither function asks whether the text is UTF-8.
// Knows no locale and fails on nothing but memory.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace s3drop {

// AWS's UriEncode(), as in "Signature Calculations for the Authorization Header: Transferring
// Payload in a Single Chunk": every byte but A-Z a-z 0-9 - . _ ~ becomes % and two upper-case
// hexadecimal digits; a space is %20, never +.
// keep_slash leaves / as it is: true for an object key in a path, false everywhere else.
std::string uri_encode(std::string_view text, bool keep_slash);

// The bytes that the text stands for (RFC 3986 section 2.1), or nullopt where a % is not followed
// by two hexadecimal digits of either case. A + is a plus sign, not the space that it is in
// application/x-www-form-urlencoded. The result may hold any byte: %00 is a NUL, %2F a slash.
std::optional<std::string> percent_decode(std::string_view text);

}  // namespace s3drop
