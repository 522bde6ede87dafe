// Forms made up at random, each with what is to be received of it.
#pragma once

#include <cstdint>

#include "unit/received.h"

namespace s3drop::test {

struct RandomForm {
    Sent sent;
    Received received;
};

// The same for the same seed and compiler.
RandomForm random_multipart(std::uint64_t seed);
RandomForm random_urlencoded(std::uint64_t seed);

}  // namespace s3drop::test
