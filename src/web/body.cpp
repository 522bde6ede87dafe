#include "web/body.h"

#include <algorithm>
#include <string>

#include "base/failure.h"

namespace s3drop {

Body::Body(Request& request, std::optional<std::uint64_t> length, std::uint64_t max_size)
    : request_(request), length_(length), max_size_(max_size) {}

std::size_t Body::read(std::span<char> into) {
    if (length_) {
        into = into.first(std::min<std::uint64_t>(into.size(), *length_ - consumed_));
    }
    const std::size_t got = into.empty() ? 0 : request_.read(into);
    consumed_ += got;
    if (got == 0 && length_ && consumed_ < *length_) {
        throw Failure(Status::bad_request, "The upload broke off after " +
                                               std::to_string(consumed_) + " of " +
                                               std::to_string(*length_) + " bytes.");
    }
    if (consumed_ > max_size_) {
        throw Failure(Status::content_too_large, "The upload is larger than the limit of " +
                                                     std::to_string(max_size_) + " bytes.");
    }
    return got;
}

}  // namespace s3drop
