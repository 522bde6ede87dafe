// The answer, as JSON, as a page or as text, in the form that CGI and FastCGI hand to the web
// server (RFC 3875 section 6). Names are escaped here, whatever they hold.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/failure.h"
#include "rules/origin.h"
#include "s3/s3_put.h"
#include "settings/settings.h"

namespace s3drop {

enum class Format { json, html, text };

// By the Accept header: JSON or HTML where it is named, whichever is weighted higher, HTML where
// both are weighted alike; text for anything else.
Format preferred_format(std::string_view accept);

// What became of a request.
struct Outcome {
    std::string request_id;
    std::vector<Stored> stored;  // in the form's order; those before the failure, if any
    std::optional<Failure> failure;
};

// What the answer depends on beside its content. `page`: where the upload page is, relative to the
// request's own address.
struct Presentation {
    Format format = Format::text;
    std::string page = "./";
    CrossOrigin cross = {};
};

std::string render(const Outcome& outcome, const Presentation& presentation);

// GET: the limits that apply, as JSON, for pages and scripts; nothing secret among them.
std::string render_limits(const Settings& settings, const Presentation& presentation);

// GET in a browser: off to the page.
std::string render_redirect(const Presentation& presentation);

// OPTIONS, a browser's preflight among them: what scripts of an allowed origin may send.
std::string render_options(const Presentation& presentation);

}  // namespace s3drop
