#include "rules/partial_request.h"

#include <algorithm>
#include <string>

#include "base/decimal.h"
#include "base/failure.h"
#include "base/percent.h"
#include "base/text.h"

namespace s3drop {

namespace {

PartialUpload in_query(const Request& request) {
    PartialUpload found;
    for (const std::string& pair : split(request.variable("QUERY_STRING"), '&')) {
        const std::size_t equals = std::min(pair.find('='), pair.size());
        const auto name = percent_decode(std::string_view(pair).substr(0, equals));
        if (!name || !PartialUpload::wants(*name)) continue;
        const auto value =
            percent_decode(std::string_view(pair).substr(std::min(equals + 1, pair.size())));
        if (value) found.add(*name, *value);
    }
    return found;
}

// "bytes 0-99/100" (RFC 9110 section 14.4): all bytes of a file whose size is known.
bool is_whole_file(std::string_view range) {
    constexpr std::string_view unit = "bytes ";
    if (!equal_ignoring_case(range.substr(0, unit.size()), unit)) return false;
    const std::string_view digits = trim(range.substr(unit.size()));
    const std::size_t hyphen = std::min(digits.find('-'), digits.size());
    const std::size_t slash = std::min(digits.find('/', hyphen), digits.size());
    if (slash == digits.size()) return false;
    const auto first = parse_decimal(digits.substr(0, hyphen));
    const auto last = parse_decimal(digits.substr(hyphen + 1, slash - hyphen - 1));
    const auto size = parse_decimal(digits.substr(slash + 1));
    return first && last && size && *first == 0 && *size > 0 && *last == *size - 1;
}

}  // namespace

PartialUpload partial_request(const Request& request) {
    const std::string_view range = trim(request.variable("HTTP_CONTENT_RANGE"));
    if (!range.empty() && !is_whole_file(range)) {
        throw Failure(Status::bad_request,
                      "This is one piece of a file that the client has cut into several "
                      "(Content-Range: " +
                          printable(range) +
                          "). Send the whole file in one form: remove maxChunkSize (jQuery File "
                          "Upload), or switch off uploads in chunks.");
    }
    PartialUpload found = in_query(request);
    found.add("uploader-chunk-number", request.variable("HTTP_UPLOADER_CHUNK_NUMBER"));
    found.add("uploader-chunks-total", request.variable("HTTP_UPLOADER_CHUNKS_TOTAL"));
    found.refuse();
    return found;
}

bool asks_for_piece(const Request& request) {
    return in_query(request).has_number();
}

}  // namespace s3drop
