#include "site/front.h"

#include <ostream>

namespace s3drop::test {

std::ostream& operator<<(std::ostream& out, Front front) {
    switch (front) {
        case Front::lighttpd_fastcgi:
            return out << "lighttpd FastCGI";
        case Front::lighttpd_cgi:
            return out << "lighttpd CGI";
        case Front::fcgid:
            return out << "Apache mod_fcgid";
        case Front::proxy_fcgi:
            return out << "Apache mod_proxy_fcgi";
        case Front::cgid:
            return out << "Apache mod_cgid";
        case Front::htaccess:
            return out << "Apache .htaccess";
    }
    return out;
}

FrontSetup set_up(Front front, const std::filesystem::path& root, int port,
                  const std::vector<std::string>& defines) {
    const bool lighttpd = front == Front::lighttpd_fastcgi || front == Front::lighttpd_cgi;
    FrontSetup setup =
        lighttpd ? set_up_lighttpd(front, root) : set_up_apache(front, root, defines);
    for (Command& command : setup.commands) {
        command.environment = {{"S3DROP_ROOT", root},
                               {"S3DROP_RUN", root / "run"},
                               {"S3DROP_PORT", std::to_string(port)},
                               {"UPLOAD_CONFIG", root / "upload.conf"},
                               {"TMPDIR", root / "run"}};
        const std::string name = std::filesystem::path(command.arguments.front()).filename();
        command.output = root / "run" / (name + ".out");
        command.ordinary_user = true;
    }
    return setup;
}

}  // namespace s3drop::test
