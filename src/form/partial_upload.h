// Recognizes a form that has only one piece of a file.
//
// Many upload libraries can cut a file into several requests, which they number in fields of the
// form, in the query or in headers (upload_protocols.h). s3drop stores what one request contains,
// so each piece would be stored as if it were the file, and with UPLOAD_OVERWRITE=yes the object
// would end as the last piece. Such a request is refused. A file in a single piece is an ordinary
// upload.
//
//   - Names that only one library uses (dzchunkindex) mark a piece if the total is above 1, or if
//     there is an index above the first, or an index without a total: these libraries always send
//     both. In the JSON of a field called metadata, which any form may have, both have to be there.
//   - Names that other forms may use too (chunk, chunks) mark a piece only if both the index and
//     the total are there and are numbers, and the total is above 1. Sizes can replace the total
//     (_chunkSize, _totalSize).
//   - offset and total (of Plupload, in bytes) mark a piece if the form's file fits between them
//   and is
//     smaller than the total. That is known only when the file has been received, or its size is.
//
// A value that is not a number says nothing. If a field is there more than once, the largest value
// counts.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "base/failure.h"
#include "form/upload_protocols.h"

namespace s3drop {

class PartialUpload {
  public:
    // A longer value, in bytes, says nothing and need not be read to its end.
    static constexpr std::size_t longest_value = 64UL * 1024;

    static constexpr std::uint64_t unknown_size = std::numeric_limits<std::uint64_t>::max();

    // Whether a field of this name can number a piece. Other fields need not be added.
    static bool wants(std::string_view name);

    void add(std::string_view name, std::string_view value);

    // Whether a field so far has the number of a piece, even if there is only one.
    bool has_number() const;

    // Throws Failure(bad_request) if the fields so far mark a piece. `file_size`: how many bytes
    // the form's file has, or its largest one; by default that is not known yet.
    void refuse(std::uint64_t file_size = unknown_size) const;

  private:
    // A number from a field, and the field's name as it was sent.
    struct Number {
        std::uint64_t value;
        std::string name;
    };

    struct Numbers {
        std::optional<Number> index;  // from 0
        std::optional<Number> total;
        std::optional<Number> piece_size;
        std::optional<Number> file_size;
        std::optional<Number> offset;
    };

    void add_number(std::string_view name, std::string_view value);
    const Numbers& numbers(Protocol protocol) const {
        return found_.at(static_cast<std::size_t>(protocol));
    }

    // The Failure if the numbers mark a piece.
    std::optional<Failure> by_offset(std::uint64_t file_size) const;
    std::optional<Failure> by_generic_names() const;
    std::optional<Failure> by_names_of(Protocol protocol) const;

    static Failure piece_of(Protocol protocol, std::uint64_t pieces,
                            const std::optional<Number>& index, const std::optional<Number>& total);

    std::array<Numbers, protocol_count> found_;
};

}  // namespace s3drop
