// Settings, forms and a time that the tests of uploads share.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "rules/policy.h"
#include "s3/object.h"
#include "s3/refusal.h"
#include "settings/settings.h"
#include "unit/fakes.h"

namespace s3drop::test {

// Buckets demo and photos on a path-style store at http://store.example:9000 in region eu-west-1,
// with a limit of 1 GiB and the spool folder /tmp. Everything else is the default.
Settings canned_settings();

// The secrets of canned_settings(), which must not appear in any text.
inline constexpr const char* canned_secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
inline constexpr const char* canned_token = "FwoGZXIvYXdzEXAMPLETOKEN";

// The destination of an object with this key under canned_settings().
Destination canned_destination(const std::string& key = "a.txt");

// The result of a PUT of five bytes to the destination that gets this response.
std::variant<Stored, Refusal> result_of_put(const HttpResponse& response,
                                            const Destination& destination);

// 2026-01-31T12:00:00Z
std::chrono::system_clock::time_point canned_time();

struct CannedPart {
    std::string name;
    std::optional<std::string> filename;
    std::string content_type;
    std::string content;
};

// The body of a multipart form with the boundary "B0undary".
std::string canned_multipart(const std::vector<CannedPart>& parts);

// Makes `request` a POST of this body, with the matching CONTENT_LENGTH.
void set_post(FakeRequest& request, const std::string& content_type, const std::string& body);
void set_multipart(FakeRequest& request, const std::vector<CannedPart>& parts);

bool contains(std::string_view text, std::string_view part);

}  // namespace s3drop::test
