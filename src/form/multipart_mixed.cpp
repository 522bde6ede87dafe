#include "form/multipart_mixed.h"

#include "base/text.h"
#include "form/multipart_form.h"
#include "form/part_headers.h"

namespace s3drop {

namespace {

std::string boundary_in(const Part& container) {
    try {
        return boundary_of(container.content_type);
    } catch (const Failure&) {
        throw malformed(described(container) + " has no valid boundary");
    }
}

}  // namespace

bool is_container(const Part& part) {
    return !part.filename && media_type(part.content_type) == "multipart/mixed";
}

std::string inner_delimiter(const Part& container, std::string_view form_delimiter) {
    std::string delimiter = "\r\n--" + boundary_in(container);
    if (delimiter.starts_with(form_delimiter) || form_delimiter.starts_with(delimiter)) {
        throw malformed("the boundary of " + described(container) +
                        " cannot be told apart from the form's");
    }
    return delimiter;
}

std::string described(const Part& container) {
    return "the multipart/mixed part " + quoted(container.name);
}

Failure cut_off(const Part& container) {
    return malformed(described(container) + " ends before its closing delimiter");
}

}  // namespace s3drop
