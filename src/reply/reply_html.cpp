#include "reply/reply_html.h"

#include <array>
#include <cstdint>
#include <iomanip>
#include <sstream>

#include "base/text.h"

namespace s3drop {

namespace {

// In the same format as the list on the upload page: a kilobyte is 1000 bytes, and numbers below
// 100 have one decimal.
std::string readable_size(std::uint64_t bytes) {
    if (bytes < 1000) return std::to_string(bytes) + (bytes == 1 ? " byte" : " bytes");
    constexpr std::array units = {"", " kB", " MB", " GB", " TB"};
    auto size = static_cast<double>(bytes);
    std::size_t unit = 0;
    for (; size >= 999.5 && unit + 1 < units.size(); ++unit)
        size /= 1000;
    std::ostringstream text;
    text << std::fixed << std::setprecision(size < 99.95 ? 1 : 0) << size;
    const std::string digits = text.str();
    return (digits.ends_with(".0") ? digits.substr(0, digits.size() - 2) : digits) + units[unit];
}

std::string stored_item(const Stored& stored) {
    const std::string url = escape_html(stored.url);
    return "<li class=\"row\" data-state=\"done\"><div class=\"about\">\n<p><bdi class=\"name\">" +
           escape_html(stored.key) + "</bdi> <span class=\"note\">" + readable_size(stored.size) +
           ", " + escape_html(stored.content_type) + "</span></p>\n<p class=\"status\">Stored in " +
           escape_html(stored.bucket) + "</p>\n<a class=\"address\" href=\"" + url + "\">" + url +
           "</a>\n</div></li>\n";
}

std::string stored_list(const std::vector<Stored>& files) {
    if (files.empty()) return {};
    std::string list = "<ol class=\"list\">\n";
    for (const Stored& stored : files)
        list += stored_item(stored);
    return list + "</ol>\n";
}

std::string failure_text(const Outcome& outcome) {
    const Failure& failure = *outcome.failure;
    std::string text =
        "<p class=\"error\" role=\"alert\">" + escape_html(failure.detail) + "</p>\n";
    if (failure.s3) {
        text += "<p class=\"note\">S3 error code: " + escape_html(or_dash(failure.s3->code)) +
                ", S3 request: " + escape_html(or_dash(failure.s3->request_id)) + "</p>\n";
    }
    if (!outcome.stored.empty()) text += "<p>Stored before the failure:</p>\n";
    return text;
}

}  // namespace

std::string escape_html(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        switch (c) {
            case '&':
                escaped += "&amp;";
                break;
            case '<':
                escaped += "&lt;";
                break;
            case '>':
                escaped += "&gt;";
                break;
            case '"':
                escaped += "&quot;";
                break;
            case '\'':
                escaped += "&#39;";
                break;
            default:
                escaped += c;
        }
    }
    return escaped;
}

std::string html_page(const Outcome& outcome, const std::string& page) {
    const bool failed = outcome.failure.has_value();
    const std::string title = failed ? "Not uploaded" : "Uploaded";
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
           title + "</title>\n<link rel=\"stylesheet\" href=\"" + page +
           "style.css\">\n<link rel=\"icon\" href=\"" + page +
           "icon.svg\" type=\"image/svg+xml\">\n</head>\n<body>\n<main>\n<h1>" + title + "</h1>\n" +
           (failed ? failure_text(outcome) : "") + stored_list(outcome.stored) +
           "<p><a class=\"button\" href=\"" + page + "\">" +
           (failed ? "Back to the form" : "Upload another file") +
           "</a></p>\n<p class=\"note\">Request " + escape_html(outcome.request_id) +
           "</p>\n</main>\n</body>\n</html>\n";
}

}  // namespace s3drop
