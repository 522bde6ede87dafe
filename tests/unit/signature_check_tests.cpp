// The scripted store's check of signatures, tested with AWS's and botocore's (tests/data/sigv4).
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <sstream>
#include <vector>

#include "base/percent.h"
#include "scripted_store/evp_hash.h"
#include "scripted_store/signature_check.h"
#include "system/temporary_folder.h"

using namespace s3drop::test;
using s3drop::NameValue;
using s3drop::uri_encode;

namespace {

namespace fs = std::filesystem;
using std::chrono::minutes;

const fs::path goldens_folder = fs::path(TEST_DATA) / "sigv4";

std::vector<std::string> names_of_goldens() {
    std::vector<std::string> names;
    std::error_code missing;
    for (const auto& entry : fs::directory_iterator(goldens_folder, missing)) {
        if (entry.is_directory()) names.push_back(entry.path().filename());
    }
    return names;
}

const std::vector<std::string> all_goldens = names_of_goldens();

// A request as it would arrive, and the rules that its signature must follow.
struct Wired {
    RequestHead head;
    SigningRules rules;
};

std::string encoded_query(const std::string& line) {
    const std::size_t equals = line.find('=');
    return uri_encode(line.substr(0, equals), false) + "=" +
           uri_encode(line.substr(equals + 1), false);
}

void set_line(Wired& wired, std::string& payload, std::string& date, const std::string& line) {
    const std::string name = line.substr(0, line.find(": "));
    const std::string value = line.substr(std::min(name.size() + 2, line.size()));
    std::string& target = wired.head.target;
    if (name == "query") {
        target += (target.find('?') == std::string::npos ? "?" : "&") + encoded_query(value);
    } else if (name == "header") {
        const std::size_t colon = value.find(':');
        wired.head.headers.push_back({value.substr(0, colon), value.substr(colon + 1)});
    } else if (name == "session_token") {
        wired.rules.session_token = value;
        wired.head.headers.push_back({"X-Amz-Security-Token", value});
    } else if (name == "time") {
        date = value;
    } else if (name == "payload") {
        payload = value == "UNSIGNED-PAYLOAD" ? value : evp_sha256(value);
    }
}

Wired golden(const std::string& name) {
    Wired wired;
    wired.rules = {.access_key_id = "AKIAIOSFODNN7EXAMPLE",
                   .secret_access_key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
                   .unsigned_payload = true};
    std::istringstream request(text_of(goldens_folder / name / "request"));
    std::string line;
    std::getline(request, line);
    wired.head.method = line.substr(0, line.find(' '));
    wired.head.target = uri_encode(line.substr(line.find(' ') + 1), true);
    std::string payload = evp_sha256("");
    std::string date = "20130524T000000Z";
    while (std::getline(request, line))
        set_line(wired, payload, date, line);
    std::string authorization = text_of(goldens_folder / name / "authorization");
    authorization.pop_back();
    wired.head.headers.push_back({"X-Amz-Date", date});
    wired.head.headers.push_back({"X-Amz-Content-SHA256", payload});
    wired.head.headers.push_back({"Authorization", authorization});
    wired.rules.now = *time_of_amz_date(date);
    return wired;
}

std::string& value_of(Wired& wired, const std::string& name) {
    const auto found = std::find_if(wired.head.headers.begin(), wired.head.headers.end(),
                                    [&](const NameValue& header) { return header.name == name; });
    BOOST_REQUIRE(found != wired.head.headers.end());
    return found->value;
}

void replace(Wired& wired, const std::string& name, const std::string& from,
             const std::string& to) {
    std::string& value = value_of(wired, name);
    BOOST_REQUIRE(value.find(from) != std::string::npos);
    value.replace(value.find(from), from.size(), to);
}

// S3's error code; "" if the signature is valid.
std::string refusal_of(const Wired& wired) {
    const auto checked = check_signature(wired.head, wired.rules);
    const auto* refusal = std::get_if<S3Refusal>(&checked);
    return refusal == nullptr ? "" : refusal->code;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(signature_check)

BOOST_DATA_TEST_CASE(goldens_are_accepted, all_goldens, name) {
    BOOST_TEST(refusal_of(golden(name)) == "");
}

BOOST_DATA_TEST_CASE(goldens_with_another_signature_are_refused, all_goldens, name) {
    Wired wired = golden(name);
    char& last = value_of(wired, "Authorization").back();
    last = last == '0' ? '1' : '0';
    BOOST_TEST(refusal_of(wired) == "SignatureDoesNotMatch");
}

BOOST_AUTO_TEST_CASE(goldens_are_found) {
    BOOST_TEST(all_goldens.size() >= 21U);
}

struct Tampering {
    const char* what;
    std::function<void(Wired&)> tamper;
    const char* code;
};

void remove(Wired& wired, const std::string& name) {
    std::erase_if(wired.head.headers, [&](const NameValue& header) { return header.name == name; });
}

const std::vector<Tampering> tamperings = {
    {"nothing", [](Wired&) {}, ""},
    {"secret", [](Wired& w) { w.rules.secret_access_key += "x"; }, "SignatureDoesNotMatch"},
    {"key id", [](Wired& w) { w.rules.access_key_id = "AKIAOTHER"; }, "InvalidAccessKeyId"},
    {"method", [](Wired& w) { w.head.method = "GET"; }, "SignatureDoesNotMatch"},
    {"path", [](Wired& w) { w.head.target += "t"; }, "SignatureDoesNotMatch"},
    {"spelling of the path", [](Wired& w) { w.head.target = "/test$file%2Etext"; }, ""},
    {"no encoding", [](Wired& w) { w.head.target = "/test%2"; }, "InvalidURI"},
    {"query", [](Wired& w) { w.head.target += "?acl"; }, "SignatureDoesNotMatch"},
    {"signed header", [](Wired& w) { value_of(w, "x-amz-storage-class") = "STANDARD"; },
     "SignatureDoesNotMatch"},
    {"spaces in a header", [](Wired& w) { replace(w, "Date", "24 May", "24  May "); }, ""},
    {"signed header gone", [](Wired& w) { remove(w, "Date"); }, "SignatureDoesNotMatch"},
    {"header twice",
     [](Wired& w) {
         w.head.headers.push_back({"date", "Fri"});
     },
     "SignatureDoesNotMatch"},
    {"unsigned x-amz header",
     [](Wired& w) {
         w.head.headers.push_back({"X-Amz-Acl", "public-read"});
     },
     "AccessDenied"},
    {"unsigned other header",
     [](Wired& w) {
         w.head.headers.push_back({"User-Agent", "any"});
     },
     ""},
    {"unsigned host", [](Wired& w) { replace(w, "Authorization", "host;", ""); }, "AccessDenied"},
    {"payload", [](Wired& w) { value_of(w, "X-Amz-Content-SHA256") = evp_sha256("x"); },
     "SignatureDoesNotMatch"},
    {"no payload", [](Wired& w) { remove(w, "X-Amz-Content-SHA256"); }, "InvalidRequest"},
    {"unsigned payload",
     [](Wired& w) {
         w.rules.unsigned_payload = false;
         value_of(w, "X-Amz-Content-SHA256") = "UNSIGNED-PAYLOAD";
     },
     "InvalidRequest"},
    {"no date", [](Wired& w) { remove(w, "X-Amz-Date"); }, "AccessDenied"},
    {"date of another day", [](Wired& w) { value_of(w, "X-Amz-Date") = "20130525T000000Z"; },
     "AuthorizationHeaderMalformed"},
    {"15 minutes late", [](Wired& w) { w.rules.now += minutes(15); }, ""},
    {"more than that", [](Wired& w) { w.rules.now += minutes(16); }, "RequestTimeTooSkewed"},
    {"15 minutes early", [](Wired& w) { w.rules.now -= minutes(15); }, ""},
    {"earlier than that", [](Wired& w) { w.rules.now -= minutes(16); }, "RequestTimeTooSkewed"},
    {"right region", [](Wired& w) { w.rules.region = "us-east-1"; }, ""},
    {"wrong region", [](Wired& w) { w.rules.region = "eu-west-1"; },
     "AuthorizationHeaderMalformed"},
    {"region in the signature",
     [](Wired& w) { replace(w, "Authorization", "us-east-1", "eu-west-1"); },
     "SignatureDoesNotMatch"},
    {"service", [](Wired& w) { replace(w, "Authorization", "/s3/", "/ec2/"); },
     "AuthorizationHeaderMalformed"},
    {"missing token", [](Wired& w) { w.rules.session_token = "token"; }, "InvalidToken"},
    {"unknown token",
     [](Wired& w) {
         w.head.headers.push_back({"X-Amz-Security-Token", "token"});
     },
     "InvalidToken"},
    {"no authorization", [](Wired& w) { remove(w, "Authorization"); }, "AccessDenied"},
    {"version 2", [](Wired& w) { value_of(w, "Authorization") = "AWS AKIAIOSFODNN7EXAMPLE:x="; },
     "AuthorizationHeaderMalformed"},
    {"order of the signed headers",
     [](Wired& w) { replace(w, "Authorization", "date;host", "host;date"); },
     "AuthorizationHeaderMalformed"},
    {"no signed headers",
     [](Wired& w) { replace(w, "Authorization", "SignedHeaders=", "Signed="); },
     "AuthorizationHeaderMalformed"},
};

// AWS's own example of a PUT, after each change.
BOOST_DATA_TEST_CASE(tampering_is_found, boost::unit_test::data::xrange(tamperings.size()), index) {
    const Tampering& tampering = tamperings[index];
    Wired wired = golden("aws-put-object");
    tampering.tamper(wired);
    BOOST_TEST(refusal_of(wired) == tampering.code, tampering.what);
}

BOOST_AUTO_TEST_CASE(refusal_of_a_wrong_region_names_the_right_one) {
    Wired wired = golden("aws-put-object");
    wired.rules.region = "eu-west-1";
    const auto refusal = std::get<S3Refusal>(check_signature(wired.head, wired.rules));
    BOOST_TEST_REQUIRE(refusal.details.size() == 1U);
    BOOST_TEST(refusal.details.front().name == "Region");
    BOOST_TEST(refusal.details.front().value == "eu-west-1");
}

BOOST_AUTO_TEST_SUITE_END()
