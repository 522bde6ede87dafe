#include "form/delimiter.h"

#include <algorithm>
#include <cstring>

namespace s3drop {

namespace {

constexpr std::size_t block = 64;

// One byte wide, as what is compared, so that nothing has to be widened.
unsigned char same(char a, char b) {
    return static_cast<unsigned char>(a == b);
}

// Whether a delimiter may begin here, by its first two bytes and its last. Without a branch: bytes
// can be chosen so that it would be mispredicted at each of them.
unsigned char may_begin_at(const char* text, std::size_t last, char last_byte) {
    return static_cast<unsigned char>(same(text[0], '\r') & same(text[1], '\n') &
                                      same(text[last], last_byte));
}

// Compilers make a few vector instructions of it.
bool may_begin_in_block(const char* text, std::size_t last, char last_byte) {
    unsigned char found = 0;
    for (std::size_t i = 0; i < block; ++i)
        found |= may_begin_at(text + i, last, last_byte);
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
        if (end - i == block && !may_begin_in_block(text.data() + i, last, delimiter.back())) {
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
