#include "site/front.h"

namespace s3drop::test {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t pool_workers = 8;  // of apache/pool

Command apache(const fs::path& configuration, const std::vector<std::string>& defines) {
    Command command{.arguments = {"apache2", "-D", "FOREGROUND", "-f", configuration},
                    .environment = {}};
    for (const std::string& name : defines) {
        command.arguments.emplace_back("-D");
        command.arguments.push_back(name);
    }
    return command;
}

// Fills a folder as somebody with such a host does, following apache/htaccess.
void lay_out(const fs::path& root, const fs::path& site) {
    fs::copy(root / "htdocs", site, fs::copy_options::recursive);
    fs::create_directory(site / "cgi-bin");
    fs::copy(root / "cgi-bin" / "upload.fcgi", site / "cgi-bin");
    fs::copy(root / "apache" / "htaccess", site / ".htaccess");
}

// Makes the site, and another site in a folder below it.
void lay_out_public_html(const fs::path& root) {
    const fs::path site = root / "public_html";
    if (fs::exists(site)) return;
    lay_out(root, site);
    lay_out(root, site / "below");
    fs::copy("tests/support/site/hosting.conf", root);
}

}  // namespace

FrontSetup set_up_apache(Front front, const fs::path& root,
                         const std::vector<std::string>& defines) {
    const fs::path shipped = root / "apache";
    if (front == Front::fcgid) return {.commands = {apache(shipped / "fcgid.conf", defines)}};
    if (front == Front::cgid) return {.commands = {apache(shipped / "cgi.conf", defines)}};
    if (front == Front::proxy_fcgi) {
        return {.workers = pool_workers,
                .commands = {{.arguments = {shipped / "pool"}, .environment = {}},
                             apache(shipped / "proxy-fcgi.conf", defines)}};
    }
    lay_out_public_html(root);
    return {.program = "public_html/cgi-bin/upload.fcgi",
            .commands = {apache(root / "hosting.conf", defines)}};
}

}  // namespace s3drop::test
