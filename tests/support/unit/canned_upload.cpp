#include "unit/canned_upload.h"

namespace s3drop::test {

Settings canned_settings() {
    Settings settings;
    settings.buckets = {"demo", "photos"};
    settings.access.endpoint = {
        .scheme = "http", .host = "store.example", .port = "9000", .path = ""};
    settings.access.region = "eu-west-1";
    settings.access.credentials = {.access_key_id = "AKIAIOSFODNN7EXAMPLE",
                                   .secret_access_key = canned_secret,
                                   .session_token = canned_token};
    settings.max_size = 1024UL * 1024 * 1024;
    settings.spool_dir = "/tmp";
    return settings;
}

Destination canned_destination(const std::string& key) {
    const Settings settings = canned_settings();
    return {.bucket = "demo",
            .key = key,
            .content_type = "text/plain",
            .region = settings.access.region,
            .address = address_of(settings.access.endpoint, Addressing::path, "demo", key)};
}

std::variant<Stored, Refusal> result_of_put(const HttpResponse& response,
                                            const Destination& destination) {
    const Call put = put_call({}, destination, {.size = 5, .hash = {}, .read = {}});
    if (response.status < 200 || response.status > 299)
        return refusal_of(put, destination, response);
    return meaning_of(response, put, destination);
}

std::chrono::system_clock::time_point canned_time() {
    return std::chrono::system_clock::from_time_t(1769860800);
}

std::string canned_multipart(const std::vector<CannedPart>& parts) {
    std::string body;
    for (const CannedPart& part : parts) {
        body += "--B0undary\r\nContent-Disposition: form-data; name=\"" + part.name + "\"";
        if (part.filename) body += "; filename=\"" + *part.filename + "\"";
        if (!part.content_type.empty()) body += "\r\nContent-Type: " + part.content_type;
        body += "\r\n\r\n" + part.content + "\r\n";
    }
    return body + "--B0undary--\r\n";
}

void set_post(FakeRequest& request, const std::string& content_type, const std::string& body) {
    request.variables["REQUEST_METHOD"] = "POST";
    request.variables["CONTENT_TYPE"] = content_type;
    request.variables["CONTENT_LENGTH"] = std::to_string(body.size());
    request.body = body;
}

void set_multipart(FakeRequest& request, const std::vector<CannedPart>& parts) {
    set_post(request, "multipart/form-data; boundary=B0undary", canned_multipart(parts));
}

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

}  // namespace s3drop::test
