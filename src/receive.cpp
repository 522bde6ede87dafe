#include "receive.h"

#include "digest.h"
#include "failure.h"

namespace s3drop {

namespace {

constexpr const char* text_type = "text/plain; charset=utf-8";

bool carries_file(const Part& part) {
    return part.filename || part.name == "file_data";
}

// Of what is held in memory until the form has been read.
void charge(std::size_t& budget, std::size_t bytes) {
    if (bytes > budget) {
        throw Failure(Status::bad_request,
                      "The fields and file names of the form are larger than 256 KiB.");
    }
    budget -= bytes;
}

std::string read_field(PartSource& parts, std::size_t& budget) {
    std::string value;
    for (auto piece = parts.data(); !piece.empty(); piece = parts.data()) {
        charge(budget, piece.size());
        value += piece;
    }
    return value;
}

struct Recorded {
    Extent extent;
    std::string payload_hash;
};

Recorded record(PartSource& parts, Recording& recording) {
    Recorded file;
    file.extent.offset = recording.in_place() ? parts.data_offset().value() : recording.size();
    Sha256 hash;
    for (auto piece = parts.data(); !piece.empty(); piece = parts.data()) {
        hash.update(piece);
        if (!recording.in_place()) recording.append(piece);
        file.extent.size += piece.size();
    }
    file.payload_hash = hex(hash.finish());
    return file;
}

bool nothing_chosen(const Part& part, const Recorded& file) {
    return part.filename && part.filename->empty() && file.extent.size == 0;
}

}  // namespace

Form receive(PartSource& parts, Recording& recording) {
    CompactForm compact;
    std::size_t field_budget = FormLimits::fields;
    bool has_file = false;
    std::optional<Recorded> blank_text;
    while (auto part = parts.next()) {
        if (carries_file(*part)) {
            charge(field_budget, part->filename.value_or("").size() + part->content_type.size());
            Recorded file = record(parts, recording);
            if (nothing_chosen(*part, file)) continue;
            if (!part->filename && part->content_type.empty()) part->content_type = text_type;
            if (!part->filename && file.extent.size == 0) {
                blank_text = std::move(file);
                continue;
            }
            compact.add_file(*part, file.extent, std::move(file.payload_hash));
            has_file = true;
        } else if (CompactForm::is_field(part->name)) {
            compact.add_field(part->name, read_field(parts, field_budget));
        }
    }
    if (blank_text && !has_file) {
        compact.add_file({.name = {}, .filename = {}, .content_type = text_type},
                         blank_text->extent, std::move(blank_text->payload_hash));
    }
    return compact.decode();
}

}  // namespace s3drop
