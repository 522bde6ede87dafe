// Well-formed forms of both types, made of any bytes: what comes out is what went in.
#include <fuzzer/FuzzedDataProvider.h>

#include <algorithm>

#include "base/percent.h"
#include "base/text.h"
#include "form/form.h"
#include "form/multipart_form.h"
#include "form/urlencoded.h"
#include "outcome.h"

using namespace s3drop::test;
using s3drop::lower_case;
using s3drop::MultipartForm;
using s3drop::trim;
using s3drop::uri_encode;
using s3drop::Urlencoded;

namespace {

constexpr const char* text_type = "text/plain; charset=utf-8";
constexpr std::size_t longest = 300;

std::string without(std::string text, std::string_view left_out) {
    std::erase_if(text, [&](char c) { return left_out.find(c) != std::string_view::npos; });
    return text;
}

// Makes a form, together with what must be received from it.
class Maker {
  public:
    explicit Maker(FuzzedDataProvider& fuzz) : fuzz_(fuzz), is_multipart_(fuzz.ConsumeBool()) {
        if (!is_multipart_) {
            sent_.content_type = urlencoded;
            return;
        }
        constexpr std::string_view allowed =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'()+_,-./:=? "
            "!#$%&*^`|~{}";
        for (std::size_t left = fuzz_.ConsumeIntegralInRange<std::size_t>(0, 69); left > 0; --left)
            boundary_ += allowed[fuzz_.ConsumeIntegralInRange<std::size_t>(0, allowed.size() - 1)];
        boundary_ += fuzz_.ConsumeBool() ? 'B' : '-';
        sent_.content_type = "multipart/form-data; boundary=\"" + boundary_ + "\"";
    }

    void add_part() {
        const unsigned kind = fuzz_.ConsumeIntegralInRange<unsigned>(0, 7);
        std::string value = bytes();
        // A field must stay below FormLimits::fields, which is smaller than the multipart window.
        const bool may_be_long = !is_long_ && (!is_multipart_ || kind >= 3);
        if (may_be_long && fuzz_.ConsumeIntegralInRange<unsigned>(0, 20) == 1) move_to_edge(value);
        if (is_multipart_) keep_delimiter_out(value, boundary_);
        if (kind == 0) return add_field("file_name", received_.file_name, value);
        if (kind == 1) return add_field("bucket", received_.bucket, value);
        if (kind == 2) return add_field("host", received_.host, value);
        if (kind == 3) return add_text(value);
        if (is_multipart_ && kind == 6) return add_image(value);
        if (is_multipart_ && kind == 7) return add_mixed();
        if (is_multipart_) add_file(value);
    }

    void finish() {
        if (is_multipart_) sent_.body += closing(boundary_);
        if (received_.files.empty() && blank_text_)
            received_.files.push_back({"", *blank_text_, ""});
    }

    const Sent& sent() const { return sent_; }
    const Received& received() const { return received_; }

  private:
    std::string bytes() { return fuzz_.ConsumeRandomLengthString(longest); }

    // Moves the value to the end of the scanner's first window, or of its second.
    void move_to_edge(std::string& value) {
        const std::size_t window =
            is_multipart_ ? MultipartForm::window_size : Urlencoded::window_size;
        const std::size_t next = is_multipart_ ? window - MultipartForm::page : window;
        const std::size_t edge = fuzz_.ConsumeBool() ? window : window + next;
        value.insert(0, fuzz_.ConsumeIntegralInRange(edge - 3 * longest, edge), 'x');
        is_long_ = true;
    }

    // A sender must do this (RFC 2046 section 5.1.1).
    static void keep_delimiter_out(std::string& content, const std::string& boundary) {
        const std::string delimiter = "\r\n--" + boundary;
        for (std::size_t at; (at = ("\r\n" + content).find(delimiter)) != std::string::npos;)
            content.insert(at, "!");
    }

    void add_pair(const std::string& name, const std::string& value) {
        sent_.body += (sent_.body.empty() ? "" : "&") + uri_encode(name, false) + "=";
        for (const char c : value)
            sent_.body += c == ' ' ? "+" : uri_encode({&c, 1}, false);
    }

    // Adds each field only once: two values of one field are refused.
    void add_field(const std::string& name, std::string& to, const std::string& value) {
        if (!to.empty()) return;
        to = value;
        if (is_multipart_) {
            sent_.body += field(name, value, boundary_);
        } else {
            add_pair(name, value);
        }
    }

    void add_text(const std::string& value) {
        std::string type = text_type;
        if (is_multipart_) {
            const std::string own = content_type();
            if (lower_case(own).starts_with("multipart/")) return;
            const std::string line = own.empty() ? "" : "\r\nContent-Type: " + own;
            if (!own.empty()) type = own;
            sent_.body +=
                part("Content-Disposition: form-data; name=file_data" + line, value, boundary_);
        } else {
            add_pair("file_data", value);
        }
        if (!value.empty()) received_.files.push_back({"", type, value});
        if (value.empty()) blank_text_ = type;
    }

    void add_file(const std::string& content) {
        const std::string type = content_type();
        std::string name = bytes();
        const std::string parameter = "; filename" + written(name);
        const std::string line = type.empty() ? "" : "\r\nContent-Type:" + type;
        sent_.body += part("Content-Disposition: form-data; name=\"f\"" + parameter + line, content,
                           boundary_);
        if (!name.empty() || !content.empty()) received_.files.push_back({name, type, content});
    }

    // An image without a file name.
    void add_image(const std::string& content) {
        const std::string name = without(bytes(), std::string_view("\r\n\0\\\"%?", 7));
        if (name == "file_data" || s3drop::CompactForm::is_field(name)) return;
        sent_.body +=
            part("Content-Disposition: form-data; name=\"" + name + "\"\r\nContent-Type: image/png",
                 content, boundary_);
        received_.files.push_back({name, "image/png", content});
    }

    // Files in a multipart/mixed part.
    void add_mixed() {
        const std::string inner = fuzz_.ConsumeBool() ? "inner" : "'";
        if (inner.starts_with(boundary_) || boundary_.starts_with(inner)) return;
        std::string parts;
        for (std::size_t left = fuzz_.ConsumeIntegralInRange<std::size_t>(0, 4); left > 0; --left) {
            std::string content = bytes();
            keep_delimiter_out(content, boundary_);
            keep_delimiter_out(content, inner);
            parts += attached("a", content, inner);
            received_.files.push_back({"a", "text/plain", content});
        }
        sent_.body += mixed("files", parts, inner, boundary_);
    }

    std::string content_type() {
        const std::string type = without(bytes(), std::string_view("\r\n\0", 3));
        return std::string(trim(type));
    }

    // The rest of the parameter as senders write it. Removes from `name` what this way of writing
    // cannot express.
    std::string written(std::string& name) {
        const unsigned way = fuzz_.ConsumeIntegralInRange<unsigned>(0, 2);
        if (way == 0) return "*=UTF-8''" + uri_encode(name, false);
        name = without(name, std::string_view("%?\0", 3));  // "?" is in every encoded word
        if (way == 1) name = without(name, "\\");           // browsers
        if (way == 2) name = without(name, "\r\n");         // curl
        std::string value = "=\"";
        for (const char c : name) {
            const bool escaped = c == '"' || c == '\r' || c == '\n';
            if (way == 1) value += escaped ? uri_encode({&c, 1}, false) : std::string(1, c);
            if (way == 2)
                value += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
        }
        return value + "\"";
    }

    FuzzedDataProvider& fuzz_;
    bool is_multipart_;
    bool is_long_ = false;
    std::string boundary_;
    Sent sent_;
    Received received_;
    std::optional<std::string> blank_text_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    FuzzedDataProvider fuzz(data, size);
    Maker maker(fuzz);
    for (std::size_t left = fuzz.ConsumeIntegralInRange<std::size_t>(0, 12); left > 0; --left)
        maker.add_part();
    maker.finish();
    Sent sent = maker.sent();
    const std::size_t least = 1 + sent.body.size() / 500;  // for speed
    const std::size_t per_read = fuzz.ConsumeIntegralInRange<std::size_t>(least, 100000);
    for (const std::size_t bytes : {sent.per_read, per_read}) {
        sent.per_read = bytes;
        const Outcome outcome = outcome_of(sent);
        must_agree(outcome, {maker.received(), {}}, "a form comes out as it went in");
    }
    return 0;
}
