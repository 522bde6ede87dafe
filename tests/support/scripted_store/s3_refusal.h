// Why S3 refuses a request, as in its error document
// (Amazon S3 API Reference, "Error responses").
#pragma once

#include <string>
#include <vector>

#include "base/name_value.h"

namespace s3drop::test {

struct S3Refusal {
    int status = 0;
    std::string code;
    std::string message = {};
    std::vector<NameValue> details = {};  // more elements, such as Region
    bool circumstance = false;            // not a fault in how the request was made
};

}  // namespace s3drop::test
