// Finds where a part of a multipart form ends (RFC 2046 section 5.1.1).
//
// find_delimiter() reads every byte of an upload, and the sender chooses both the boundary and the
// bytes, so the worst case matters. memmem is as fast on most content, but takes 10 times as long
// on a text of CRs only, and 30 times as long on hyphens if the boundary consists of hyphens. The
// worst case found for find_delimiter(), CRs and the boundary's last character mixed at random,
// takes 12 times as long as most content. In every case the time grows in proportion to the length
// of the text: a delimiter has a CR only at its beginning, so no byte is compared for two possible
// beginnings.
#pragma once

#include <cstddef>
#include <string_view>

namespace s3drop {

// The position of the first complete `delimiter` in `text`; npos if there is none.
// `delimiter`: CR LF, then at least one byte, with no further CR.
std::size_t find_delimiter(std::string_view text, std::string_view delimiter);

}  // namespace s3drop
