// Finds where a part of a multipart form ends (RFC 2046 section 5.1.1).
//
// A form is as long as its file, so this looks at every byte of an upload, and whoever sends it
// chooses both the boundary and the bytes. memmem, as fast on most of them, takes 10 times as long
// on CRs alone, and 30 times on hyphens where the boundary is hyphens. The worst that was found for
// this takes 12 times as long: CRs and the boundary's last letter, mixed at random. It grows with
// the text alone, since a CR stands at a delimiter's beginning and nowhere else: no byte is
// compared for two beginnings.
#pragma once

#include <cstddef>
#include <string_view>

namespace s3drop {

// The first position of `delimiter` in `text`, npos where it is not there to its end.
// `delimiter`: CR LF, then at least one byte, none of them a CR.
std::size_t find_delimiter(std::string_view text, std::string_view delimiter);

}  // namespace s3drop
