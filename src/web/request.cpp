#include "web/request.h"

#include <string>

namespace s3drop {

bool is_unread(const Request& request, std::uint64_t read, bool ended) {
    if (ended) return false;
    const std::string_view length = request.variable("CONTENT_LENGTH");
    if (length.empty()) return request.variable("REQUEST_METHOD") == "POST";
    return std::to_string(read) != length;
}

}  // namespace s3drop
