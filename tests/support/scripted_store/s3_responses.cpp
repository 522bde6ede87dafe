#include "scripted_store/s3_responses.h"

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

ScriptedResponse proxy_page(int status, const std::string& title) {
    return {.status = status,
            .headers = {{"Content-Type", "text/html"}},
            .body = "<html><head><title>" + title + "</title></head><body><h1>" + title +
                    "</h1><hr></body></html>\n"};
}

Headers retry_after_header(const std::string& value) {
    return value.empty() ? Headers() : Headers{{"Retry-After", value}};
}

}  // namespace

ScriptedResponse refusal_response(const S3Refusal& refusal, const Headers& headers) {
    std::string document = element("Code", refusal.code) + element("Message", refusal.message);
    for (const auto& [name, value] : refusal.details)
        document += element(name, value);
    document += element("RequestId", "STANDIN") + element("HostId", "stand-in");
    ScriptedResponse response{.status = refusal.status,
                              .headers = {{"Content-Type", "application/xml"}},
                              .body = xml("<Error>" + document + "</Error>")};
    response.headers.insert(response.headers.end(), headers.begin(), headers.end());
    return response;
}

ScriptedResponse error_response(int status, const std::string& code, const Headers& headers) {
    return refusal_response({.status = status, .code = code, .message = "As scripted: " + code},
                            headers);
}

ScriptedResponse slow_down(const std::string& retry_after) {
    return error_response(503, "SlowDown", retry_after_header(retry_after));
}

ScriptedResponse too_many_requests(const std::string& retry_after) {
    return error_response(429, "TooManyRequests", retry_after_header(retry_after));
}

ScriptedResponse internal_error() {
    return error_response(500, "InternalError");
}

ScriptedResponse bad_gateway() {
    return proxy_page(502, "502 Bad Gateway");
}

ScriptedResponse gateway_timeout() {
    return proxy_page(504, "504 Gateway Time-out");
}

ScriptedResponse request_timeout() {
    return error_response(400, "RequestTimeout", {{"Connection", "close"}});
}

ScriptedResponse access_denied() {
    return error_response(403, "AccessDenied");
}

ScriptedResponse no_such_bucket() {
    return error_response(404, "NoSuchBucket");
}

ScriptedResponse time_too_skewed() {
    return error_response(403, "RequestTimeTooSkewed");
}

ScriptedResponse conditional_conflict() {
    return error_response(409, "ConditionalRequestConflict");
}

ScriptedResponse precondition_failed() {
    return error_response(412, "PreconditionFailed");
}

ScriptedResponse chunks_not_implemented() {
    return error_response(501, "NotImplemented");
}

ScriptedResponse permanent_redirect(const std::string& endpoint, const std::string& region) {
    return refusal_response({.status = 301,
                             .code = "PermanentRedirect",
                             .message = "The bucket has to be addressed by another endpoint.",
                             .details = {{"Endpoint", endpoint}}},
                            {{"x-amz-bucket-region", region}});
}

ScriptedResponse temporary_redirect(const std::string& location) {
    return error_response(307, "TemporaryRedirect", {{"Location", location}});
}

ScriptedResponse wrong_region(const std::string& region) {
    return refusal_response({.status = 400,
                             .code = "AuthorizationHeaderMalformed",
                             .message = "The region is wrong; expecting '" + region + "'",
                             .details = {{"Region", region}}},
                            {{"x-amz-bucket-region", region}});
}

ScriptedResponse without_etag() {
    return {.status = 200,
            .headers = {{"Content-Type", "text/html"}},
            .body = "<html><body>Welcome to our network. Please log in.</body></html>"};
}

ScriptedResponse http_0_9() {
    return {.raw = "<html><body>It works!</body></html>\n"};
}

ScriptedResponse binary() {
    std::string bytes;
    for (unsigned i = 0; i < 4096; ++i)
        bytes += static_cast<char>((i * 2654435761U) >> 13U);
    return {.raw = bytes};
}

ScriptedResponse huge_header() {
    ScriptedResponse response = error_response(503, "SlowDown");
    response.headers.push_back({"x-amz-huge", std::string(200000, 'h')});
    return response;
}

ScriptedResponse endless_headers() {
    return {.raw = "HTTP/1.1 503 Slow Down\r\n",
            .endless = "x-amz-endless: " + std::string(1000, 'h') + "\r\n"};
}

ScriptedResponse endless_body() {
    return {.raw = "HTTP/1.1 503 Slow Down\r\nContent-Type: application/xml\r\n\r\n" +
                   xml("<Error><Code>SlowDown</Code><Message>"),
            .endless = std::string(65536, 'm')};
}

ScriptedResponse nested_entities() {
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
