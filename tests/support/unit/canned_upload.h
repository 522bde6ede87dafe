// Settings, forms and times that tests of an upload share.
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

// Buckets demo and photos on a path-style store at http://store.example:9000, region eu-west-1,
// everything else as it is by default.
Settings canned_settings();

// The secrets of canned_settings(), which must not appear in any text.
inline constexpr const char* canned_secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
inline constexpr const char* canned_token = "FwoGZXIvYXdzEXAMPLETOKEN";

// Where an object of that name goes with these settings.
Destination canned_destination(const std::string& key = "a.txt");

// What a response to the PUT of five bytes to that place means.
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

// Makes `request` a POST of this body, with its CONTENT_LENGTH.
void set_post(FakeRequest& request, const std::string& content_type, const std::string& body);
void set_multipart(FakeRequest& request, const std::vector<CannedPart>& parts);

bool contains(std::string_view text, std::string_view part);

}  // namespace s3drop::test
