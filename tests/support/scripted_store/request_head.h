// The head of an HTTP/1.1 request as the stand-in store has received it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/name_value.h"

namespace s3drop::test {

struct RequestHead {
    std::string method;
    std::string target;  // path and query as they came, encoded
    Headers headers;     // values without the white space around them

    // The first of this name, in any case; "" where there is none.
    std::string header(std::string_view name) const;
    bool has(std::string_view name) const;

    // Content-Length; nothing where it is missing or no number.
    std::optional<std::uint64_t> length() const;
};

// `text` goes to the end of the last header's line. Nothing where it is not HTTP/1.1.
std::optional<RequestHead> parse_head(std::string_view text);

// Decimal digits and nothing else.
std::optional<std::uint64_t> whole_number(std::string_view text);

// What the percent-encoded text stands for (a + is a plus sign); nothing where it is malformed.
std::optional<std::string> percent_decoded(std::string_view text);

}  // namespace s3drop::test
