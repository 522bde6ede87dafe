// The sites that most server tests use: the program's defaults, one for each way that a web server
// runs it. Each is started with its first use and shared.
#pragma once

#include "site/site.h"

namespace s3drop::test {

Site& default_site(Front front);

// The bucket of default_site().
const std::string& default_bucket();

// A form with one file, as the page sends it.
std::vector<FormPart> file_form(const std::string& filename, Content content);

// A value of the answer's JSON, dumped; text without its quotation marks. "" where there is none.
std::string json_value(const Response& response, const std::string& name);

// The address of a stored object, from the answer; what the answer says of the first file.
std::string stored_url(const Response& response);
std::string first_file(const Response& response, const std::string& name);

// A name that no other test uses.
std::string fresh_name(const std::string& stem);

}  // namespace s3drop::test
