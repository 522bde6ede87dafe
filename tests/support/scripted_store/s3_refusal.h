// Why S3 refuses a request, as its error document has it.
// (Amazon S3 API Reference, "Error responses".)
#pragma once

#include <string>
#include <vector>

#include "base/name_value.h"

namespace s3drop::test {

struct S3Refusal {
    int status = 0;
    std::string code;
    std::string message = {};
    std::vector<NameValue> details = {};  // further elements, such as Region
    bool circumstance = false;            // nothing is wrong with how the request was made
};

}  // namespace s3drop::test
