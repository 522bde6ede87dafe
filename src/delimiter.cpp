#include "delimiter.h"

#include <algorithm>
#include <cstring>

namespace s3drop {

namespace {

constexpr std::size_t block = 64;

// One byte wide, as what is compared, so that nothing has to be widened.
unsigned char same(char a, char b) {
    return static_cast<unsigned char>(a == b);
}

// Whether a delimiter may begin in the block, by its first two bytes and its last. No branch in the
// loop: compilers make a few vector instructions of it.
bool may_begin_in(const char* text, std::size_t last, char last_byte) {
    unsigned char found = 0;
    for (std::size_t i = 0; i < block; ++i) {
        found |= static_cast<unsigned char>(same(text[i], '\r') & same(text[i + 1], '\n') &
                                            same(text[i + last], last_byte));
    }
    return found != 0;
}

}  // namespace

std::size_t find_delimiter(std::string_view text, std::string_view delimiter) {
    if (text.size() < delimiter.size()) return std::string_view::npos;
    const std::size_t last = delimiter.size() - 1;
    const std::size_t beginnings = text.size() - last;
    for (std::size_t i = 0; i < beginnings;) {
        // Most content has few CRs, which memchr finds quickly. Where they are close together, it
        // would be called for each: a block at a time is what keeps those cheap.
        const std::size_t cr = std::min(text.find('\r', i), beginnings);
        const std::size_t end = std::min(cr + (cr - i < block ? block : 1), beginnings);
        i = cr;
        if (end - i == block && !may_begin_in(text.data() + i, last, delimiter.back())) {
            i = end;
            continue;
        }
        for (; i < end; ++i) {
            if (text[i] == '\r' && text[i + last] == delimiter.back() &&
                std::memcmp(text.data() + i, delimiter.data(), delimiter.size()) == 0) {
                return i;
            }
        }
    }
    return std::string_view::npos;
}

}  // namespace s3drop
