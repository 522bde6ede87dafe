// How upload libraries that cut a file into several requests number these: the names of their
// fields, the same in a form, in the query and in JSON metadata.
//
// Names are compared without case, hyphens and underscores: "total-chunk" is "totalchunk". A member
// of a JSON object is named after its field: "metadata.chunkindex".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace s3drop {

enum class Protocol {
    dropzone,
    resumable,
    flow,
    fine_uploader,
    kendo,
    devextreme,
    huge_uploader,
    offsets,  // of Plupload: bytes instead of numbers
    generic,  // names that other forms may use for something else
};
inline constexpr std::size_t protocol_count = 9;

enum class Role {
    index,       // of this piece, from 0
    number,      // of this piece, from 1
    total,       // how many pieces there are
    piece_size,  // of every piece except the last, in bytes
    file_size,   // of the whole file, in bytes
    offset,      // of this piece in the file, in bytes
};

struct ProtocolField {
    std::string_view name;
    Protocol protocol;
    Role role;
};

// The field of this name, nullptr if no protocol has it.
const ProtocolField* protocol_field(std::string_view name);

// Whether a field of this name has a JSON object whose members are fields.
bool is_protocol_metadata(std::string_view name);

// Who sends these fields, and which option makes it send whole files; for the text of a refusal.
struct UploadClient {
    std::string_view name;
    std::string_view remedy;
};

// `index` and `total`: names as sent. They tell the clients of Protocol::generic apart.
UploadClient client_of(Protocol protocol, std::string_view index, std::string_view total);

}  // namespace s3drop
