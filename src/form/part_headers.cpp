#include "form/part_headers.h"

#include "base/percent.h"
#include "base/text.h"

namespace s3drop {

namespace {

// Reads a header value from left to right.
class Cursor {
  public:
    explicit Cursor(std::string_view text) : text_(text) {}

    bool at_end() const { return text_.empty(); }

    bool skip(char c) {
        if (text_.empty() || text_.front() != c) return false;
        text_.remove_prefix(1);
        return true;
    }

    void skip_blanks() {
        while (skip(' ') || skip('\t')) {
        }
    }

    std::string_view take_until(std::string_view stops) {
        const std::string_view taken = text_.substr(0, text_.find_first_of(stops));
        text_.remove_prefix(taken.size());
        return taken;
    }

    std::string_view take_token() {
        std::size_t length = 0;
        while (length < text_.size() && is_token_character(text_[length]))
            ++length;
        const std::string_view taken = text_.substr(0, length);
        text_.remove_prefix(length);
        return taken;
    }

    // A value without quotation marks.
    std::string_view take_unquoted() { return take_until(" \t;\""); }

    // The content of a quoted string whose opening quotation mark has been consumed.
    std::string take_quoted() {
        std::string value;
        while (!text_.empty()) {
            const char c = text_.front();
            text_.remove_prefix(1);
            if (c == '"') return value;
            const bool escape = c == '\\' && (text_.starts_with('"') || text_.starts_with('\\'));
            value += escape ? text_.front() : c;
            if (escape) text_.remove_prefix(1);
        }
        throw malformed("a quoted value in a header has no closing quotation mark");
    }

  private:
    std::string_view text_;
};

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

std::string utf8_of_latin1(std::string_view text) {
    std::string utf8;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            utf8 += c;
        } else {
            utf8 += static_cast<char>(0xC0U | (byte >> 6U));
            utf8 += static_cast<char>(0x80U | (byte & 0x3FU));
        }
    }
    return utf8;
}

// RFC 8187 section 3.2: charset'language'percent-encoded. Returns nullopt if it cannot be decoded.
std::optional<std::string> decode_extended_value(std::string_view text) {
    const std::size_t language = text.find('\'');
    if (language == std::string_view::npos) return std::nullopt;
    const std::size_t value = text.find('\'', language + 1);
    if (value == std::string_view::npos) return std::nullopt;
    auto bytes = percent_decode(text.substr(value + 1));
    const std::string_view charset = text.substr(0, language);
    if (!bytes || equal_ignoring_case(charset, "UTF-8")) return bytes;
    if (equal_ignoring_case(charset, "ISO-8859-1")) return utf8_of_latin1(*bytes);
    return std::nullopt;
}

void parse_content_disposition(std::string_view text, const Part* container, Part& part) {
    const HeaderValue value = parse_header_value(text);
    if (value.value != "form-data" && container == nullptr)
        throw malformed("a part's Content-Disposition is not form-data");
    const auto name = value.parameter("name");
    if (!name && container == nullptr) throw malformed("a part has no name");
    part.name = name ? *name : container->name;
    part.attachment = !name;
    if (const auto plain = value.parameter("filename")) part.filename = decode_form_escapes(*plain);
    if (const auto extended = value.parameter("filename*")) {
        const auto decoded = decode_extended_value(*extended);
        if (decoded) part.filename = *decoded;
        if (!part.filename) throw malformed("a file name cannot be decoded");
    }
}

void refuse_transfer_encoding(std::string_view text) {
    const std::string encoding = lower_case(text);
    if (encoding != "7bit" && encoding != "8bit" && encoding != "binary") {
        throw malformed("a part has an unsupported Content-Transfer-Encoding");
    }
}

// RFC 5322 section 2.2.3: unfolding removes only the CR LF, not the white space after it.
std::string unfold(std::string_view headers) {
    std::string unfolded;
    unfolded.reserve(headers.size());
    for (;;) {
        const std::size_t end = headers.find("\r\n");
        unfolded += headers.substr(0, end);
        if (end == std::string_view::npos) return unfolded;
        headers.remove_prefix(end + 2);
        if (!headers.starts_with(' ') && !headers.starts_with('\t')) unfolded += "\r\n";
    }
}

}  // namespace

std::optional<std::string> HeaderValue::parameter(std::string_view name) const {
    const auto found = parameters.find(name);
    if (found == parameters.end()) return std::nullopt;
    return found->second;
}

HeaderValue parse_header_value(std::string_view text) {
    HeaderValue parsed;
    Cursor cursor(text);
    parsed.value = lower_case(trim(cursor.take_until(";")));
    while (cursor.skip(';')) {
        cursor.skip_blanks();
        if (cursor.at_end()) break;
        const std::string name = lower_case(cursor.take_token());
        if (name.empty() || !cursor.skip('='))
            throw malformed("a header parameter is not written as name=value");
        std::string value =
            cursor.skip('"') ? cursor.take_quoted() : std::string(cursor.take_unquoted());
        if (!parsed.parameters.emplace(name, std::move(value)).second) {
            throw malformed("a header parameter appears twice");
        }
        cursor.skip_blanks();
    }
    if (!cursor.at_end())
        throw malformed("the value of a header parameter is not quoted correctly");
    return parsed;
}

std::string media_type(std::string_view content_type) {
    return lower_case(trim(content_type.substr(0, content_type.find(';'))));
}

Part parse_part_headers(std::string_view headers, const Part* container) {
    Part part;
    bool disposition = false;
    bool type = false;
    const std::string unfolded = unfold(headers);
    for (std::string_view rest = unfolded; !rest.empty();) {
        const std::size_t end = rest.find("\r\n");
        const std::string_view line = rest.substr(0, end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 2);

        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos || !is_token(line.substr(0, colon)) ||
            line.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos) {
            throw malformed("a part has an invalid header");
        }
        const std::string_view name = line.substr(0, colon);
        const std::string_view value = trim(line.substr(colon + 1));
        if (equal_ignoring_case(name, "Content-Disposition")) {
            if (disposition) throw malformed("a part has two Content-Disposition headers");
            disposition = true;
            parse_content_disposition(value, container, part);
        } else if (equal_ignoring_case(name, "Content-Type")) {
            if (type) throw malformed("a part has two Content-Type headers");
            type = true;
            part.content_type = value;
        } else if (equal_ignoring_case(name, "Content-Transfer-Encoding")) {
            refuse_transfer_encoding(value);
        }
    }
    if (!disposition) throw malformed("a part has no Content-Disposition header");
    return part;
}

}  // namespace s3drop
