#include <boost/test/unit_test.hpp>

#include "base/failure.h"
#include "form/form.h"
#include "rules/policy.h"
#include "unit/canned_upload.h"

using namespace s3drop;
using namespace s3drop::test;

BOOST_AUTO_TEST_SUITE(policy)

// The step's result as text, or the status and text of its failure.
template <class Step>
std::string result_of(Step step) {
    try {
        return step();
    } catch (const Failure& failure) {
        return std::to_string(static_cast<int>(failure.status)) + " " + failure.detail;
    }
}

std::string admitted(const Settings& settings,
                     const std::map<std::string, std::string>& variables) {
    FakeRequest request;
    request.variables.insert(variables.begin(), variables.end());
    return result_of([&] {
        const RequestHead head = admit(settings, request);
        return head.length ? std::to_string(*head.length) : std::string("no length");
    });
}

BOOST_AUTO_TEST_CASE(values_of_the_request_are_used) {
    FakeRequest request;
    request.variables = {{"CONTENT_TYPE", "multipart/form-data; boundary=x"},
                         {"CONTENT_LENGTH", "5"},
                         {"REMOTE_USER", "ada"}};
    const RequestHead head = admit(canned_settings(), request);
    BOOST_TEST(head.content_type == "multipart/form-data; boundary=x");
    BOOST_TEST(head.length.value() == 5U);
    BOOST_TEST(head.user == "ada");
}

BOOST_AUTO_TEST_CASE(content_length) {
    Settings settings = canned_settings();
    settings.max_size = 1000;
    const std::string no_number = "400 CONTENT_LENGTH is not a number.";
    const struct {
        const char* length;
        std::string result;
    } cases[] = {
        {"1", "1"},
        {"1000", "1000"},
        {"0999", "999"},
        {"", "no length"},
        {"1001", "413 The upload has 1001 bytes; the limit is 1000."},
        {"6000000000", "413 The upload has 6000000000 bytes; the limit is 1000."},
        {"999999999999999999", "413 The upload has 999999999999999999 bytes; the limit is 1000."},
        {"0",
         "400 The request has no body. If a file was sent, it exceeded a limit of the web "
         "server (Apache: LimitRequestBody)."},
        {"-1", no_number},
        {"+1", no_number},
        {"abc", no_number},
        {"1x", no_number},
        {" 1", no_number},
        {"1,1", no_number},
        {"0x10", no_number},
        {"1e3", no_number},
        {"18446744073709551617", "413 The upload is too large."},
        {"99999999999999999999999999999999", "413 The upload is too large."},
    };
    for (const auto& each : cases) {
        BOOST_TEST(admitted(settings, {{"CONTENT_LENGTH", each.length}}) == each.result);
    }
    BOOST_TEST(admitted(settings, {}) == "no length");
}

BOOST_AUTO_TEST_CASE(user_required) {
    Settings settings = canned_settings();
    BOOST_TEST(admitted(settings, {{"CONTENT_LENGTH", "5"}}) == "5");
    settings.require_user = true;
    BOOST_TEST(admitted(settings, {{"CONTENT_LENGTH", "5"}}) == "403 Log in first.");
    BOOST_TEST(admitted(settings, {{"CONTENT_LENGTH", "5"}, {"REMOTE_USER", ""}}) ==
               "403 Log in first.");
    BOOST_TEST(admitted(settings, {{"CONTENT_LENGTH", "5"}, {"REMOTE_USER", "ada"}}) == "5");
    BOOST_TEST(admitted(settings, {{"CONTENT_LENGTH", "99999999999"}}) == "403 Log in first.");
}

Form form_of(const std::string& bucket) {
    Form form;
    form.bucket = bucket;
    form.files = {
        {.name = "a.txt", .content_type = "text/plain", .extent = {}, .payload_hash = ""}};
    return form;
}

Destination destination_of(const Settings& settings, const Form& form) {
    const FormFile& file = form.files.front();
    return destination_of(settings,
                          {.bucket = form.bucket,
                           .host = form.host,
                           .name = object_name(form, file),
                           .content_type = file.content_type},
                          {.user = "ada", .date = "2026-01-31", .uuid = "UUID"});
}

std::string bucket_of(const std::string& named) {
    return result_of([&] { return destination_of(canned_settings(), form_of(named)).bucket; });
}

BOOST_AUTO_TEST_CASE(buckets) {
    BOOST_TEST(bucket_of("") == "demo");
    BOOST_TEST(bucket_of("demo") == "demo");
    BOOST_TEST(bucket_of("photos") == "photos");
    for (const std::string bad : {"secret", "Demo", "demo ", " demo", "dem", "demo/..",
                                  "demo,photos", "*", "demo.evil", "."}) {
        BOOST_TEST(bucket_of(bad) ==
                   "403 Uploads to the bucket '" + bad + "' are not allowed here.");
    }
    BOOST_TEST(bucket_of("demo\r\nX: y") ==
               "403 Uploads to the bucket 'demo??X: y' are not allowed here.");
}

std::string type_of(const std::string& sent, const std::vector<std::string>& allowed = {}) {
    Settings settings = canned_settings();
    settings.types = allowed;
    Form form = form_of("");
    form.files.front().content_type = sent;
    return result_of([&] { return destination_of(settings, form).content_type; });
}

BOOST_AUTO_TEST_CASE(content_types) {
    BOOST_TEST(type_of("") == "application/octet-stream");
    for (const std::string type : {"text/plain", "Text/HTML; charset=\"utf-8\"", "image/svg+xml",
                                   "application/vnd.ms-excel", "text/plain;x=\xC3\xBC"}) {
        BOOST_TEST(type_of(type) == type);
    }
}

BOOST_AUTO_TEST_CASE(invalid_content_types) {
    for (const std::string type :
         {"text", "/", "text/", "/plain", "text/plain/x", "te xt/plain", "text /plain",
          ";charset=x", "text/<b>", "text/pl\xC3\xA4in", "text/plain;x=\xFF", "*"}) {
        BOOST_TEST(type_of(type).starts_with("400 '"), type);
        BOOST_TEST(type_of(type).ends_with("' is not a valid content type."), type);
    }
    for (const std::string type :
         {"text/plain\r\nX-Forged: 1", "text/plain\nx", "text/plain; a=\r\n b", "text/plain\r",
          "text/plain;\x7F", "text/plain;\x01"}) {
        BOOST_TEST(type_of(type).starts_with("400 '"), type);
    }
}

BOOST_AUTO_TEST_CASE(allowed_types) {
    const std::vector<std::string> allowed = {"image/*", "text/plain", "*/x-?"};
    for (const std::string type : {"image/png", "IMAGE/PNG", "image/svg+xml", "text/plain",
                                   "text/plain; charset=utf-8", "Text/Plain;x=y", "a/x-1"}) {
        BOOST_TEST(type_of(type, allowed) == type);
    }
    for (const std::string type :
         {"text/html", "text/plainer", "application/image/png", "a/x-12"}) {
        BOOST_TEST(!type_of(type, allowed).starts_with(type), type);
    }
    BOOST_TEST(type_of("text/html; x=image/png", allowed) ==
               "415 Files of type 'text/html' are not allowed here.");
    BOOST_TEST(type_of("", allowed) ==
               "415 Files of type 'application/octet-stream' are not allowed here.");
}

std::string key_of(const std::string& file_name, const std::string& own_name,
                   const std::string& text = "{name}") {
    Settings settings = canned_settings();
    settings.key = KeyTemplate(text);
    Form form = form_of("");
    form.file_name = file_name;
    form.files.front().name = own_name;
    return result_of([&] { return destination_of(settings, form).key; });
}

BOOST_AUTO_TEST_CASE(names) {
    BOOST_TEST(key_of("", "a.txt") == "a.txt");
    BOOST_TEST(key_of("", "C:\\fakepath\\a.txt") == "a.txt");
    BOOST_TEST(key_of("", "../../etc/passwd") == "passwd");
    BOOST_TEST(key_of("x/b.txt", "a.txt") == "x/b.txt");
    BOOST_TEST(key_of("../b.txt", "a.txt").starts_with("400 "));
    BOOST_TEST(key_of("", "").starts_with("400 The upload has no name"));
    BOOST_TEST(key_of("", "dir/").starts_with("400 The upload has no name"));
    BOOST_TEST(key_of("", "a.txt", "{user}/{date}/{uuid}{ext}") == "ada/2026-01-31/UUID.txt");
}

BOOST_AUTO_TEST_CASE(one_file_name_for_several_files) {
    Form form = form_of("");
    form.files.push_back(form.files.front());
    form.files.push_back(form.files.front());
    const auto key = [&] { return destination_of(canned_settings(), form).key; };
    BOOST_TEST(result_of(key) == "a.txt");
    form.file_name = "x";
    BOOST_TEST(result_of(key) ==
               "400 file_name can name only one file, but the form has 3 files: leave it empty.");
}

BOOST_AUTO_TEST_SUITE_END()
