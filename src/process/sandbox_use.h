// Whether the process restricts itself (sandbox.h): the operator's choice.
#pragma once

namespace s3drop {

enum class SandboxUse {
    automatic,  // if the kernel supports it
    required,   // refuse every upload if it does not
    off,
};

}  // namespace s3drop
