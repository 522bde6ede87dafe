#include "reply_html.h"

#include "text.h"

namespace s3drop {

namespace {

std::string stored_item(const Stored& stored) {
    return "<li><a href=\"" + escape_html(stored.url) + "\">" + escape_html(stored.key) +
           "</a> <span class=\"note\">" + std::to_string(stored.size) + " bytes, " +
           escape_html(stored.content_type) + ", in " + escape_html(stored.bucket) +
           "</span></li>\n";
}

std::string stored_list(const std::vector<Stored>& files) {
    if (files.empty()) return {};
    std::string list = "<ul class=\"files\">\n";
    for (const Stored& stored : files)
        list += stored_item(stored);
    return list + "</ul>\n";
}

std::string failure_text(const Outcome& outcome) {
    const Failure& failure = *outcome.failure;
    std::string text =
        "<p class=\"error\" role=\"alert\">" + escape_html(failure.detail) + "</p>\n";
    if (failure.s3) {
        text += "<p class=\"note\">S3 said " + escape_html(or_dash(failure.s3->code)) +
                " in its request " + escape_html(or_dash(failure.s3->request_id)) + ".</p>\n";
    }
    if (!outcome.stored.empty()) text += "<p>Stored before that:</p>\n";
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
           (failed ? failure_text(outcome) : "") + stored_list(outcome.stored) + "<p><a href=\"" +
           page + "\">" + (failed ? "Back to the form" : "Upload another file") +
           "</a></p>\n<p class=\"note\">Request " + escape_html(outcome.request_id) +
           "</p>\n</main>\n</body>\n</html>\n";
}

}  // namespace s3drop
