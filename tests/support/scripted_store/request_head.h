// The head of an HTTP/1.1 request, as a test's server has received it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/name_value.h"

namespace s3drop::test {

struct RequestHead {
    std::string method;
    std::string target;  // path and query as received, encoded
    Headers headers;     // values without the white space around them

    // The value of the first header with this name, ignoring case; "" if there is none.
    std::string header(std::string_view name) const;
    bool has(std::string_view name) const;

    // Content-Length; nullopt if it is missing or not a number.
    std::optional<std::uint64_t> length() const;
};

// `text` ends with the line break of the last header. Returns nullopt if it is not HTTP/1.1.
std::optional<RequestHead> parse_head(std::string_view text);

// Returns nullopt unless the text consists of decimal digits.
std::optional<std::uint64_t> whole_number(std::string_view text);

// Decodes percent-encoded text; + stays a plus sign. Returns nullopt if it is malformed.
std::optional<std::string> percent_decoded(std::string_view text);

}  // namespace s3drop::test
