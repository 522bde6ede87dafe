// The whole program except its sockets: a request goes in; a reply, PUTs and log lines come out.
#pragma once

#include <string>
#include <vector>

#include "s3/world.h"
#include "settings/settings.h"
#include "unit/canned_upload.h"
#include "unit/fakes.h"

namespace s3drop::test {

struct CannedSite {
    // Handles `request`. Checks that neither the reply nor the log contains a secret.
    void handle();

    // Handles a multipart form of these parts.
    void post(const std::vector<CannedPart>& parts);

    // Handles a POST with a body of any type.
    void post(const std::string& content_type, const std::string& body);

    int status() const;                                 // of the reply
    std::string header(const std::string& name) const;  // of the reply; "" if it is not there
    std::string body() const;                           // of the reply

    Settings settings = canned_settings();
    FakeRequest request;
    FakeClient s3;
    Learned learned;
    std::vector<std::string> log;
    std::vector<std::chrono::milliseconds> waits;  // between attempts
    char random = '0';  // the next 32 random digits are all the character after this one
    std::chrono::milliseconds step{0};  // added to the clock each time it is read
    std::chrono::system_clock::time_point clock = canned_time();
    std::string unconfigured;  // if set, the problems because of which there are no settings
};

// A file part with a text in it.
CannedPart text_file(const std::string& filename, const std::string& content);
CannedPart field(const std::string& name, const std::string& value);

}  // namespace s3drop::test
