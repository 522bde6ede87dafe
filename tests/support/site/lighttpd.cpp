#include "site/front.h"

namespace s3drop::test {

namespace {

constexpr std::size_t fastcgi_workers = 8;  // of lighttpd/fastcgi.conf

}  // namespace

FrontSetup set_up_lighttpd(Front front, const std::filesystem::path& root) {
    const bool fastcgi = front == Front::lighttpd_fastcgi;
    const char* configuration = fastcgi ? "fastcgi.conf" : "cgi.conf";
    return {.workers = fastcgi ? fastcgi_workers : 0,
            .commands = {{.arguments = {"lighttpd", "-D", "-f", root / "lighttpd" / configuration},
                          .environment = {}}}};
}

}  // namespace s3drop::test
