#include "unit/random_form.h"

#include <algorithm>
#include <cstdio>
#include <random>
#include <utility>

namespace s3drop::test {

namespace {

using namespace std::string_literals;

// Not the standard library's distributions, which differ from library to library.
class Dice {
  public:
    explicit Dice(std::uint64_t seed) : random_(seed) {}

    std::size_t below(std::size_t bound) { return random_() % bound; }
    bool one_in(std::size_t chances) { return below(chances) == 0; }

    const std::string& of(const std::vector<std::string>& choices) {
        return choices[below(choices.size())];
    }

    std::string run_of(const std::vector<std::string>& choices, std::size_t most) {
        std::string run;
        for (std::size_t left = below(most + 1); left > 0; --left)
            run += of(choices);
        return run;
    }

    std::string in_any_case(std::string text) {
        for (char& c : text)
            if (((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) && one_in(4)) c ^= 0x20;
        return text;
    }

  private:
    std::mt19937_64 random_;
};

std::string percent(char c, const char* format) {
    char escape[4];
    std::snprintf(escape, sizeof escape, format,
                  static_cast<unsigned>(static_cast<unsigned char>(c)));
    return escape;
}

// No "%" before digits, and no "\" before "\" or '"': senders disagree on what those mean.
const std::vector<std::string> name_units{
    "a", "Z",  "9",   ".txt", " ", "+", "%",  "% ", ";",     "=",      "&",         "ü",   "🎉",
    "/", "..", "\\x", "\"",   "'", ",", "--", ":",  "name=", "s3drop", "filename=", "\xFF"};

class MultipartMaker {
  public:
    explicit MultipartMaker(std::uint64_t seed) : dice_(seed) { choose_boundary(); }

    RandomForm make() {
        if (dice_.one_in(4))
            body_ = dice_.run_of({"preamble ", "\r\n", "-- ", "\r", "\n"}, 5) + "\r\n";
        for (std::size_t left = dice_.below(7); left > 0; --left)
            dice_.one_in(2) ? add_file() : dice_.one_in(5) ? add_mixed() : add_field();
        body_ += "--" + boundary_ + "--" + dice_.of({"\r\n", "", " \r\n", "\r\n\r\n", "\t"});
        return {{.body = body_,
                 .content_type = content_type(),
                 .chunked = dice_.one_in(2),
                 .per_read = 1 + dice_.below(100)},
                expected_};
    }

  private:
    void choose_boundary() {
        const std::vector<std::string> units{"-", "B", "a", "x1",   "_", "'", "=",
                                             " ", "/", "?", "----", "*", "#"};
        boundary_ = dice_.run_of(units, dice_.of({"1", "8", "30"}) == "1" ? 1 : 30).substr(0, 69);
        boundary_ += dice_.of({"B", "-", "7"});
        form_boundary_ = boundary_;
    }

    std::string content_type() {
        const bool token = boundary_.find_first_of(" =/?") == std::string::npos;
        const std::string value = token && dice_.one_in(2) ? boundary_ : "\"" + boundary_ + "\"";
        return dice_.in_any_case("multipart/form-data") + ";" + dice_.of({" ", "", "  "}) +
               dice_.in_any_case("boundary") + "=" + value + dice_.of({"", " ", ";", "; a=b"});
    }

    // Parts of the delimiter and of the framing, but no line that begins with a complete delimiter
    // of the form or, inside a multipart/mixed part, of that part.
    std::string content() {
        const std::string delimiter = "\r\n--" + boundary_;
        const std::vector<std::string> units{"\r",
                                             "\n",
                                             "\r\n",
                                             "-",
                                             "--",
                                             boundary_,
                                             "x--" + boundary_ + "\r\n",
                                             "text",
                                             "\0"s,
                                             "\xFF",
                                             delimiter.substr(0, dice_.below(delimiter.size())),
                                             delimiter.substr(0, delimiter.size() - 1) + "\r",
                                             "\r\n\r\n",
                                             noise(dice_.below(50))};
        std::string made = dice_.run_of(units, dice_.one_in(10) ? 2000 : 20);
        return without_delimiters(std::move(made));
    }

    std::string without_delimiters(std::string text) const {
        for (const std::string& each : {boundary_, form_boundary_})
            for (std::size_t at; (at = ("\r\n" + text).find("\r\n--" + each)) != std::string::npos;)
                text.insert(at, "!");
        return text;
    }

    void add_part(const std::string& parameters, const std::string& type, const std::string& data) {
        const std::string disposition = nested() ? "attachment;" : "form-data;";
        std::vector<std::string> headers{header("Content-Disposition", disposition + parameters)};
        if (!type.empty()) headers.push_back(header("Content-Type", type));
        if (dice_.one_in(5)) headers.push_back(header("Content-Transfer-Encoding", "binary"));
        if (dice_.one_in(5)) headers.push_back(header("X-Other", "name=\"bucket\"; filename=x"));
        while (dice_.one_in(2))
            std::swap(headers.front(), headers[dice_.below(headers.size())]);
        body_ += "--" + boundary_ + dice_.of({"", "", "", " ", "\t "}) + "\r\n";
        for (const std::string& each : headers)
            body_ += each + "\r\n";
        // An empty part may share its CR LF with the delimiter.
        body_ += data.empty() && dice_.one_in(2) ? "\r\n" : "\r\n" + data + "\r\n";
    }

    std::string header(const std::string& name, const std::string& value) {
        return dice_.in_any_case(name) + ":" + dice_.of({" ", " ", "", "\t", "\r\n "}) + value +
               dice_.of({"", "", " "});
    }

    std::string joined(std::string first, std::string second) {
        if (dice_.one_in(3)) std::swap(first, second);
        const std::vector<std::string> blanks{" ", " ", "", "\r\n "};
        return dice_.of(blanks) + first + ";" + dice_.of(blanks) + second;
    }

    void add_field() {
        const std::string name = dice_.of({"file_name", "bucket", "host", "unknown", ""});
        std::string* const to = name == "file_name" ? &expected_.file_name
                                : name == "bucket"  ? &expected_.bucket
                                : name == "host"    ? &expected_.host
                                                    : nullptr;
        std::string value =
            dice_.one_in(2) ? without_delimiters(dice_.run_of(name_units, 12)) : content();
        if (to != nullptr && !to->empty() && !value.empty()) value = *to;
        if (to != nullptr && !value.empty()) *to = value;
        // A part without a type and a file name that has a NUL is refused: it is not text.
        if (to == nullptr) std::replace(value.begin(), value.end(), '\0', '+');
        add_part(" name=\"" + name + "\"", {}, value);
    }

    void add_file() {
        const std::string name = dice_.run_of(name_units, 12);
        const std::string type = dice_.of({"", "text/plain", "image/png; a=\"b; c\""});
        const std::string data = content();
        const std::string field = dice_.of({"file_data", "file", "files[]", "Bucket"});
        add_part(nested() && dice_.one_in(2) ? " " + written(name)
                                             : joined("name=\"" + field + "\"", written(name)),
                 type, data);
        if (!name.empty() || !data.empty()) expected_.files.push_back({name, type, data});
    }

    bool nested() const { return boundary_ != form_boundary_; }

    // Several parts in a part. The parts are written into body_ with the inner boundary.
    void add_mixed() {
        const std::string inner = dice_.of({"", "-", "inner"}) + std::to_string(dice_.below(9));
        if (inner.starts_with(form_boundary_) || form_boundary_.starts_with(inner)) return;
        add_part(" name=\"files\"", "multipart/mixed; boundary=\"" + inner + "\"",
                 dice_.of({"", " ", "\r\n"}));
        boundary_ = inner;
        for (std::size_t left = dice_.below(4); left > 0; --left)
            dice_.one_in(3) ? add_field() : add_file();
        body_ += "--" + inner + "--" + dice_.of({"\r\n", "\r\n\r\n", " \r\n"});
        boundary_ = form_boundary_;
    }

    // The parameter as browsers, older curl or RFC 8187 write it.
    std::string written(const std::string& name) {
        const std::size_t style = dice_.below(3);
        std::string value;
        for (const char c : name) {
            if (style == 0) value += c == '"' ? "%22"s : std::string(1, c);
            if (style == 1) value += c == '"' ? "\\\""s : c == '\\' ? "\\\\"s : std::string(1, c);
            if (style == 2) value += percent(c, "%%%02x");
        }
        if (style == 2) return dice_.of({"", "filename=other; "}) + "filename*=UTF-8''" + value;
        return dice_.in_any_case("filename") + "=\"" + value + "\"";
    }

    Dice dice_;
    std::string form_boundary_;
    std::string boundary_;  // of the multipart/mixed part, while its parts are written
    std::string body_;
    Received expected_;
};

std::string form_encoded(Dice& dice, const std::string& text) {
    std::string encoded;
    for (const char c : text) {
        const bool must = c == '%' || c == '+' || c == '&' || c == '=' || c == ' ';
        if (c == ' ' && dice.one_in(2))
            encoded += '+';
        else if (must || dice.one_in(3))
            encoded += percent(c, dice.one_in(2) ? "%%%02X" : "%%%02x");
        else
            encoded += c;
    }
    return encoded;
}

}  // namespace

RandomForm random_multipart(std::uint64_t seed) {
    return MultipartMaker(seed).make();
}

RandomForm random_urlencoded(std::uint64_t seed) {
    Dice dice(seed);
    Received expected;
    std::string body;
    for (std::size_t left = dice.below(7); left > 0; --left) {
        const std::string name = dice.of({"file_data", "file_name", "bucket", "host", "unknown"});
        std::string value = dice.run_of(name_units, 20) + noise(dice.below(20)) + ".";
        std::string* const to = name == "file_name" ? &expected.file_name
                                : name == "bucket"  ? &expected.bucket
                                : name == "host"    ? &expected.host
                                                    : nullptr;
        if (to != nullptr && !to->empty()) value = *to;
        if (to != nullptr) *to = value;
        if (name == "file_data") expected.files.push_back({"", "text/plain; charset=utf-8", value});
        body += dice.of({"", "", "&"}) + form_encoded(dice, name) + "=" +
                form_encoded(dice, value) + "&";
    }
    if (!body.empty() && dice.one_in(2)) body.pop_back();
    return {{.body = body, .content_type = urlencoded, .per_read = 1 + dice.below(100)}, expected};
}

}  // namespace s3drop::test
