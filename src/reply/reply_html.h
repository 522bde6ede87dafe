// The reply as a page, which a browser shows after sending a form without JavaScript. It uses the
// style sheet in the upload page's folder.
#pragma once

#include <string>
#include <string_view>

#include "reply/outcome.h"

namespace s3drop {

// Escapes `text` for use in an element or a quoted attribute.
std::string escape_html(std::string_view text);

// A complete document. `page`: the upload page's folder, relative to the request's address.
std::string html_page(const Outcome& outcome, const std::string& page);

}  // namespace s3drop
