// Random forms, each with what must be received from it.
#pragma once

#include <cstdint>

#include "unit/received.h"

namespace s3drop::test {

struct RandomForm {
    Sent sent;
    Received received;
};

// The same form for the same seed and compiler.
RandomForm random_multipart(std::uint64_t seed);
RandomForm random_urlencoded(std::uint64_t seed);

}  // namespace s3drop::test
