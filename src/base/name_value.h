// A name and its value, such as a header or a query parameter.
#pragma once

#include <string>
#include <vector>

namespace s3drop {

struct NameValue {
    std::string name;
    std::string value;
};

using Headers = std::vector<NameValue>;

}  // namespace s3drop
