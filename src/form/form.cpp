#include "form/form.h"

#include <cgicc/CgiUtils.h>
#include <cgicc/Cgicc.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "base/decimal.h"
#include "base/digest.h"
#include "base/failure.h"
#include "base/hex.h"

namespace s3drop {

namespace {

constexpr std::array<std::string_view, 3> field_names = {"file_name", "bucket", "host"};

// Replaces the standard input and environment that cgicc would otherwise read.
class CompactInput final : public cgicc::CgiInput {
  public:
    CompactInput(std::string content_type, std::string body)
        : content_type_(std::move(content_type)), body_(std::move(body)) {}

    std::size_t read(char* data, std::size_t length) override {
        const std::size_t count = std::min(length, body_.size() - position_);
        std::memcpy(data, body_.data() + position_, count);
        position_ += count;
        return count;
    }

    std::string getenv(const char* name) override {
        const std::string_view variable = name;
        if (variable == "REQUEST_METHOD") return "POST";
        if (variable == "CONTENT_TYPE") return content_type_;
        if (variable == "CONTENT_LENGTH") return std::to_string(body_.size());
        return {};
    }

  private:
    std::string content_type_;
    std::string body_;
    std::size_t position_ = 0;
};

// The value of a field, which may be in the form more than once: empty values and repetitions of
// the same value are ignored. Throws Failure(bad_request) for two different values, because nothing
// says which one is meant.
std::string field(const cgicc::Cgicc& cgi, std::string_view name) {
    std::vector<cgicc::FormEntry> found;
    cgi.getElement(std::string(name), found);
    std::string value;
    for (const cgicc::FormEntry& entry : found) {
        if (entry.getValue().empty()) continue;
        if (!value.empty() && value != entry.getValue()) {
            throw Failure(Status::bad_request,
                          "The form has two different values for " + std::string(name) + ".");
        }
        value = entry.getValue();
    }
    return value;
}

}  // namespace

std::string_view last_component(std::string_view name) {
    const std::size_t separator = name.find_last_of("/\\");
    return separator == std::string_view::npos ? name : name.substr(separator + 1);
}

std::string object_name(const Form& form, const FormFile& file) {
    if (form.file_name.empty()) return std::string(last_component(file.name));
    if (form.files.size() > 1) {
        throw Failure(Status::bad_request, "file_name can name only one file, but the form has " +
                                               std::to_string(form.files.size()) +
                                               " files: leave it empty.");
    }
    return form.file_name;
}

bool CompactForm::is_field(std::string_view name) {
    return std::find(std::begin(field_names), std::end(field_names), name) != std::end(field_names);
}

void CompactForm::add_field(const std::string& name, std::string value) {
    entries_.push_back(
        {"Content-Disposition: form-data; name=\"" + name + "\"\r\n", std::move(value)});
}

// Without the space before its name, cgicc would read a file with an empty name as a field; without
// the space before its type, it would read an empty type as text/plain. decode() removes both.
void CompactForm::add_file(const Part& part, Extent extent, std::string payload_hash) {
    std::string headers = "Content-Disposition: form-data; name=\"file_data\"; filename=\"" +
                          cgicc::form_urlencode(" " + part.filename.value_or("")) +
                          "\"\r\nContent-Type:  " + part.content_type + "\r\n";
    entries_.push_back({std::move(headers), std::to_string(files_.size())});
    files_.push_back({.name = {},
                      .content_type = {},
                      .extent = extent,
                      .payload_hash = std::move(payload_hash)});
}

std::string CompactForm::body(const std::string& boundary) const {
    std::string body;
    for (const Entry& entry : entries_) {
        body += "--" + boundary + "\r\n" + entry.headers + "\r\n" + entry.content + "\r\n";
    }
    return body + "--" + boundary + "--\r\n";
}

// A boundary that no entry contains: nobody can write a value that contains the hash of itself.
// The alternative is to search the entries for a boundary and lengthen it while it is found. A
// value written for that purpose makes the boundary long, and a form can repeat the boundary a
// thousand times.
std::string CompactForm::boundary() const {
    Sha256 hash;
    for (const Entry& entry : entries_) {
        hash.update(entry.headers);
        hash.update(entry.content);
    }
    return hex(hash.finish());
}

Form CompactForm::decode() const {
    const std::string delimiter = boundary();
    CompactInput input("multipart/form-data; boundary=" + delimiter, body(delimiter));
    const cgicc::Cgicc cgi(&input);

    Form form;
    form.file_name = field(cgi, "file_name");
    form.bucket = field(cgi, "bucket");
    form.host = field(cgi, "host");
    for (const cgicc::FormFile& placeholder : cgi.getFiles()) {
        FormFile file = files_.at(parse_decimal(placeholder.getData()).value());
        file.name = placeholder.getFilename().substr(1);
        file.content_type = placeholder.getDataType().substr(1);
        form.files.push_back(std::move(file));
    }
    return form;
}

}  // namespace s3drop
