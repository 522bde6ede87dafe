#include "unit/scanned.h"

#include <dlfcn.h>

#include <atomic>
#include <cstring>

#include "form/delimiter.h"

namespace {

std::atomic<std::uint64_t> scanned = 0;

}  // namespace

// The linker sends calls of s3drop::find_delimiter here (--wrap in the Makefile).
extern "C" {
std::size_t real_find_delimiter(std::string_view, std::string_view) asm(
    "__real__ZN6s3drop14find_delimiterESt17basic_string_viewIcSt11char_traitsIcEES3_");
std::size_t wrapped_find_delimiter(std::string_view, std::string_view) asm(
    "__wrap__ZN6s3drop14find_delimiterESt17basic_string_viewIcSt11char_traitsIcEES3_");

std::size_t wrapped_find_delimiter(std::string_view text, std::string_view delimiter) {
    const std::size_t hit = real_find_delimiter(text, delimiter);
    scanned += hit == std::string_view::npos ? text.size() : hit + delimiter.size();
    return hit;
}
}

// Replaces the C library's function, and calls it to do the work.
extern "C" void* memmem(const void* haystack, std::size_t size, const void* needle,
                        std::size_t length) noexcept {
    using Search = void* (*)(const void*, std::size_t, const void*, std::size_t);
    static const auto search = reinterpret_cast<Search>(dlsym(RTLD_NEXT, "memmem"));
    void* hit = search(haystack, size, needle, length);
    scanned += hit == nullptr ? size
                              : static_cast<std::size_t>(static_cast<const char*>(hit) -
                                                         static_cast<const char*>(haystack)) +
                                    length;
    return hit;
}

namespace s3drop::test {

std::uint64_t bytes_scanned() {
    return scanned;
}

}  // namespace s3drop::test
