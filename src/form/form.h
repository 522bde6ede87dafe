// The fields and files of a form, decoded by cgicc from a compact copy of the form.
//
// The project is built on cgicc, the GNU C++ library for CGI. But cgicc never sees the bytes of a
// request, because it holds a form in memory several times over and misreads much of what browsers
// send. Instead, receive() parses the request, and CompactForm writes the result as a small form in
// the one syntax that cgicc decodes exactly, whatever the names and values contain: name first,
// file name quoted and form-urlencoded, Content-Type last, lines ended by CR LF. In place of a
// file's content, the small form has the file's number.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "form/parts.h"
#include "web/recording.h"

namespace s3drop {

// One file of the form.
struct FormFile {
    std::string name;          // its own name, with any folders; "" for text
    std::string content_type;  // "" if the form has none
    Extent extent;             // where the recording has its bytes
    std::string payload_hash;  // SHA-256, lower-case hex; "" if read while it arrived
};

// The decoded form. A field is "" if it is absent or empty.
struct Form {
    std::string file_name;
    std::string bucket;
    std::string host;
    std::vector<FormFile> files;
};

// The last component of a file's own name: some browsers send a path, with "/" or with "\".
std::string_view last_component(std::string_view name);

// The name to store the file under: file_name, or if that is empty, the last component of the
// file's own name. Throws Failure(bad_request) if there is a file_name and more than one file.
std::string object_name(const Form& form, const FormFile& file);

// Collects fields and files, writes them as a compact form and has cgicc decode it.
class CompactForm {
  public:
    // Whether decode() returns a field of this name. Other fields need not be added.
    static bool is_field(std::string_view name);

    void add_field(const std::string& name, std::string value);
    void add_file(const Part& part, Extent extent, std::string payload_hash);

    // Throws Failure(bad_request) if a field was added with two different values.
    Form decode() const;

  private:
    struct Entry {
        std::string headers;
        std::string content;
    };

    std::string boundary() const;
    std::string body(const std::string& boundary) const;

    std::vector<Entry> entries_;
    std::vector<FormFile> files_;
};

}  // namespace s3drop
