#include "form/part_headers.h"

#include "base/text.h"
#include "form/text_parameter.h"

namespace s3drop {

namespace {

void parse_content_disposition(std::string_view text, const Part* container, Part& part) {
    const HeaderValue value = parse_header_value(text);
    if (value.value != "form-data" && container == nullptr)
        throw malformed("a part's Content-Disposition is not form-data");
    const auto name = text_parameter(value, "name");
    if (!name && container == nullptr) throw malformed("a part has no name");
    part.name = name ? *name : container->name;
    part.attachment = !name;
    part.filename = text_parameter(value, "filename");
}

void refuse_transfer_encoding(std::string_view text) {
    const std::string encoding = lower_case(text);
    if (encoding != "7bit" && encoding != "8bit" && encoding != "binary") {
        throw malformed("a part has an unsupported Content-Transfer-Encoding");
    }
}

// RFC 5322 section 2.2.3: unfolding removes only the CR LF, not the white space after it.
std::string unfold(std::string_view headers) {
    std::string unfolded;
    unfolded.reserve(headers.size());
    for (;;) {
        const std::size_t end = headers.find("\r\n");
        unfolded += headers.substr(0, end);
        if (end == std::string_view::npos) return unfolded;
        headers.remove_prefix(end + 2);
        if (!headers.starts_with(' ') && !headers.starts_with('\t')) unfolded += "\r\n";
    }
}

}  // namespace

std::string media_type(std::string_view content_type) {
    return lower_case(trim(content_type.substr(0, content_type.find(';'))));
}

Part parse_part_headers(std::string_view headers, const Part* container) {
    Part part;
    bool disposition = false;
    bool type = false;
    const std::string unfolded = unfold(headers);
    for (std::string_view rest = unfolded; !rest.empty();) {
        const std::size_t end = rest.find("\r\n");
        const std::string_view line = rest.substr(0, end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 2);

        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos || !is_token(line.substr(0, colon)) ||
            line.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos) {
            throw malformed("a part has an invalid header");
        }
        const std::string_view name = line.substr(0, colon);
        const std::string_view value = trim(line.substr(colon + 1));
        if (equal_ignoring_case(name, "Content-Disposition")) {
            if (disposition) throw malformed("a part has two Content-Disposition headers");
            disposition = true;
            parse_content_disposition(value, container, part);
        } else if (equal_ignoring_case(name, "Content-Type")) {
            if (type) throw malformed("a part has two Content-Type headers");
            type = true;
            part.content_type = value;
        } else if (equal_ignoring_case(name, "Content-Transfer-Encoding")) {
            refuse_transfer_encoding(value);
        }
    }
    if (!disposition) throw malformed("a part has no Content-Disposition header");
    return part;
}

}  // namespace s3drop
