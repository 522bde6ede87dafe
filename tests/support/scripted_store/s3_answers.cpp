#include "scripted_store/s3_answers.h"

namespace s3drop::test {

namespace {

std::string xml(const std::string& document) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + document;
}

std::string escaped(const std::string& text) {
    std::string all;
    for (const char c : text)
        all += c == '<' ? "&lt;" : c == '&' ? "&amp;" : std::string(1, c);
    return all;
}

std::string element(const std::string& name, const std::string& text) {
    return "<" + name + ">" + escaped(text) + "</" + name + ">";
}

Answer proxy_page(int status, const std::string& title) {
    return {.status = status,
            .headers = {{"Content-Type", "text/html"}},
            .body = "<html><head><title>" + title + "</title></head><body><h1>" + title +
                    "</h1><hr></body></html>\n"};
}

Headers retry_after_header(const std::string& value) {
    return value.empty() ? Headers() : Headers{{"Retry-After", value}};
}

}  // namespace

Answer refusal_answer(const S3Refusal& refusal, const Headers& headers) {
    std::string document = element("Code", refusal.code) + element("Message", refusal.message);
    for (const auto& [name, value] : refusal.details)
        document += element(name, value);
    document += element("RequestId", "STANDIN") + element("HostId", "stand-in");
    Answer answer{.status = refusal.status,
                  .headers = {{"Content-Type", "application/xml"}},
                  .body = xml("<Error>" + document + "</Error>")};
    answer.headers.insert(answer.headers.end(), headers.begin(), headers.end());
    return answer;
}

Answer error_answer(int status, const std::string& code, const Headers& headers) {
    return refusal_answer({.status = status, .code = code, .message = "As scripted: " + code},
                          headers);
}

Answer slow_down(const std::string& retry_after) {
    return error_answer(503, "SlowDown", retry_after_header(retry_after));
}

Answer too_many_requests(const std::string& retry_after) {
    return error_answer(429, "TooManyRequests", retry_after_header(retry_after));
}

Answer internal_error() {
    return error_answer(500, "InternalError");
}

Answer bad_gateway() {
    return proxy_page(502, "502 Bad Gateway");
}

Answer gateway_timeout() {
    return proxy_page(504, "504 Gateway Time-out");
}

Answer request_timeout() {
    return error_answer(400, "RequestTimeout", {{"Connection", "close"}});
}

Answer access_denied() {
    return error_answer(403, "AccessDenied");
}

Answer no_such_bucket() {
    return error_answer(404, "NoSuchBucket");
}

Answer time_too_skewed() {
    return error_answer(403, "RequestTimeTooSkewed");
}

Answer conditional_conflict() {
    return error_answer(409, "ConditionalRequestConflict");
}

Answer precondition_failed() {
    return error_answer(412, "PreconditionFailed");
}

Answer chunks_not_implemented() {
    return error_answer(501, "NotImplemented");
}

Answer permanent_redirect(const std::string& endpoint, const std::string& region) {
    return refusal_answer({.status = 301,
                           .code = "PermanentRedirect",
                           .message = "The bucket is to be addressed by another endpoint.",
                           .details = {{"Endpoint", endpoint}}},
                          {{"x-amz-bucket-region", region}});
}

Answer temporary_redirect(const std::string& location) {
    return error_answer(307, "TemporaryRedirect", {{"Location", location}});
}

Answer wrong_region(const std::string& region) {
    return refusal_answer({.status = 400,
                           .code = "AuthorizationHeaderMalformed",
                           .message = "The region is wrong; expecting '" + region + "'",
                           .details = {{"Region", region}}},
                          {{"x-amz-bucket-region", region}});
}

Answer without_etag() {
    return {.status = 200,
            .headers = {{"Content-Type", "text/html"}},
            .body = "<html><body>Welcome to our network. Please log in.</body></html>"};
}

Answer http_0_9() {
    return {.raw = "<html><body>It works!</body></html>\n"};
}

Answer binary() {
    std::string bytes;
    for (unsigned i = 0; i < 4096; ++i)
        bytes += static_cast<char>((i * 2654435761U) >> 13U);
    return {.raw = bytes};
}

Answer huge_header() {
    Answer answer = error_answer(503, "SlowDown");
    answer.headers.push_back({"x-amz-huge", std::string(200000, 'h')});
    return answer;
}

Answer endless_headers() {
    return {.raw = "HTTP/1.1 503 Slow Down\r\n",
            .endless = "x-amz-endless: " + std::string(1000, 'h') + "\r\n"};
}

Answer endless_body() {
    return {.raw = "HTTP/1.1 503 Slow Down\r\nContent-Type: application/xml\r\n\r\n" +
                   xml("<Error><Code>SlowDown</Code><Message>"),
            .endless = std::string(65536, 'm')};
}

Answer nested_entities() {
    std::string document = xml("<!DOCTYPE Error [<!ENTITY e0 \"boom\">");
    for (int i = 1; i < 12; ++i) {
        const std::string inner = "&e" + std::to_string(i - 1) + ";";
        document += "<!ENTITY e" + std::to_string(i) + " \"";
        for (int copy = 0; copy < 10; ++copy)
            document += inner;
        document += "\">";
    }
    document += "]><Error><Code>&e11;</Code><Message>&e11;</Message></Error>";
    return {.status = 503, .headers = {{"Content-Type", "application/xml"}}, .body = document};
}

}  // namespace s3drop::test
