#include "form/text_parameter.h"

#include <map>

#include "base/decimal.h"
#include "base/percent.h"
#include "base/text.h"
#include "form/charset.h"
#include "form/encoded_word.h"
#include "form/parts.h"

namespace s3drop {

namespace {

// `written`: the parameter, or its value, as the sender wrote it.
Failure undecodable(std::string_view name, const char* why, const std::string& written) {
    const std::string what = name == "filename" ? "a file name " : "a part's name ";
    return malformed(what + why + ": " + printable(written));
}

constexpr const char* cannot_be_decoded = "cannot be decoded";
constexpr const char* bad_word = "is an encoded word (RFC 2047) that cannot be decoded";

// The three escapes of the WHATWG encoding, which does not escape "%" itself.
std::string decode_form_escapes(std::string_view text) {
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string_view escape = text.substr(i, 3);
        if (escape == "%22") {
            decoded += '"';
        } else if (equal_ignoring_case(escape, "%0D")) {
            decoded += '\r';
        } else if (equal_ignoring_case(escape, "%0A")) {
            decoded += '\n';
        } else {
            decoded += text[i];
            continue;
        }
        i += 2;
    }
    return decoded;
}

// A value of the form charset'language'text.
struct Extended {
    std::string_view charset;
    std::string_view text;  // percent-encoded
};

// Returns nullopt if the value does not have this form.
std::optional<Extended> extended(std::string_view value) {
    const std::size_t language = value.find('\'');
    if (language == std::string_view::npos) return std::nullopt;
    const std::size_t text = value.find('\'', language + 1);
    if (text == std::string_view::npos) return std::nullopt;
    return Extended{.charset = value.substr(0, language), .text = value.substr(text + 1)};
}

// RFC 8187 section 3.2. Returns nullopt if it cannot be decoded.
std::optional<std::string> decode_extended(std::string_view value) {
    const auto parsed = extended(value);
    if (!parsed) return std::nullopt;
    const auto bytes = percent_decode(parsed->text);
    return bytes ? utf8_of(parsed->charset, *bytes) : std::nullopt;
}

// One continuation, of RFC 2231.
struct Section {
    std::string_view value;
    bool is_extended;  // percent-encoded
};

// The number N of a parameter that is called prefixN or prefixN*.
std::uint64_t section_number(std::string_view parameter, std::string_view prefix) {
    std::string_view digits = parameter.substr(prefix.size());
    if (digits.ends_with('*')) digits.remove_suffix(1);
    const auto number = parse_decimal(digits, 4);
    if (!number || (digits.size() > 1 && digits.starts_with('0')))
        throw malformed("the parameter " + quoted(parameter) + " is not numbered as in RFC 2231");
    return *number;
}

// By number, without a gap.
using Sections = std::map<std::uint64_t, Section>;

Sections sections_of(const HeaderValue& header, const std::string& name) {
    const std::string prefix = name + "*";
    Sections sections;
    for (const HeaderParameter& each : header.parameters) {
        if (!each.name.starts_with(prefix) || each.name == prefix) continue;
        const std::uint64_t number = section_number(each.name, prefix);
        const Section section{.value = each.value(), .is_extended = each.name.ends_with('*')};
        if (!sections.emplace(number, section).second)
            throw malformed("there are two parameters " + prefix + std::to_string(number));
    }
    if (!sections.empty() && sections.rbegin()->first >= sections.size()) {
        std::uint64_t missing = 0;
        while (sections.contains(missing))
            ++missing;
        throw malformed("the parameter " + prefix + std::to_string(missing) + " is missing");
    }
    return sections;
}

// A character may be split between two sections. Without a charset, the bytes are UTF-8: RFC 2231
// then allows only US-ASCII. Returns nullopt if they cannot be decoded.
std::optional<std::string> decode_sections(Sections sections) {
    std::string_view charset = "UTF-8";
    Section& first = sections.at(0);
    if (first.is_extended) {
        const auto parsed = extended(first.value);
        if (!parsed) return std::nullopt;
        charset = parsed->charset;
        first.value = parsed->text;
    }
    std::string bytes;
    for (const auto& [number, section] : sections) {
        const auto decoded = section.is_extended ? percent_decode(section.value)
                                                 : std::optional<std::string>(section.value);
        if (!decoded) return std::nullopt;
        bytes += *decoded;
    }
    return utf8_of(charset, bytes);
}

std::string as_written(const std::string& name, const Section& first) {
    return name + (first.is_extended ? "*0*=" : "*0=") + std::string(first.value);
}

std::string decode_plain(std::string_view name, const std::string& text) {
    if (!has_encoded_word(text)) return decode_form_escapes(text);
    const auto decoded = decode_encoded_words(text);
    if (!decoded) throw undecodable(name, bad_word, text);
    return *decoded;
}

}  // namespace

std::optional<std::string> text_parameter(const HeaderValue& header, const std::string& name) {
    const auto plain = header.parameter(name);
    const auto extended_value = header.parameter(name + "*");
    if (extended_value) {
        if (auto decoded = decode_extended(*extended_value)) return decoded;
    }
    const Sections sections = sections_of(header, name);
    if (!sections.empty()) {
        if (auto decoded = decode_sections(sections)) return decoded;
    }
    if (plain) return decode_plain(name, *plain);
    if (extended_value) throw undecodable(name, cannot_be_decoded, name + "*=" + *extended_value);
    if (!sections.empty())
        throw undecodable(name, cannot_be_decoded, as_written(name, sections.at(0)));
    return std::nullopt;
}

}  // namespace s3drop
