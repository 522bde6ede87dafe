#include "form/delimiter.h"

#include <algorithm>
#include <cstring>

namespace s3drop {

namespace {

constexpr std::size_t batch = 64;  // positions tested at once

// The result is one byte wide, like the operands, so that vector code need not widen it.
unsigned char same(char a, char b) {
    return static_cast<unsigned char>(a == b);
}

// Whether a delimiter may begin here, judged by its first two bytes and its last one. There is no
// branch, because a sender can choose bytes for which every branch would be mispredicted.
unsigned char may_begin_at(const char* text, std::size_t last, char last_byte) {
    return static_cast<unsigned char>(same(text[0], '\r') & same(text[1], '\n') &
                                      same(text[last], last_byte));
}

// The same for the next `batch` positions. Compilers turn the loop into a few vector instructions.
bool may_begin_in_batch(const char* text, std::size_t last, char last_byte) {
    unsigned char found = 0;
    for (std::size_t i = 0; i < batch; ++i)
        found |= may_begin_at(text + i, last, last_byte);
    return found != 0;
}

}  // namespace

std::size_t find_delimiter(std::string_view text, std::string_view delimiter) {
    if (text.size() < delimiter.size()) return std::string_view::npos;
    const std::size_t last = delimiter.size() - 1;
    const std::size_t beginnings = text.size() - last;
    for (std::size_t i = 0; i < beginnings;) {
        // Most content has few CRs, and find() (memchr) gets to the next one quickly. If CRs are
        // close together, one call for each would be slow, so a whole batch is tested at once.
        const std::size_t cr = std::min(text.find('\r', i), beginnings);
        const std::size_t end = std::min(cr + (cr - i < batch ? batch : 1), beginnings);
        i = cr;
        if (end - i == batch && !may_begin_in_batch(text.data() + i, last, delimiter.back())) {
            i = end;
            continue;
        }
        for (; i < end; ++i) {
            const char* at = text.data() + i;
            if (may_begin_at(at, last, delimiter.back()) != 0 &&
                std::memcmp(at, delimiter.data(), delimiter.size()) == 0) {
                return i;
            }
        }
    }
    return std::string_view::npos;
}

}  // namespace s3drop
