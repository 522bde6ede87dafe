// Header values with parameters, such as `form-data; name="a"` or `text/plain; charset=utf-8`.
//
// Senders quote values in two ways, and these rules read both of them correctly:
//   - First, "\" in a quoted value escapes '"' and "\" (RFC 9110 section 5.6.4; curl before 7.81,
//     and mail libraries). Before any other character, as in C:\fakepath\x, it is an ordinary one.
//   - If the header cannot be read to its end in this way, "\" is an ordinary character everywhere
//     (WHATWG HTML; browsers, Node, newer curl), as in `name="a\"; filename="b"`.
//   - An unquoted value ends at a space, a tab, '"' or ";". RFC 2045 requires quotation marks for
//     other characters too, but senders omit them around boundaries with "=" or "/".
//
// An error in a parameter matters only if the parameter is asked for, unless it leaves open where
// the parameter ends.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace s3drop {

struct HeaderParameter {
    std::string name;             // in lower case
    std::string text;             // without quotation marks and "\" escapes
    const char* fault = nullptr;  // what is wrong with it, for malformed()

    // The text. Throws Failure(bad_request) if there is a fault.
    const std::string& value() const;
};

struct HeaderValue {
    std::string value;                        // the text before the first ";", in lower case
    std::vector<HeaderParameter> parameters;  // as written: a name may appear twice

    // `name` is in lower case. Returns nullopt if there is no such parameter. Throws
    // Failure(bad_request) if it appears twice or has a fault.
    std::optional<std::string> parameter(std::string_view name) const;
};

// Throws Failure(bad_request) if it cannot be known where a parameter ends: a quotation mark is
// missing or in the wrong place, or there is text that does not begin with a parameter's name.
HeaderValue parse_header_value(std::string_view text);

}  // namespace s3drop
