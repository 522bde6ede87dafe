// Any response instead of S3's: a status, lines of headers, a blank line, and a body.
//
// The result is a stored object or a failure with one of three statuses, and every text about it is
// short and plain, whatever the store sent.
#include <algorithm>

#include "base/failure.h"
#include "base/text.h"
#include "fuzzing.h"
#include "s3/object.h"
#include "s3/refusal.h"
#include "s3/s3_error.h"
#include "unit/canned_upload.h"

using namespace s3drop;
using namespace s3drop::test;

namespace {

HttpResponse response_of(std::string_view text) {
    HttpResponse response;
    response.status = std::atoi(take_line(text).substr(0, 3).c_str());
    for (std::string line = take_line(text); !line.empty(); line = take_line(text)) {
        const std::size_t colon = std::min(line.find(':'), line.size());
        const std::string_view value =
            std::string_view(line).substr(std::min(colon + 1, line.size()));
        response.headers.push_back({line.substr(0, colon), std::string(trim(value))});
    }
    response.body = text.substr(0, HttpRequest::default_max_response_body);
    return response;
}

void check_text(const std::string& text, std::size_t limit) {
    constexpr std::size_t mark = 3;  // "…"
    must(text.size() <= limit + mark, "what S3 says is cut to a length", text);
    must(is_utf8(text) && !has_control_characters(text), "what S3 says is plain text", text);
}

void check(const S3Error& error) {
    check_text(error.code, 200);
    check_text(error.message, 500);
    check_text(error.request_id, 200);
    check_text(error.endpoint, 200);
    check_text(error.region, 200);
}

void check(const Failure& failure, const HttpResponse& response) {
    const bool busy = failure.status == Status::service_unavailable;
    must(busy || failure.status == Status::conflict || failure.status == Status::bad_gateway,
         "the status of a refusal is one of three", reason(failure.status));
    must(busy ? failure.retry_after >= 1 && failure.retry_after <= 9999 : failure.retry_after == 0,
         "Retry-After is set only if S3 is busy", std::to_string(failure.retry_after));
    must(response.status != 412 || failure.status == Status::conflict, "412 is a conflict");
    check_text(failure.detail, 600);
    if (failure.s3) check(*failure.s3);
}

void check(const Stored& stored, const HttpResponse& response) {
    must(response.status >= 200 && response.status <= 299, "only a success stores");
    must(!stored.etag.empty() && !response.header("ETag").empty(), "what is stored has an ETag");
    check_text(stored.etag, 200);
    check_text(stored.s3_request_id, 200);
}

// Wherever S3 redirects to, only an allowed host gets the request.
void check_move(const Settings& settings, const Destination& destination, const Refusal& refusal) {
    const auto redirect = redirected(settings.access, destination, refusal.host, refusal.region);
    if (!redirect) return;
    must(redirect->address.authority == destination.address.authority, "no other host is allowed",
         redirect->address.authority);
    must(is_region(redirect->region), "the region is valid", redirect->region);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const HttpResponse response = response_of(text_of(data, size));
    check(parse_s3_error(response));

    static const Settings settings = canned_settings();
    const Destination destination{
        .bucket = "demo",
        .key = "key",
        .content_type = "text/plain",
        .region = settings.access.region,
        .address = address_of(settings.access.endpoint, Addressing::path, "demo", "key")};
    const auto result = result_of_put(response, destination);
    if (const auto* stored = std::get_if<Stored>(&result)) {
        check(*stored, response);
    } else {
        const auto& refusal = std::get<Refusal>(result);
        check(refusal.failure, response);
        check_move(settings, destination, refusal);
    }
    return 0;
}
