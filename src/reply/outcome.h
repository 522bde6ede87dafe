// What became of a request, and how it is to be presented.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/failure.h"
#include "rules/cross_origin.h"
#include "s3/object.h"

namespace s3drop {

// What became of a request.
struct Outcome {
    std::string request_id;
    std::vector<Stored> stored;  // in the form's order; those before the failure, if any
    std::optional<Failure> failure;
};

enum class Format { json, html, text };

// What the answer depends on beside its content. `page`: where the upload page is, relative to the
// request's own address.
struct Presentation {
    Format format = Format::text;
    std::string page = "./";
    CrossOrigin cross = {};
};

}  // namespace s3drop
