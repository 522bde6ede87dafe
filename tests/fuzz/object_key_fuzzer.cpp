// Any name, key template, bucket and host for an object: a line each with the template, the user,
// the bucket, the host and the form's file_name; the rest is the file's own name.
//
// The destination is one that the operator allows, or the upload is refused with 400 or 403. The
// key does not climb out of a folder and is 1 to 1024 bytes of text without control characters, and
// the URL means the same key in plain ASCII.
#include <algorithm>
#include <stdexcept>

#include "base/failure.h"
#include "base/percent.h"
#include "form/form.h"
#include "fuzzing.h"
#include "rules/policy.h"
#include "unit/canned_upload.h"

using namespace s3drop;
using namespace s3drop::test;

namespace {

// Decodes UTF-8 independently of the program, one code point at a time.
char32_t take_code_point(std::string_view& text) {
    const unsigned first = take_byte(text);
    const int more = first < 0x80 ? 0 : first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
    must(first < 0x80 || (first >= 0xC0 && first <= 0xF7), "a key is UTF-8");
    char32_t point = more == 0 ? first : first & (0x3FU >> static_cast<unsigned>(more));
    for (int i = 0; i < more; ++i) {
        const unsigned next = take_byte(text);
        must((next & 0xC0U) == 0x80U, "a key is UTF-8");
        point = point << 6U | (next & 0x3FU);
    }
    constexpr char32_t least[] = {0, 0x80, 0x800, 0x10000};
    must(point >= least[more] && point <= 0x10FFFF && (point < 0xD800 || point > 0xDFFF),
         "a key is UTF-8");
    return point;
}

void check_key(std::string_view key) {
    must(!key.empty() && key.size() <= 1024, "a key has 1 to 1024 bytes", key);
    for (std::string_view rest = key; !rest.empty();) {
        const char32_t point = take_code_point(rest);
        must(point >= 0x20 && (point < 0x7F || point >= 0xA0), "a key has no controls", key);
    }
    const std::string enclosed = "/" + std::string(key) + "/";
    must(enclosed.find("/./") == std::string::npos && enclosed.find("/../") == std::string::npos,
         "a key does not climb out", key);
}

void check_address(const Destination& destination) {
    constexpr std::string_view plain =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/%";
    constexpr std::string_view of_hosts = "abcdefghijklmnopqrstuvwxyz0123456789-._:";
    const auto& [authority, path, url] = destination.address;
    must(url == "http://" + authority + path, "the URL is made of its parts", url);
    must(path.starts_with('/') && path.find_first_not_of(plain) == std::string::npos,
         "the path is plain", path);
    const bool in_host = authority.starts_with(destination.bucket + ".");
    const std::string before = in_host ? "/" : "/" + destination.bucket + "/";
    must(percent_decode(path) == before + destination.key, "the path is that of the key", path);
    must(!authority.empty() && authority.find_first_not_of(of_hosts) == std::string::npos,
         "the authority is plain", authority);
}

// Only what settings_with() allows.
void check_allowed(const Destination& destination) {
    const std::string& authority = destination.address.authority;
    const std::string bucket = destination.bucket + ".";
    const std::size_t begin = authority.starts_with(bucket) ? bucket.size() : 0;
    const std::string host = authority.substr(begin, authority.find(':') - begin);
    must(destination.bucket == "demo" || destination.bucket == "photos", "the bucket is allowed",
         destination.bucket);
    must(host == "store.example" || host.ends_with(".amazonaws.com"), "the host is allowed", host);
    must(!destination.content_type.empty() && !destination.region.empty(),
         "type and region are known");
}

Settings settings_with(const std::string& key_template, Addressing addressing) {
    Settings settings = canned_settings();
    settings.access.hosts = {{"*.amazonaws.com", ""}};
    settings.access.addressing = addressing;
    settings.key = KeyTemplate(key_template);
    return settings;
}

void check_destination(const Settings& settings, const Form& form, const std::string& user) {
    const KeyContext context{
        .user = user, .date = "2026-01-31", .uuid = "01234567-89ab-4cde-8f01-23456789abcd"};
    try {
        const FormFile& file = form.files.front();
        const Destination destination = destination_of(settings,
                                                       {.bucket = form.bucket,
                                                        .host = form.host,
                                                        .name = object_name(form, file),
                                                        .content_type = file.content_type},
                                                       context);
        check_key(destination.key);
        check_address(destination);
        check_allowed(destination);
    } catch (const Failure& failure) {
        must(failure.status == Status::bad_request || failure.status == Status::forbidden,
             "a refusal is 400 or 403", failure.detail);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view input = text_of(data, size);
    const std::string key_template = take_line(input);
    const std::string user = take_line(input);
    Form form;
    form.bucket = take_line(input);
    form.host = take_line(input);
    form.file_name = take_line(input);
    form.files.push_back({.name = std::string(input)});
    for (const Addressing addressing : {Addressing::automatic, Addressing::virtual_host}) {
        try {
            check_destination(settings_with(key_template, addressing), form, user);
        } catch (const std::runtime_error& error) {
            must(error.what() != std::string(), "a template is refused with a text");
        }
    }
    return 0;
}
