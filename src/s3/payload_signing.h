// How the signature of a PUT covers its payload.
#pragma once

namespace s3drop {

enum class PayloadSigning {
    automatic,  // none for a payload that streams over https, otherwise whole
    whole,      // by its SHA-256: the payload has to be complete before it is sent
    chunks,     // each chunk is signed as it is sent (aws_chunked.h)
    none,       // not at all: only TLS protects it
};

}  // namespace s3drop
