// What the fuzzers share: how an input is split, and how a fault is reported.
//
// A fuzzer (libFuzzer, LLVM) calls LLVMFuzzerTestOneInput with inputs that it generates, and keeps
// those that reach new code. Inputs are text if possible, so that the seeds in seeds/ and the
// faults in found/ can be read and written by hand.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>

namespace s3drop::test {

// Ends the process unless `holds`; libFuzzer counts that as a fault.
inline void must(bool holds, std::string_view what, std::string_view seen = {}) {
    if (holds) return;
    std::cerr << "does not hold: " << what << "\nseen: " << seen << "\n";
    std::abort();
}

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

// Removes and returns the text before the next `end`, which is removed too; all of the text if
// there is none.
inline std::string take_until(std::string_view& text, char end) {
    const std::size_t found = text.find(end);
    const std::string taken(text.substr(0, found));
    text.remove_prefix(found == std::string_view::npos ? text.size() : found + 1);
    return taken;
}

inline std::string take_line(std::string_view& text) {
    return take_until(text, '\n');
}

// Removes the first byte and returns its value; 0 if there is none.
inline unsigned take_byte(std::string_view& text) {
    if (text.empty()) return 0;
    const auto byte = static_cast<unsigned char>(text.front());
    text.remove_prefix(1);
    return byte;
}

}  // namespace s3drop::test
