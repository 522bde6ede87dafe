#include "reply/reply.h"

#include <nlohmann/json.hpp>

#include <algorithm>

#include "base/decimal.h"
#include "base/text.h"
#include "reply/reply_head.h"
#include "reply/reply_html.h"

namespace s3drop {

namespace {

using nlohmann::ordered_json;

constexpr const char* allowed_methods = "POST, GET, HEAD, OPTIONS";

// The weight that an Accept header gives to a media type (RFC 9110 section 12.5.1), in thousandths;
// 0 if the header does not name the type.
int weight(std::string_view accept, std::string_view type) {
    for (const std::string& range : split(accept, ',')) {
        const std::vector<std::string> elements = split(range, ';');
        if (elements.empty() || !equal_ignoring_case(elements.front(), type)) continue;
        int thousandths = 1000;
        for (const std::string& parameter : elements) {
            if (!lower_case(parameter).starts_with("q=")) continue;
            std::string digits = parameter.substr(2, 5);
            if (digits.starts_with('.')) digits.insert(0, "0");
            std::erase(digits, '.');
            digits.resize(5, '0');
            const auto ten_thousandths = parse_decimal(digits);
            if (!ten_thousandths) return 0;
            thousandths = std::min(static_cast<int>(*ten_thousandths) / 10, 1000);
        }
        return thousandths;
    }
    return 0;
}

std::string dump(const ordered_json& json) {
    return json.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

ordered_json json_of(const Stored& stored) {
    return {{"bucket", stored.bucket}, {"key", stored.key},
            {"size", stored.size},     {"content_type", stored.content_type},
            {"etag", stored.etag},     {"url", stored.url}};
}

ordered_json json_of(const std::vector<Stored>& files) {
    ordered_json list = ordered_json::array();
    for (const Stored& stored : files)
        list.push_back(json_of(stored));
    return list;
}

std::string json_body(const Outcome& outcome) {
    ordered_json json;
    if (!outcome.failure) {
        json["files"] = json_of(outcome.stored);
        json["url"] = outcome.stored.front().url;
        json["request_id"] = outcome.request_id;
        return dump(json);
    }
    const Failure& failure = *outcome.failure;
    json["title"] = reason(failure.status);
    json["status"] = static_cast<int>(failure.status);
    json["detail"] = failure.detail;
    json["request_id"] = outcome.request_id;
    if (failure.s3) {
        json["s3_code"] = failure.s3->code;
        json["s3_request_id"] = failure.s3->request_id;
    }
    if (!outcome.stored.empty()) json["files"] = json_of(outcome.stored);
    return dump(json);
}

std::string text_body(const Outcome& outcome) {
    std::string text;
    for (const Stored& stored : outcome.stored) {
        text += "Stored s3://" + stored.bucket + "/" + stored.key + " (" +
                std::to_string(stored.size) + " bytes)\n";
    }
    if (!outcome.failure) return text;
    text += "Error: " + outcome.failure->detail + "\n";
    if (outcome.failure->s3) {
        text += "S3: " + or_dash(outcome.failure->s3->code) + ", request " +
                or_dash(outcome.failure->s3->request_id) + "\n";
    }
    return text + "Request: " + outcome.request_id + "\n";
}

std::string content_type(Format format, bool failed) {
    switch (format) {
        case Format::json:
            return failed ? "application/problem+json" : "application/json";
        case Format::html:
            return "text/html; charset=utf-8";
        case Format::text:
            break;
    }
    return "text/plain; charset=utf-8";
}

std::string body(const Outcome& outcome, const Presentation& presentation) {
    switch (presentation.format) {
        case Format::json:
            return json_body(outcome);
        case Format::html:
            return html_page(outcome, presentation.page);
        case Format::text:
            break;
    }
    return text_body(outcome);
}

}  // namespace

Format preferred_format(std::string_view accept) {
    const int json =
        std::max(weight(accept, "application/json"), weight(accept, "application/problem+json"));
    const int html = weight(accept, "text/html");
    if (json == 0 && html == 0) return Format::text;
    return json > html ? Format::json : Format::html;
}

std::string render(const Outcome& outcome, const Presentation& presentation) {
    const bool failed = outcome.failure.has_value();
    const Status status = failed ? outcome.failure->status : Status::created;
    std::string text = head(status, content_type(presentation.format, failed), presentation.closes);
    text += vary(true, presentation.cross.varies) + cors_headers(presentation.cross);
    text += "X-Request-Id: " + outcome.request_id + "\r\n";
    if (!failed) text += "Location: " + outcome.stored.front().url + "\r\n";
    if (status == Status::method_not_allowed) {
        text += "Allow: " + std::string(allowed_methods) + "\r\n";
    }
    if (failed && outcome.failure->refuses_encoding) text += "Accept-Encoding: identity\r\n";
    if (failed && outcome.failure->retry_after > 0) {
        text += "Retry-After: " + std::to_string(outcome.failure->retry_after) + "\r\n";
    }
    if (presentation.format == Format::html) {
        text += "Content-Security-Policy: default-src 'none'; style-src 'self'; img-src 'self'\r\n";
    }
    return text + "\r\n" + body(outcome, presentation);
}

std::string render_limits(const Settings& settings, const Presentation& presentation) {
    return head(Status::ok, "application/json", presentation.closes) +
           vary(true, presentation.cross.varies) + cors_headers(presentation.cross) + "\r\n" +
           dump({{"max_size", settings.max_size},
                 {"types", settings.types},
                 {"buckets", settings.buckets},
                 {"overwrite", settings.overwrite}});
}

std::string render_redirect(const Presentation& presentation) {
    return head(Status::see_other, "", presentation.closes) +
           vary(true, presentation.cross.varies) + cors_headers(presentation.cross) +
           "Location: " + presentation.page + "\r\n\r\n";
}

std::string render_nothing(const Presentation& presentation) {
    return head(Status::no_content, "", presentation.closes) +
           vary(false, presentation.cross.varies) + cors_headers(presentation.cross) + "\r\n";
}

std::string render_options(const Presentation& presentation) {
    return head(Status::no_content, "", presentation.closes) +
           vary(false, presentation.cross.varies) + cors_headers(presentation.cross) +
           preflight_headers(presentation.cross) + "Allow: " + allowed_methods + "\r\n\r\n";
}

}  // namespace s3drop
