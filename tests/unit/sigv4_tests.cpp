#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "aws/sigv4.h"
#include "base/hex.h"
#include "base/percent.h"
#include "scripted_store/signature_check.h"

using namespace s3drop;
using test::time_of_amz_date;

BOOST_AUTO_TEST_SUITE(sigv4)

// One folder of tests/data/sigv4, whose README.md explains the files.
struct Golden {
    SignableRequest request;
    Credentials credentials{"AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", ""};
    SigningScope scope;
    std::string canonical_request;
    std::string string_to_sign;
    std::string signature;
    std::string authorization;
};

const std::filesystem::path folder = std::filesystem::path(TEST_DATA) / "sigv4";

std::vector<std::string> golden_names() {
    std::vector<std::string> names;
    // Runs before main(): an exception here would end the program without a message.
    std::error_code missing;
    for (const auto& entry : std::filesystem::directory_iterator(folder, missing))
        if (entry.is_directory()) names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

const std::vector<std::string> goldens = golden_names();

std::string read_text(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(file), {}};
    BOOST_REQUIRE_MESSAGE(!text.empty() && text.back() == '\n', "cannot read " << path);
    text.pop_back();
    return text;
}

NameValue split(const std::string& text, std::string_view separator) {
    const std::size_t at = text.find(separator);
    BOOST_REQUIRE_MESSAGE(at != std::string::npos, "no " << separator << " in " << text);
    return {text.substr(0, at), text.substr(at + separator.size())};
}

void set_field(Golden& golden, const std::string& line) {
    const auto [name, value] = split(line, ": ");
    if (name == "query")
        golden.request.query.push_back(split(value, "="));
    else if (name == "header")
        golden.request.headers.push_back(split(value, ":"));
    else if (name == "session_token")
        golden.credentials.session_token = value;
    else if (name == "time")
        golden.scope = {time_of_amz_date(value).value(), golden.scope.region, "s3"};
    else if (name == "region")
        golden.scope.region = value;
    else if (name == "payload")
        golden.request.payload_hash = value == unsigned_payload ? value : hex(sha256(value));
    else
        BOOST_FAIL("unknown line in a request: " << line);
}

Golden read_golden(const std::string& name) {
    Golden golden;
    golden.scope = {time_of_amz_date("20130524T000000Z").value(), "us-east-1", "s3"};
    golden.request.payload_hash = empty_payload_hash;

    std::ifstream file(folder / name / "request");
    std::string line;
    BOOST_REQUIRE(std::getline(file, line));
    const auto [method, path] = split(line, " ");
    golden.request.method = method;
    golden.request.path = uri_encode(path, true);
    while (std::getline(file, line))
        set_field(golden, line);

    golden.canonical_request = read_text(folder / name / "canonical_request");
    golden.string_to_sign = read_text(folder / name / "string_to_sign");
    golden.signature = read_text(folder / name / "signature");
    golden.authorization = read_text(folder / name / "authorization");
    return golden;
}

std::string header(const SignedRequest& result, std::string_view name) {
    for (const auto& added : result.headers)
        if (added.name == name) return added.value;
    return "(no such header)";
}

const Credentials example{"AKID", "secret", ""};
const SigningScope any_scope{std::chrono::system_clock::from_time_t(0), "us-east-1", "s3"};

SignableRequest plain_request() {
    return {"PUT", "/key", {}, {{"Host", "example.com"}}, std::string(empty_payload_hash)};
}

// Without the data, the tests that use it would not run, and nothing would fail.
BOOST_AUTO_TEST_CASE(golden_files_are_found) {
    BOOST_TEST(goldens.size() >= 21U);
}

BOOST_DATA_TEST_CASE(canonical_request_as_golden, goldens, name) {
    Golden golden = read_golden(name);
    auto& headers = golden.request.headers;
    headers.push_back({"X-Amz-Date", golden.scope.date_time});
    headers.push_back({"X-Amz-Content-SHA256", golden.request.payload_hash});
    if (!golden.credentials.session_token.empty())
        headers.push_back({"X-Amz-Security-Token", golden.credentials.session_token});
    BOOST_TEST(canonical_request(golden.request, canonical_headers(headers)) ==
               golden.canonical_request);
}

BOOST_DATA_TEST_CASE(string_to_sign_as_golden, goldens, name) {
    const Golden golden = read_golden(name);
    BOOST_TEST(string_to_sign(golden.scope, golden.canonical_request) == golden.string_to_sign);
}

BOOST_DATA_TEST_CASE(signature_as_golden, goldens, name) {
    const Golden golden = read_golden(name);
    const Digest key = signing_key(golden.credentials.secret_access_key, golden.scope);
    BOOST_TEST(signature(key, golden.string_to_sign) == golden.signature);
}

BOOST_DATA_TEST_CASE(authorization_as_golden, goldens, name) {
    const Golden golden = read_golden(name);
    const std::string names = split(split(golden.authorization, "SignedHeaders=").value, ",").name;
    BOOST_TEST(authorization(golden.credentials, golden.scope, names, golden.signature) ==
               golden.authorization);
}

BOOST_DATA_TEST_CASE(signed_as_golden, goldens, name) {
    const Golden golden = read_golden(name);
    const SignedRequest result = sign(golden.request, golden.credentials, golden.scope);
    BOOST_TEST(result.signature == golden.signature);
    BOOST_TEST(header(result, "Authorization") == golden.authorization);
}

// AWS publishes no signing key for s3; this one was computed with Python's hmac module.
BOOST_AUTO_TEST_CASE(signing_key_of_a_day_and_region) {
    const SigningScope morning{time_of_amz_date("20130524T000000Z").value(), "us-east-1", "s3"};
    const SigningScope evening{time_of_amz_date("20130524T235959Z").value(), "us-east-1", "s3"};
    const std::string secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    BOOST_TEST(hex(signing_key(secret, morning)) ==
               "dbb893acc010964918f1fd433add87c70e8b0db6be30c1fbeafefa5ec6ba8378");
    BOOST_TEST(hex(signing_key(secret, evening)) == hex(signing_key(secret, morning)));
}

BOOST_AUTO_TEST_CASE(scope_names_the_day_in_utc) {
    BOOST_TEST(credential_scope({time_of_amz_date("20241231T235959Z").value(), "eu-west-1",
                                 "s3"}) == "20241231/eu-west-1/s3/aws4_request");
}

BOOST_AUTO_TEST_CASE(empty_payload_hash_is_the_hash_of_nothing) {
    BOOST_TEST(empty_payload_hash == hex(sha256("")));
}

BOOST_AUTO_TEST_CASE(no_query) {
    BOOST_TEST(canonical_query({}).empty());
}

BOOST_AUTO_TEST_CASE(query_is_sorted_once_encoded) {
    BOOST_TEST(canonical_query({{"a-", "1"}, {"a/", "2"}, {"a", "3"}}) == "a=3&a%2F=2&a-=1");
}

std::string lines_of(const std::vector<NameValue>& headers) {
    std::string lines;
    for (const auto& [name, value] : headers)
        lines.append(name).append(":").append(value).append("\n");
    return lines;
}

BOOST_AUTO_TEST_CASE(header_values_are_trimmed_and_folded) {
    BOOST_TEST(lines_of(canonical_headers({{"X-One", " \t a  b\t\tc \t "}, {"x-Two", "   "}})) ==
               "x-one:a b c\nx-two:\n");
}

BOOST_AUTO_TEST_CASE(repeated_headers_are_joined_in_the_order_given) {
    const auto canonical = canonical_headers({{"B", "2"}, {"a", "9"}, {"b", " 1 "}});
    BOOST_TEST(lines_of(canonical) == "a:9\nb:2,1\n");
    BOOST_TEST(signed_headers(canonical) == "a;b");
}

BOOST_AUTO_TEST_CASE(session_token_is_sent_only_if_there_is_one) {
    const SignedRequest without = sign(plain_request(), example, any_scope);
    BOOST_TEST(header(without, "x-amz-security-token") == "(no such header)");
    BOOST_TEST(without.headers.size() == 3U);
    const SignedRequest with = sign(plain_request(), {"AKID", "secret", "token"}, any_scope);
    BOOST_TEST(header(with, "x-amz-security-token") == "token");
    BOOST_TEST(with.headers.size() == 4U);
}

BOOST_AUTO_TEST_CASE(payload_hash_may_be_a_keyword) {
    SignableRequest request = plain_request();
    request.payload_hash = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
    BOOST_TEST(header(sign(request, example, any_scope), "x-amz-content-sha256") ==
               "STREAMING-AWS4-HMAC-SHA256-PAYLOAD");
}

// AWS, "Signature Calculations … Transferring Payload in Multiple Chunks": the example's seed
// signature, and the signature of its first chunk computed from what sign() returns.
BOOST_AUTO_TEST_CASE(seed_of_chunked_signing_as_published) {
    const Credentials credentials{"AKIAIOSFODNN7EXAMPLE",
                                  "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", ""};
    const SigningScope scope{time_of_amz_date("20130524T000000Z").value(), "us-east-1", "s3"};
    const SignedRequest result = sign({"PUT",
                                       "/examplebucket/chunkObject.txt",
                                       {},
                                       {{"Host", "s3.amazonaws.com"},
                                        {"x-amz-storage-class", "REDUCED_REDUNDANCY"},
                                        {"Content-Encoding", "aws-chunked"},
                                        {"x-amz-decoded-content-length", "66560"},
                                        {"Content-Length", "66824"}},
                                       "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"},
                                      credentials, scope);
    BOOST_TEST(result.signature ==
               "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9");

    const std::string chunk = "AWS4-HMAC-SHA256-PAYLOAD\n" + scope.date_time + "\n" +
                              credential_scope(scope) + "\n" + result.signature + "\n" +
                              hex(sha256("")) + "\n" + hex(sha256(std::string(65536, 'a')));
    BOOST_TEST(signature(result.signing_key, chunk) ==
               "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648");
}

void refuses(const SignableRequest& request, std::string_view fault,
             const Credentials& credentials = example) {
    BOOST_CHECK_EXCEPTION(sign(request, credentials, any_scope), std::invalid_argument,
                          [&](const std::invalid_argument& e) {
                              return std::string_view(e.what()).find(fault) !=
                                     std::string_view::npos;
                          });
}

BOOST_AUTO_TEST_CASE(incomplete_requests_are_refused) {
    SignableRequest request = plain_request();
    request.method.clear();
    refuses(request, "no method");
    request = plain_request();
    request.payload_hash.clear();
    refuses(request, "no payload hash");
    request = plain_request();
    request.headers = {{"Hostname", "example.com"}};
    refuses(request, "no Host header");
    for (const std::string path : {"", "key", "?", "http://example.com/"}) {
        request = plain_request();
        request.path = path;
        refuses(request, "the path is not absolute");
    }
}

BOOST_AUTO_TEST_CASE(headers_that_the_signer_adds_are_refused) {
    for (const std::string name :
         {"Authorization", "X-Amz-Date", "x-amz-content-sha256", "X-AMZ-SECURITY-TOKEN"}) {
        SignableRequest request = plain_request();
        request.headers.push_back({name, "forged"});
        refuses(request, name);
    }
}

BOOST_AUTO_TEST_CASE(header_names_that_are_not_a_token_are_refused) {
    for (const std::string name : {"", "a b", "a:", "a\r\nb", "ü"}) {
        SignableRequest request = plain_request();
        request.headers.push_back({name, "value"});
        refuses(request, "not a token");
    }
}

BOOST_AUTO_TEST_CASE(line_breaks_in_header_values_are_refused) {
    using namespace std::string_literals;
    for (const std::string& value : {"a\r\nx-amz-acl: public-read"s, "a\n"s, "\0"s, "\x7F"s}) {
        SignableRequest request = plain_request();
        request.headers.push_back({"x-amz-meta-a", value});
        refuses(request, "control character in header x-amz-meta-a");
        refuses(plain_request(), "session token", {"AKID", "secret", value});
    }
}

BOOST_AUTO_TEST_CASE(a_refusal_names_no_value) {
    SignableRequest request = plain_request();
    request.headers.push_back({"x-amz-server-side-encryption-customer-key", "hidden\n"});
    try {
        sign(request, example, any_scope);
        BOOST_FAIL("not refused");
    } catch (const std::invalid_argument& e) {
        BOOST_TEST(std::string(e.what()).find("hidden") == std::string::npos);
    }
}

BOOST_AUTO_TEST_SUITE_END()
