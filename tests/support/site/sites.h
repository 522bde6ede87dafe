// The sites that most server tests share: the program with its defaults, one site for each way that
// a web server runs it. Each starts when it is first used.
#pragma once

#include "site/site.h"

namespace s3drop::test {

Site& default_site(Front front);

// The bucket of default_site().
const std::string& default_bucket();

// A form with one file, as the page sends it.
std::vector<FormPart> file_form(const std::string& filename, Content content);

// A value of the reply's JSON: a string as it is, anything else as JSON. "" if there is none.
std::string json_value(const Response& response, const std::string& name);

// The address of the stored object in a reply; a value of the first file in a reply.
std::string stored_url(const Response& response);
std::string first_file(const Response& response, const std::string& name);

// A name that no other test uses.
std::string fresh_name(const std::string& stem);

}  // namespace s3drop::test
