// Encoded words (RFC 2047): `=?charset?B?base64?=` and `=?charset?Q?quoted=20printable?=`.
//
// RFC 7578 section 4.2 does not allow them in a form, and WHATWG does not know them, but clients
// that take their headers from a mail library write file names this way. A file whose name is
// literally a complete encoded word cannot be told apart from that, and is decoded too.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace s3drop {

// Whether the text contains a complete encoded word, alone or among other text. The charset may be
// any token, with or without a language (RFC 2231 section 5), and the content may contain blanks,
// which some senders leave in it. `what=?.txt` is not an encoded word.
bool has_encoded_word(std::string_view text);

// The text in UTF-8, with its encoded words decoded. Blanks between two encoded words are dropped,
// and a character may be split between two of the same charset. Returns nullopt if a word's
// content is invalid, or utf8_of() does not support its charset.
std::optional<std::string> decode_encoded_words(std::string_view text);

}  // namespace s3drop
