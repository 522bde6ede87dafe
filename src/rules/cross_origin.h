// Which pages may have a browser upload here, and which may read the answer.
//
// A browser sends a form wherever a page tells it to, with the sign-in that its user has there. So
// that nobody's page can upload in somebody's name, browsers say where a request comes from: in
// Sec-Fetch-Site (W3C Fetch Metadata Request Headers) and in Origin (RFC 6454; WHATWG Fetch,
// "Origin header"). No page can forge either. What is no browser sends neither and is let in: it
// has nobody's sign-in but its own.
//
// Other sites' pages are let in where the operator lists them (UPLOAD_ORIGINS); scripts of these
// may read the answers too (WHATWG Fetch, "CORS protocol").
#pragma once

#include <string>

#include "base/failure.h"
#include "settings/origin.h"
#include "web/request.h"

namespace s3drop {

// Whether the page that a request comes from may upload here. The program's own site is what
// Sec-Fetch-Site calls "same-origin" (or "none": no page had a part in it); without that header, an
// Origin that is the request's own Host. There a scheme counts only where the server says https:
// one that says http may stand behind a proxy that speaks https.
bool admits(const Origins& origins, const Request& request);

// The refusal (forbidden) of a request that is not admitted.
Failure foreign_page(const Request& request);

// Whether a request is a browser's question whether a script may send the one it wants to.
bool is_preflight(const Request& request);

// What an answer tells the browser of scripts that may read it.
struct CrossOrigin {
    bool varies = false;       // with the request's Origin
    std::string allowed;       // whose scripts; "": only those of the program's own site
    bool credentials = false;  // even where the browser sent a sign-in along
};

// Only for an Origin that is listed. Credentials are not for one that is only let in by "*".
CrossOrigin cross_origin(const Origins& origins, const Request& request);

}  // namespace s3drop
