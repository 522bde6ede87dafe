// A multipart/mixed part of a form: the container of several files of one field (RFC 7578 section
// 4.3). The scanner in multipart_form.h uses these functions when it comes to one.
#pragma once

#include <string>
#include <string_view>

#include "base/failure.h"
#include "form/parts.h"

namespace s3drop {

// Whether the part is a container. One with a file name is a file.
bool is_container(const Part& part);

// CR LF "--" and the boundary of the container.
// Throws Failure(bad_request) if the container has no valid boundary, or if its delimiter or
// `form_delimiter` begins with the other, so that lines could be read as either.
std::string inner_delimiter(const Part& container, std::string_view form_delimiter);

// For a message: what kind of part it is, and its name.
std::string described(const Part& container);

// The Failure for a container that has no closing delimiter before the form's next delimiter.
Failure cut_off(const Part& container);

}  // namespace s3drop
