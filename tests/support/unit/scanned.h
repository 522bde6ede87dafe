// Counts the bytes that the program's searches look at, so that a test can tell work that grows
// with the body from work that grows with its square, without a clock.
#pragma once

#include <cstdint>

namespace s3drop::test {

// The bytes that memmem and find_delimiter have searched since the tests began: up to the hit, or
// all of the text.
std::uint64_t bytes_scanned();

}  // namespace s3drop::test
