// The names in a part's Content-Disposition, in all the ways in which senders write them.
//
// In this order, for `filename` and likewise for `name`:
//   1. filename*=UTF-8''na%C3%AF.txt (RFC 8187), if it can be decoded.
//   2. filename*0="a"; filename*1*=%20b (continuations, RFC 2231 sections 3 and 4.1), if they can
//      be decoded. They are joined in the order of their numbers, whatever the order in the header.
//   3. filename="…", in which %22, %0D and %0A mean '"', CR and LF (WHATWG HTML, "multipart/
//      form-data encoding algorithm"), and any other "%" is an ordinary character. If it contains
//      encoded words (RFC 2047), they are decoded and "%" is always an ordinary character.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "form/header_value.h"

namespace s3drop {

// The decoded text of "filename" or "name". It may contain any byte. Returns nullopt if the header
// does not have it in any form. Throws Failure(bad_request), which quotes what was written, if
//   - it cannot be decoded: an invalid escape, or a charset that utf8_of() does not support;
//   - a continuation is missing, appears twice or has no valid number;
//   - a parameter that was looked at has a fault or appears twice.
std::optional<std::string> text_parameter(const HeaderValue& header, const std::string& name);

}  // namespace s3drop
