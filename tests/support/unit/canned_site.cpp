#include "unit/canned_site.h"

#include <boost/test/unit_test.hpp>

#include "upload/serve.h"

namespace s3drop::test {

void CannedSite::handle() {
    const World world{.s3 = s3,
                      .learned = learned,
                      .now =
                          [this] {
                              clock += step;
                              return clock - step;
                          },
                      .wait = [this](std::chrono::milliseconds time) { waits.push_back(time); },
                      .random_hex = [this] { return std::string(32, ++random); },
                      .log = [this](std::string_view line) { log.emplace_back(line); }};
    if (unconfigured.empty()) {
        serve(request, settings, world);
    } else {
        serve_unconfigured(request, unconfigured, world);
    }
    for (const char* secret : {canned_secret, canned_token}) {
        BOOST_TEST(!contains(request.reply, secret));
        for (const std::string& line : log)
            BOOST_TEST(!contains(line, secret));
    }
}

void CannedSite::post(const std::vector<CannedPart>& parts) {
    set_multipart(request, parts);
    handle();
}

void CannedSite::post(const std::string& content_type, const std::string& content) {
    set_post(request, content_type, content);
    handle();
}

int CannedSite::status() const {
    const std::string begin = "Status: ";
    BOOST_REQUIRE(request.reply.starts_with(begin));
    return std::stoi(request.reply.substr(begin.size()));
}

std::string CannedSite::header(const std::string& name) const {
    const std::string head = request.reply.substr(0, request.reply.find("\r\n\r\n") + 2);
    const std::size_t at = head.find("\r\n" + name + ": ");
    if (at == std::string::npos) return {};
    const std::size_t begin = at + name.size() + 4;
    return head.substr(begin, head.find("\r\n", begin) - begin);
}

std::string CannedSite::body() const {
    return request.reply.substr(request.reply.find("\r\n\r\n") + 4);
}

CannedPart text_file(const std::string& filename, const std::string& content) {
    return {.name = "file_data",
            .filename = filename,
            .content_type = "text/plain",
            .content = content};
}

CannedPart field(const std::string& name, const std::string& value) {
    return {.name = name, .filename = {}, .content_type = "", .content = value};
}

}  // namespace s3drop::test
