#include "reply/reply_head.h"

namespace s3drop {

std::string vary(bool with_accept, bool with_origin) {
    if (!with_accept && !with_origin) return {};
    return std::string("Vary: ") + (with_accept ? "Accept" : "") +
           (with_accept && with_origin ? ", " : "") + (with_origin ? "Origin" : "") + "\r\n";
}

std::string cors_headers(const CrossOrigin& cross) {
    if (cross.allowed.empty()) return {};
    return "Access-Control-Allow-Origin: " + cross.allowed +
           (cross.credentials ? "\r\nAccess-Control-Allow-Credentials: true" : "") +
           "\r\nAccess-Control-Expose-Headers: Location, X-Request-Id, Retry-After\r\n";
}

// The headers that upload widgets send. The list is fixed, so that nothing from the request gets
// into the reply. Chromium caches a preflight reply for 7200 seconds at most.
std::string preflight_headers(const CrossOrigin& cross) {
    if (cross.allowed.empty()) return {};
    return "Access-Control-Allow-Methods: POST, GET, HEAD\r\n"
           "Access-Control-Allow-Headers: Accept, Authorization, Cache-Control, Content-Type, "
           "X-CSRF-Token, X-Requested-With, X-XSRF-Token\r\n"
           "Access-Control-Max-Age: 7200\r\n";
}

std::string head(Status status, std::string_view content_type, bool closes) {
    std::string text = "Status: " + std::to_string(static_cast<int>(status)) + " " +
                       reason(status) +
                       "\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n";
    if (!content_type.empty()) text += "Content-Type: " + std::string(content_type) + "\r\n";
    if (closes) text += "Connection: close\r\n";
    return text;
}

}  // namespace s3drop
