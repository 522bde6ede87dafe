#include "form/partial_upload.h"

#include <algorithm>

#include "base/decimal.h"
#include "base/text.h"

namespace s3drop {

namespace {

constexpr std::size_t most_digits = 32;
constexpr std::uint64_t largest = std::numeric_limits<std::uint64_t>::max();

std::optional<std::uint64_t> number_in(std::string_view value) {
    value = trim(value);
    if (value.size() > most_digits || !is_decimal(value)) return std::nullopt;
    return parse_decimal(value, most_digits).value_or(largest);
}

// The members of JSON objects that are numbers, in quotation marks or not. It scans instead of
// parsing: every quotation mark may begin a name, so escapes in other texts do not matter.
template <class Each>
void each_number(std::string_view json, Each each) {
    constexpr auto npos = std::string_view::npos;
    constexpr std::string_view blanks = " \t\r\n";
    for (std::size_t begin = json.find('"'); begin != npos; begin = json.find('"', begin + 1)) {
        const std::size_t end = json.find('"', begin + 1);
        if (end == npos) return;
        const std::size_t colon = json.find_first_not_of(blanks, end + 1);
        if (colon == npos || json[colon] != ':') continue;
        std::size_t digits = json.find_first_not_of(blanks, colon + 1);
        if (digits != npos && json[digits] == '"') ++digits;
        if (digits == npos || digits >= json.size()) return;
        const std::size_t digits_end = json.find_first_not_of("0123456789", digits);
        each(json.substr(begin + 1, end - begin - 1), json.substr(digits, digits_end - digits));
    }
}

}  // namespace

bool PartialUpload::wants(std::string_view name) {
    return protocol_field(name) != nullptr || is_protocol_metadata(name);
}

void PartialUpload::add(std::string_view name, std::string_view value) {
    if (value.size() > longest_value) return;
    if (!is_protocol_metadata(name)) return add_number(name, value);
    each_number(value, [&](std::string_view member, std::string_view digits) {
        add_number(std::string(name) + "." + std::string(member), digits);
    });
}

void PartialUpload::add_number(std::string_view name, std::string_view value) {
    const ProtocolField* field = protocol_field(name);
    auto number = number_in(value);
    if (field == nullptr || !number) return;
    Numbers& found = found_.at(static_cast<std::size_t>(field->protocol));
    const auto keep = [&](std::optional<Number>& kept) {
        if (!kept || kept->value < *number) kept = Number{*number, std::string(name)};
    };
    switch (field->role) {
        case Role::number:
            number = std::max<std::uint64_t>(*number, 1) - 1;
            return keep(found.index);
        case Role::index:
            return keep(found.index);
        case Role::total:
            return keep(found.total);
        case Role::piece_size:
            return keep(found.piece_size);
        case Role::file_size:
            return keep(found.file_size);
        case Role::offset:
            return keep(found.offset);
    }
}

bool PartialUpload::has_number() const {
    return std::any_of(found_.begin(), found_.end(),
                       [](const Numbers& each) { return each.index.has_value(); });
}

// `pieces`: how many the file has; 0 if that is not known.
Failure PartialUpload::piece_of(Protocol protocol, std::uint64_t pieces,
                                const std::optional<Number>& index,
                                const std::optional<Number>& total) {
    const std::string index_name = index ? index->name : "";
    const std::string total_name = total ? total->name : "";
    const UploadClient client = client_of(protocol, index_name, total_name);
    return {Status::bad_request,
            "This is one piece of a file that " + std::string(client.name) + " has cut into " +
                (pieces == 0 ? "several" : std::to_string(pieces)) + " (" + index_name +
                (index && total ? ", " : "") + total_name +
                "). Send the whole file in one form: " + std::string(client.remedy) + "."};
}

std::optional<Failure> PartialUpload::by_offset(std::uint64_t file_size) const {
    const Numbers& found = numbers(Protocol::offsets);
    if (!found.offset || !found.file_size) return std::nullopt;
    const std::uint64_t before = found.offset->value;
    const std::uint64_t all = found.file_size->value;
    const bool is_unknown = file_size == unknown_size;
    if (is_unknown || before >= all || file_size > all - before || file_size == all)
        return std::nullopt;
    return piece_of(Protocol::offsets, 0, found.offset, found.file_size);
}

std::optional<Failure> PartialUpload::by_generic_names() const {
    const Numbers& found = numbers(Protocol::generic);
    if (!found.index) return std::nullopt;
    if (found.total) {
        if (found.total->value <= 1 || found.index->value > found.total->value) return std::nullopt;
        return piece_of(Protocol::generic, found.total->value, found.index, found.total);
    }
    if (!found.piece_size || !found.file_size) return std::nullopt;
    const std::uint64_t each = std::max<std::uint64_t>(found.piece_size->value, 1);
    const std::uint64_t all = found.file_size->value;
    if (all <= each) return std::nullopt;
    return piece_of(Protocol::generic, all / each + (all % each == 0 ? 0 : 1), found.index,
                    found.file_size);
}

std::optional<Failure> PartialUpload::by_names_of(Protocol protocol) const {
    const Numbers& found = numbers(protocol);
    // Any form may have a field "metadata".
    if (protocol == Protocol::kendo && !(found.index && found.total)) return std::nullopt;
    if (found.total && found.total->value > 1)
        return piece_of(protocol, found.total->value, found.index, found.total);
    const bool whole = !found.index || (found.total && found.index->value == 0);
    if (whole) return std::nullopt;
    return piece_of(protocol, 0, found.index, found.total);
}

void PartialUpload::refuse(std::uint64_t file_size) const {
    for (std::size_t i = 0; i < protocol_count; ++i) {
        const auto protocol = static_cast<Protocol>(i);
        const auto failure = protocol == Protocol::offsets   ? by_offset(file_size)
                             : protocol == Protocol::generic ? by_generic_names()
                                                             : by_names_of(protocol);
        if (failure) throw Failure(*failure);
    }
}

}  // namespace s3drop
