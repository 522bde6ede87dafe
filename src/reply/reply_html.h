// The answer as a page: what a form without JavaScript shows next. It uses the upload page's own
// style sheet, which lies beside that page.
#pragma once

#include <string>
#include <string_view>

#include "reply/outcome.h"

namespace s3drop {

// `text` as content of an element or of a quoted attribute.
std::string escape_html(std::string_view text);

// A complete document. `page`: the upload page's folder, relative to the request's address.
std::string html_page(const Outcome& outcome, const std::string& page);

}  // namespace s3drop
