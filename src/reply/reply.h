// The answer, as JSON, as a page or as text, in the form that CGI and FastCGI hand to the web
// server (RFC 3875 section 6). Names are escaped here, whatever they hold.
#pragma once

#include <string>
#include <string_view>

#include "reply/outcome.h"
#include "settings/settings.h"

namespace s3drop {

// By the Accept header: JSON or HTML where it is named, whichever is weighted higher, HTML where
// both are weighted alike; text for anything else.
Format preferred_format(std::string_view accept);

std::string render(const Outcome& outcome, const Presentation& presentation);

// GET: the limits that apply, as JSON, for pages and scripts; nothing secret among them.
std::string render_limits(const Settings& settings, const Presentation& presentation);

// GET in a browser: off to the page.
std::string render_redirect(const Presentation& presentation);

// OPTIONS, a browser's preflight among them: what scripts of an allowed origin may send.
std::string render_options(const Presentation& presentation);

}  // namespace s3drop
