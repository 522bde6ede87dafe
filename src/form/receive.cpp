#include "form/receive.h"

#include <algorithm>
#include <array>

#include "base/digest.h"
#include "base/failure.h"
#include "base/hex.h"
#include "base/text.h"
#include "form/part_headers.h"

namespace s3drop {

namespace {

constexpr const char* text_type = "text/plain; charset=utf-8";

// What is plainly text, in addition to text/*. An SVG image is not: it may be a file.
constexpr std::array text_types = {"application/json",       "application/xml",
                                   "application/javascript", "application/x-javascript",
                                   "application/ecmascript", "application/graphql",
                                   "application/yaml",       "application/x-yaml",
                                   "application/x-ndjson",   "application/x-www-form-urlencoded"};

bool is_plainly_text(const std::string& type) {
    if (type.empty() || type.starts_with("text/")) return true;
    if (type.starts_with("application/") && (type.ends_with("+json") || type.ends_with("+xml"))) {
        return true;
    }
    return std::find(text_types.begin(), text_types.end(), type) != text_types.end();
}

enum class Kind { field, ignored, text, file };

// The rules in receive.h.
Kind kind_of(const Part& part) {
    if (CompactForm::is_field(part.name)) return Kind::field;
    if (part.filename) return Kind::file;
    const std::string type = media_type(part.content_type);
    if (type.starts_with("multipart/")) {
        throw Failure(Status::bad_request, "The part " + quoted(part.name) + " of type " +
                                               printable(type) +
                                               " cannot be read. Send each file in a separate "
                                               "part of the form.");
    }
    if (part.name == "file_data") return Kind::text;
    if (part.attachment) return Kind::file;
    return is_plainly_text(type) ? Kind::ignored : Kind::file;
}

// Whether the file, if it is empty, means that the user has chosen none.
bool may_be_unchosen(const Part& part) {
    return part.filename ? part.filename->empty()
                         : media_type(part.content_type) == "application/octet-stream";
}

// Counts bytes that are held in memory until the whole form has been read.
void charge(std::size_t& budget, std::size_t bytes) {
    if (bytes > budget) {
        throw Failure(Status::bad_request,
                      "The form's fields and file names are larger than 256 KiB in total.");
    }
    budget -= bytes;
}

std::string read_field(const Part& part, PartSource& parts, std::size_t& budget) {
    std::string value;
    for (auto block = parts.data(); !block.empty(); block = parts.data()) {
        if (part.filename && block.size() > budget) {
            throw Failure(Status::bad_request,
                          "The part " + quoted(part.name) +
                              " is a field that controls the upload, so it cannot be a file. Send "
                              "the file in a part with another name, such as file_data.");
        }
        charge(budget, block.size());
        value += block;
    }
    return value;
}

// Text in UTF-16 and UTF-32 has NUL bytes.
bool has_wide_charset(const Part& part) {
    const std::string type = lower_case(part.content_type);
    return type.find("utf-16") != std::string::npos || type.find("utf-32") != std::string::npos;
}

// Reads a field that s3drop does not use: it may number a piece of a file, or be a file whose
// client has dropped the type (Apache HttpClient in BROWSER_COMPATIBLE mode does). Keeps nothing of
// it.
void read_ignored(const Part& part, PartSource& parts, PartialUpload& partial) {
    const bool may_be_file = parts.data_offset() && !has_wide_charset(part);  // not urlencoded
    bool wanted = PartialUpload::wants(part.name);
    std::string value;
    for (auto block = parts.data(); !block.empty(); block = parts.data()) {
        if (may_be_file && block.find('\0') != std::string_view::npos) {
            throw Failure(Status::bad_request,
                          "The part " + quoted(part.name) +
                              " has no file name and is not text. Send a file with a file name.");
        }
        wanted = wanted && block.size() <= PartialUpload::longest_value - value.size();
        if (wanted) value += block;
    }
    if (wanted) partial.add(part.name, value);
}

// Adds the type that a text has if none was sent, and the name of a file that has none.
void complete(Part& part, Kind kind) {
    if (kind == Kind::text && part.content_type.empty()) part.content_type = text_type;
    if (kind == Kind::file && !part.filename) part.filename = part.name;
}

}  // namespace

Form receive(PartSource& parts, Recording& recording, const EarlyStep& early,
             PartialUpload partial) {
    CompactForm compact;
    std::uint64_t largest_file = 0;
    std::size_t field_budget = FormLimits::fields;
    bool has_file = false;
    std::optional<Part> empty_text;
    while (auto part = parts.next()) {
        const Kind kind = kind_of(*part);
        if (kind == Kind::field) {
            compact.add_field(part->name, read_field(*part, parts, field_budget));
        } else if (kind == Kind::ignored) {
            read_ignored(*part, parts, partial);
        }
        if (kind == Kind::field || kind == Kind::ignored) continue;

        partial.refuse();  // before the file is received
        const bool unchosen_if_empty = kind == Kind::file && may_be_unchosen(*part);
        complete(*part, kind);
        charge(field_budget, part->filename.value_or("").size() + part->content_type.size());
        IncomingFile incoming(parts, recording);
        const std::uint64_t expected = incoming.implied_size().value_or(0);
        if (early && !has_file && !unchosen_if_empty && expected > Recording::memory_size) {
            partial.refuse(expected);
            CompactForm so_far = compact;
            so_far.add_file(*part, {.offset = 0, .size = expected}, "");
            early(so_far.decode(), incoming);
        }
        auto [extent, payload_hash] = incoming.finish();
        if (extent.size == 0 && unchosen_if_empty) continue;
        if (extent.size == 0 && kind == Kind::text) {
            empty_text = std::move(part);
            continue;
        }
        compact.add_file(*part, extent, std::move(payload_hash));
        largest_file = std::max(largest_file, extent.size);
        has_file = true;
    }
    partial.refuse(largest_file);
    if (empty_text && !has_file) {
        compact.add_file(*empty_text, {}, hex(sha256("")));
    }
    return compact.decode();
}

}  // namespace s3drop
