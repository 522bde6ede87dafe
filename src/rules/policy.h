// Who may upload what, and where to: applies the operator's settings to one request. The functions
// throw a Failure if the settings do not allow it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "form/partial_upload.h"
#include "s3/destination.h"
#include "settings/settings.h"
#include "web/request.h"

namespace s3drop {

// What is known about an upload before its body is read.
struct RequestHead {
    std::string content_type;             // as sent
    std::optional<std::uint64_t> length;  // nullopt if there is no CONTENT_LENGTH
    PartialUpload partial;                // numbers of a piece in the query and the headers
    std::string user;                     // "" if no one is logged in
};

// Checks what can be checked before the body is read. Throws Failure: forbidden for a page that may
// not upload here, or if a login is required and missing; unsupported_media_type if the body is
// encoded (Content-Encoding); bad_request if the request has one piece of a file
// (partial_request.h), or if CONTENT_LENGTH is 0 or not a number; content_too_large if it is above
// the limit.
RequestHead admit(const Settings& settings, const Request& request);

// What the form requests for one file. "" selects the operator's default.
struct Requested {
    std::string bucket;
    std::string host;
    std::string name;  // of the object; has no default
    std::string content_type;
};

// What the object key can contain in addition to the name.
struct KeyContext {
    std::string user;  // "" if no one is logged in
    std::string date;  // YYYY-MM-DD, UTC
    std::string uuid;  // may be "" if the key template does not use it
};

// Where the file goes. Throws Failure: forbidden if the bucket or host is not allowed, or if the
// key needs a user and no one is logged in; unsupported_media_type if the content type is not
// allowed; bad_request if it is not a content type, or the name cannot be an object key.
Destination destination_of(const Settings& settings, const Requested& requested,
                           const KeyContext& context);

}  // namespace s3drop
