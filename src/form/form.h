// The fields and files of a form, decoded by cgicc from a compact copy of the form.
//
// cgicc, the GNU C++ library for CGI, is a given of this project, which is built on it. It never
// sees the bytes of a request: it holds a form in memory several times over and misreads a good
// part of what browsers send. So receive() parses the request, and CompactForm writes what it found
// as a small form in the one spelling that cgicc reads correctly: name first, file name quoted and
// form-urlencoded, Content-Type last, CR LF at the end. A file's content is just its number there.
// cgicc decodes that exactly, whatever the names and values are.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "form/parts.h"
#include "web/recording.h"

namespace s3drop {

// A file of the form.
struct FormFile {
    std::string name;          // its own name as sent, uncut; "" for a text
    std::string content_type;  // "" where the form names none
    Extent extent;             // where its bytes are recorded
    std::string payload_hash;  // SHA-256 of its bytes, lower-case hex
};

// A field that is absent and one that was left empty are the same: "".
struct Form {
    std::string file_name;
    std::string bucket;
    std::string host;
    std::vector<FormFile> files;
};

// The last component of a file part's own name: some browsers send a path, with "/" or with "\".
std::string_view last_component(std::string_view name);

// What the file is to be called: file_name, or the last component of its own name.
// Throws Failure(bad_request) for one file_name for several files.
std::string object_name(const Form& form, const FormFile& file);

class CompactForm {
  public:
    // Whether decode() gives back a field of this name; all others need not be added.
    static bool is_field(std::string_view name);

    void add_field(const std::string& name, std::string value);
    void add_file(const Part& part, Extent extent, std::string payload_hash);

    // Throws Failure(bad_request) where a field stands there twice with different values.
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
