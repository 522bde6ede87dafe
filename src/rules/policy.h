// What may be uploaded, by whom, and to where: the operator's settings held against one request.
// Every function refuses with a Failure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "s3/destination.h"
#include "settings/settings.h"
#include "web/request.h"

namespace s3drop {

// What is known of an upload before its body is read.
struct RequestHead {
    std::string content_type;             // as sent
    std::optional<std::uint64_t> length;  // nothing where the server passes no CONTENT_LENGTH
    std::string user;                     // "" where nobody signed in
};

// Refuses what need not be read: forbidden for a page that may not upload here, and without a user
// where one is required; bad_request for a CONTENT_LENGTH that is no number or 0, content_too_large
// for one above the limit.
RequestHead admit(const Settings& settings, const Request& request);

// What the client asks for one file; "" for what it leaves to the operator.
struct Wishes {
    std::string bucket;
    std::string host;
    std::string name;  // the object's
    std::string content_type;
};

// What the outside world adds to a key, passed in.
struct KeyContext {
    std::string user;
    std::string date;
    std::string uuid;
};

// Where the file goes. Refuses: forbidden for a bucket or a host outside the lists,
// unsupported_media_type for a type outside the list, bad_request for a name that cannot be a key.
Destination destination_of(const Settings& settings, const Wishes& wishes,
                           const KeyContext& context);

}  // namespace s3drop
