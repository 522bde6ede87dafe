#include "form/header_value.h"

#include <algorithm>

#include "base/text.h"
#include "form/parts.h"

namespace s3drop {

namespace {

constexpr const char* not_a_pair = "a header parameter is not written as name=value";
constexpr const char* not_quoted = "the value of a header parameter is not quoted correctly";
constexpr const char* not_closed = "a quoted value in a header has no closing quotation mark";

enum class Backslash { escapes, is_ordinary };

// Reads a header value from left to right.
class Cursor {
  public:
    Cursor(std::string_view text, Backslash backslash) : text_(text), backslash_(backslash) {}

    bool at_end() const { return text_.empty(); }
    bool at_parameter_end() const { return text_.empty() || text_.front() == ';'; }

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

    // The content of a quoted string whose opening quotation mark has been consumed. Returns
    // nullopt if it has no closing one.
    std::optional<std::string> take_quoted() {
        std::string value;
        while (!text_.empty()) {
            const char c = text_.front();
            text_.remove_prefix(1);
            if (c == '"') return value;
            const bool escape = backslash_ == Backslash::escapes && c == '\\' &&
                                (text_.starts_with('"') || text_.starts_with('\\'));
            value += escape ? text_.front() : c;
            if (escape) text_.remove_prefix(1);
        }
        return std::nullopt;
    }

  private:
    std::string_view text_;
    Backslash backslash_;
};

struct Reading {
    HeaderValue header;
    const char* fault = nullptr;  // why the header could not be read to its end

    bool has_fault() const {
        return fault != nullptr ||
               std::any_of(header.parameters.begin(), header.parameters.end(),
                           [](const HeaderParameter& each) { return each.fault != nullptr; });
    }
};

// Reads one parameter into `reading`, up to the ";" after it. Returns false if its end cannot be
// known.
bool take_parameter(Cursor& cursor, Reading& reading) {
    HeaderParameter parameter{.name = lower_case(cursor.take_token()), .text = {}};
    reading.fault = not_a_pair;
    if (parameter.name.empty()) return false;
    if (!cursor.skip('=')) {
        parameter.fault = not_a_pair;
    } else if (cursor.skip('"')) {
        auto text = cursor.take_quoted();
        reading.fault = not_closed;
        if (!text) return false;
        parameter.text = std::move(*text);
    } else {
        parameter.text = cursor.take_until(" \t;\"");
    }
    cursor.skip_blanks();
    if (!cursor.at_parameter_end() && parameter.fault == nullptr) parameter.fault = not_quoted;
    cursor.take_until(";\"");
    reading.fault = cursor.at_parameter_end() ? nullptr : parameter.fault;
    reading.header.parameters.push_back(std::move(parameter));
    return reading.fault == nullptr;
}

Reading read(std::string_view text, Backslash backslash) {
    Reading reading;
    Cursor cursor(text, backslash);
    reading.header.value = lower_case(trim(cursor.take_until(";")));
    while (cursor.skip(';')) {
        cursor.skip_blanks();
        if (!cursor.at_parameter_end() && !take_parameter(cursor, reading)) break;
    }
    return reading;
}

}  // namespace

const std::string& HeaderParameter::value() const {
    if (fault != nullptr) throw malformed(fault);
    return text;
}

std::optional<std::string> HeaderValue::parameter(std::string_view name) const {
    std::optional<std::string> found;
    for (const HeaderParameter& each : parameters) {
        if (each.name != name) continue;
        if (found) throw malformed("a header parameter appears twice");
        found = each.value();
    }
    return found;
}

HeaderValue parse_header_value(std::string_view text) {
    Reading reading = read(text, Backslash::escapes);
    if (reading.has_fault() && text.find('\\') != std::string_view::npos) {
        Reading ordinary = read(text, Backslash::is_ordinary);
        const bool is_better =
            reading.fault != nullptr ? ordinary.fault == nullptr : !ordinary.has_fault();
        if (is_better) return std::move(ordinary.header);
    }
    if (reading.fault != nullptr) throw malformed(reading.fault);
    return std::move(reading.header);
}

}  // namespace s3drop
