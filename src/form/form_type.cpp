#include "form/form_type.h"

#include "base/failure.h"
#include "base/text.h"
#include "form/multipart_form.h"
#include "form/urlencoded.h"

namespace s3drop {

std::unique_ptr<PartSource> parts_of(std::string_view content_type, Body& body) {
    const std::string_view type = trim(content_type.substr(0, content_type.find(';')));
    if (equal_ignoring_case(type, "multipart/form-data")) {
        return std::make_unique<MultipartForm>(body, boundary_of(content_type));
    }
    if (!equal_ignoring_case(type, "application/x-www-form-urlencoded")) {
        throw Failure(Status::unsupported_media_type,
                      "Send a form: multipart/form-data or application/x-www-form-urlencoded.");
    }
    if (!body.length()) {
        // The format has no end mark: without a length, a form that was cut short would look
        // complete.
        throw Failure(Status::length_required,
                      "A urlencoded form needs a Content-Length. Send it with one, or as "
                      "multipart/form-data.");
    }
    return std::make_unique<Urlencoded>(body);
}

}  // namespace s3drop
