#include "web/body.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/failure.h"

namespace s3drop {

Body::Body(Request& request, std::optional<std::uint64_t> length, std::uint64_t max_size)
    : request_(request), length_(length), max_size_(max_size) {}

std::size_t Body::read(std::span<char> into) {
    if (consumed_ == length_) return 0;
    // At the limit, one byte more tells a body that ends there from one that is too large.
    std::array<char, 1> beyond{};
    const bool at_limit = consumed_ == max_size_;
    if (at_limit) {
        into = beyond;
    } else {
        const std::uint64_t left = std::min(length_.value_or(max_size_), max_size_) - consumed_;
        into = into.first(std::min<std::uint64_t>(into.size(), left));
    }
    const std::size_t got = request_.read(into);
    if (got == 0 && length_) {
        throw Failure(Status::bad_request, "The upload broke off after " +
                                               std::to_string(consumed_) + " of " +
                                               std::to_string(*length_) + " bytes.");
    }
    if (got > 0 && at_limit) {
        throw Failure(Status::content_too_large, "The upload is larger than the limit of " +
                                                     std::to_string(max_size_) + " bytes.");
    }
    consumed_ += got;
    return got;
}

}  // namespace s3drop
