// What may be uploaded, by whom, and to where: the operator's settings held against one request.
// Every function refuses with a Failure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "form/form.h"
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

// One object to be, and where.
struct Destination {
    std::string bucket;
    std::string key;
    std::string content_type;
    std::string region;
    ObjectAddress address;
};

// What the outside world adds to a key, passed in.
struct KeyContext {
    std::string user;
    std::string date;
    std::string uuid;
};

// Refuses: forbidden for a bucket or a host outside the lists, unsupported_media_type for a type
// outside the list, bad_request for a name that cannot be a key, or for one file_name for several
// files.
Destination destination(const Settings& settings, const Form& form, const FormFile& file,
                        const KeyContext& context);

// The same object at another host, for another region, as S3 asked for it; "" is as before.
// Nothing where the operator does not allow that host, or S3 named no host or region.
std::optional<Destination> moved(const Settings& settings, const Destination& to,
                                 const std::string& host, const std::string& region);

}  // namespace s3drop
