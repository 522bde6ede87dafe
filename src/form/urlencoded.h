// The application/x-www-form-urlencoded scanner (WHATWG URL "urlencoded parsing"): a body in, parts
// out. It decodes the body block by block, so that pasted text of any size needs only a small
// window.
//
// It deliberately deviates from WHATWG in one point: a "%" that does not begin an escape is
// refused, not kept. No browser sends one, and a form that was not encoded at all would be stored
// garbled.
#pragma once

#include <string>
#include <vector>

#include "form/parts.h"
#include "web/body.h"

namespace s3drop {

class Urlencoded final : public PartSource {
  public:
    // The most bytes of the body that are held, and the size of the largest block.
    static constexpr std::size_t window_size = 64UL * 1024;

    // The Body must outlive the Urlencoded.
    explicit Urlencoded(Body& body);

    std::optional<Part> next() override;
    std::string_view data() override;
    std::optional<std::uint64_t> data_offset() const override { return std::nullopt; }
    std::optional<std::uint64_t> implied_size() const override { return std::nullopt; }
    bool at_end() override { return !in_value_ && peek() == end_of_body; }

  private:
    static constexpr int end_of_body = -1;

    int peek();
    char take_decoded();

    Body& body_;
    std::vector<char> window_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::string block_;
    std::size_t parts_ = 0;
    bool in_value_ = false;
};

}  // namespace s3drop
