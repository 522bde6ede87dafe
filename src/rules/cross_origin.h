// Which pages may upload here, and whose scripts may read the reply.
//
// A page can make a browser send a form to any site, with the user's login there. To let sites
// refuse that, browsers say where a request comes from: in Sec-Fetch-Site (W3C Fetch Metadata
// Request Headers) and in Origin (RFC 6454; WHATWG Fetch, "Origin header"). A page cannot forge
// either header. Clients that send neither, such as curl, are allowed: no page controls them, and
// they use no login but their own.
//
// Pages of other sites may upload if the operator lists the site (UPLOAD_ORIGINS). Scripts of such
// a site may also read the replies (WHATWG Fetch, "CORS protocol").
#pragma once

#include <string>

#include "base/failure.h"
#include "settings/origin.h"
#include "web/request.h"

namespace s3drop {

// Whether the page that a request comes from may upload here: a page of the program's own site, or
// of a listed one. A page is of the own site if Sec-Fetch-Site is "same-origin" or "none" (no page
// caused the request). Without that header, its Origin must equal the request's Host; an http
// Origin is refused only if the web server says that the request came over https, because a proxy
// in front of the server may speak https. Requests with neither header are allowed.
bool page_may_upload(const Origins& origins, const Request& request);

// The failure (forbidden) for a request from a page that may not upload.
Failure page_not_allowed(const Request& request);

// Whether a request is a preflight: a browser asks whether a script may send its actual request.
bool is_preflight(const Request& request);

// What a reply tells the browser about the scripts that may read it.
struct CrossOrigin {
    bool varies = false;       // the reply depends on the request's Origin
    std::string allowed;       // the origin of these scripts; "": only the program's own site
    bool credentials = false;  // they may read it even if the browser sent a login
};

// Allows the request's Origin if it is listed, or if every origin is allowed ("*"). Credentials are
// only for one that is listed.
CrossOrigin cross_origin(const Origins& origins, const Request& request);

}  // namespace s3drop
