// The reply as JSON, as a page or as text, in the format that CGI and FastCGI programs pass to the
// web server (RFC 3875 section 6). Names are escaped here, whatever they contain.
#pragma once

#include <string>
#include <string_view>

#include "reply/outcome.h"
#include "settings/settings.h"

namespace s3drop {

// Chosen by the Accept header: whichever of JSON and HTML has the higher weight, HTML if both have
// the same. Text if it names neither.
Format preferred_format(std::string_view accept);

std::string render(const Outcome& outcome, const Presentation& presentation);

// GET: the limits that apply, as JSON, for pages and scripts. They contain no secret.
std::string render_limits(const Settings& settings, const Presentation& presentation);

// GET in a browser: a redirect to the upload page.
std::string render_redirect(const Presentation& presentation);

// GET: no, there is no such thing here (204).
std::string render_nothing(const Presentation& presentation);

// OPTIONS, including a browser's preflight: what scripts of an allowed origin may send.
std::string render_options(const Presentation& presentation);

}  // namespace s3drop
