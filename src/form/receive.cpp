#include "form/receive.h"

#include <algorithm>

#include "base/digest.h"
#include "base/failure.h"
#include "base/hex.h"
#include "form/partial_upload.h"

namespace s3drop {

namespace {

constexpr const char* text_type = "text/plain; charset=utf-8";

bool is_file(const Part& part) {
    return part.filename || part.name == "file_data";
}

// Counts bytes that are held in memory until the whole form has been read.
void charge(std::size_t& budget, std::size_t bytes) {
    if (bytes > budget) {
        throw Failure(Status::bad_request,
                      "The form's fields and file names are larger than 256 KiB in total.");
    }
    budget -= bytes;
}

std::string read_field(PartSource& parts, std::size_t& budget) {
    std::string value;
    for (auto block = parts.data(); !block.empty(); block = parts.data()) {
        charge(budget, block.size());
        value += block;
    }
    return value;
}

// The numbers of a piece are not kept, so nothing is charged for them.
void look_for_piece(PartialUpload& partial, const std::string& name, PartSource& parts) {
    std::string value;
    for (auto block = parts.data(); !block.empty(); block = parts.data()) {
        if (block.size() > PartialUpload::longest_value - value.size()) return;
        value += block;
    }
    partial.add(name, value);
}

bool no_file_chosen(const Part& part, std::uint64_t size) {
    return part.filename && part.filename->empty() && size == 0;
}

bool is_empty_text(const Part& part, std::uint64_t size) {
    return !part.filename && size == 0;
}

}  // namespace

Form receive(PartSource& parts, Recording& recording, const EarlyStep& early) {
    CompactForm compact;
    PartialUpload partial;
    std::uint64_t largest_file = 0;
    std::size_t field_budget = FormLimits::fields;
    bool has_file = false;
    std::optional<Part> empty_text;
    while (auto part = parts.next()) {
        if (is_file(*part)) {
            charge(field_budget, part->filename.value_or("").size() + part->content_type.size());
            if (!part->filename && part->content_type.empty()) part->content_type = text_type;
            partial.refuse();  // before the file is received
            IncomingFile incoming(parts, recording);
            const std::uint64_t expected = incoming.implied_size().value_or(0);
            const bool chosen = !part->filename || !part->filename->empty();
            if (early && !has_file && chosen && expected > Recording::memory_size) {
                partial.refuse(expected);
                CompactForm so_far = compact;
                so_far.add_file(*part, {.offset = 0, .size = expected}, "");
                early(so_far.decode(), incoming);
            }
            auto [extent, payload_hash] = incoming.finish();
            if (no_file_chosen(*part, extent.size)) continue;
            if (is_empty_text(*part, extent.size)) {
                empty_text = std::move(part);
                continue;
            }
            compact.add_file(*part, extent, std::move(payload_hash));
            largest_file = std::max(largest_file, extent.size);
            has_file = true;
        } else if (CompactForm::is_field(part->name)) {
            compact.add_field(part->name, read_field(parts, field_budget));
        } else if (PartialUpload::wants(part->name)) {
            look_for_piece(partial, part->name, parts);
        }
    }
    partial.refuse(largest_file);
    if (empty_text && !has_file) {
        compact.add_file(*empty_text, {}, hex(sha256("")));
    }
    return compact.decode();
}

}  // namespace s3drop
