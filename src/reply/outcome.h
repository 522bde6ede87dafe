// What became of a request, and how the reply presents it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/failure.h"
#include "rules/cross_origin.h"
#include "s3/object.h"

namespace s3drop {

struct Outcome {
    std::string request_id;
    std::vector<Stored> stored;  // in the form's order; those before the failure, if any
    std::optional<Failure> failure;
};

enum class Format { json, html, text };

// What the reply depends on in addition to the outcome. `page`: the folder of the upload page,
// relative to the request's address.
struct Presentation {
    Format format = Format::text;
    std::string page = "./";
    CrossOrigin cross = {};
    bool closes = false;  // the web server closes the connection after the reply
};

}  // namespace s3drop
