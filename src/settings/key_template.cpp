#include "settings/key_template.h"

#include <algorithm>
#include <stdexcept>

#include "base/failure.h"
#include "base/text.h"

namespace s3drop {

namespace {

constexpr std::size_t longest_key = 1024;  // bytes, Amazon S3 "Creating object key names"

// Where the extension begins: at the last dot of the last path segment. A leading dot is part of
// the name.
std::size_t extension_of(std::string_view name) {
    const std::size_t segment = name.rfind('/') == std::string_view::npos ? 0 : name.rfind('/') + 1;
    const std::size_t dot = name.rfind('.');
    return dot == std::string_view::npos || dot <= segment ? name.size() : dot;
}

bool has_dot_segment(std::string_view key) {
    while (true) {
        const std::size_t slash = key.find('/');
        const std::string_view segment = key.substr(0, slash);
        if (segment == "." || segment == "..") return true;
        if (slash == std::string_view::npos) return false;
        key.remove_prefix(slash + 1);
    }
}

// Why the text cannot be an object key, "" if it can.
std::string fault_of(const std::string& key) {
    if (!is_utf8(key)) return "it is not UTF-8";
    if (has_control_characters(key)) return "it contains control characters";
    if (has_dot_segment(key)) return "'.' and '..' are not allowed as folders";
    if (key.size() > longest_key) return "it is longer than 1024 bytes";
    return {};
}

}  // namespace

KeyTemplate::KeyTemplate(std::string_view text) {
    while (!text.empty()) {
        const std::size_t brace = std::min(text.find_first_of("{}"), text.size());
        if (brace > 0) elements_.emplace_back(std::string(text.substr(0, brace)));
        text.remove_prefix(brace);
        if (text.empty()) break;
        const std::size_t end = text.find('}');
        if (text.front() == '}' || end == std::string_view::npos) {
            throw std::runtime_error("unmatched brace");
        }
        elements_.emplace_back(placeholder(text.substr(1, end - 1)));
        text.remove_prefix(end + 1);
    }
    if (elements_.empty()) throw std::runtime_error("it is empty");
    const std::string example = expand_all(
        {.name = "name.ext", .date = "2026-01-31", .uuid = std::string(36, '0'), .user = "user"});
    if (!fault_of(example).empty()) {
        throw std::runtime_error(
            "no name gives a valid object key with it: a key is UTF-8 without control characters, "
            "has no folder '.' or '..', and is at most 1024 bytes long");
    }
}

KeyTemplate::Placeholder KeyTemplate::placeholder(std::string_view name) {
    if (name == "name") return Placeholder::name;
    if (name == "stem") return Placeholder::stem;
    if (name == "ext") return Placeholder::ext;
    if (name == "date") return Placeholder::date;
    if (name == "uuid") return Placeholder::uuid;
    if (name == "user") return Placeholder::user;
    throw std::runtime_error(
        "{" + std::string(name) +
        "} is not a placeholder; use {name} {stem} {ext} {date} {uuid} {user}");
}

std::string KeyTemplate::expand(Placeholder placeholder, const KeyValues& values) {
    const std::size_t extension = extension_of(values.name);
    switch (placeholder) {
        case Placeholder::name:
            return values.name;
        case Placeholder::stem:
            return values.name.substr(0, extension);
        case Placeholder::ext:
            return values.name.substr(extension);
        case Placeholder::date:
            return values.date;
        case Placeholder::uuid:
            return values.uuid;
        case Placeholder::user:
            break;
    }
    if (values.user.empty() || values.user.find('/') != std::string::npos) {
        throw Failure(Status::forbidden, "Log in first: files are stored by user here.");
    }
    return values.user;
}

std::string KeyTemplate::expand_all(const KeyValues& values) const {
    std::string key;
    for (const Element& element : elements_) {
        const auto* placeholder = std::get_if<Placeholder>(&element);
        key +=
            placeholder == nullptr ? std::get<std::string>(element) : expand(*placeholder, values);
    }
    return key;
}

std::string KeyTemplate::key(const KeyValues& values) const {
    if (values.name.empty()) {
        throw Failure(Status::bad_request,
                      "The upload has no name. Send one in the field file_name.");
    }
    std::string key = expand_all(values);
    if (key.empty()) throw Failure(Status::bad_request, "The upload has no name.");
    const std::string fault = fault_of(key);
    if (!fault.empty()) {
        throw Failure(Status::bad_request,
                      "The name " + quoted(key) + " cannot be used: " + fault + ".");
    }
    return key;
}

bool KeyTemplate::has_uuid() const {
    return std::any_of(elements_.begin(), elements_.end(), [](const Element& element) {
        const auto* placeholder = std::get_if<Placeholder>(&element);
        return placeholder != nullptr && *placeholder == Placeholder::uuid;
    });
}

}  // namespace s3drop
