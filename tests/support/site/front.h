// The ways that a web server runs the program, each from the configuration that is shipped.
#pragma once

#include <array>
#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

#include "system/process.h"

namespace s3drop::test {

enum class Front { lighttpd_fastcgi, lighttpd_cgi, fcgid, proxy_fcgi, cgid, htaccess };

inline constexpr std::array fronts = {
    Front::lighttpd_fastcgi, Front::lighttpd_cgi, Front::fcgid,
    Front::proxy_fcgi,       Front::cgid,         Front::htaccess};

std::ostream& operator<<(std::ostream& out, Front front);

// What one front needs of a Site.
struct FrontSetup {
    std::string program = "cgi-bin/upload.fcgi";  // below the site's folder
    std::size_t workers = 0;                      // that start with the server
    std::vector<Command> commands = {};           // started in this order, ended in the other
};

// `root`: the site's folder, with what is shipped, a folder `run`, and upload.conf.
// Standard output and error of each command go to a file in `run`.
// `defines`: names that are defined for Apache (-D).
FrontSetup set_up(Front front, const std::filesystem::path& root, int port,
                  const std::vector<std::string>& defines = {});

// lighttpd.cpp, apache.cpp
FrontSetup set_up_lighttpd(Front front, const std::filesystem::path& root);
FrontSetup set_up_apache(Front front, const std::filesystem::path& root,
                         const std::vector<std::string>& defines);

// Whether the program starts when the whole body has come: nothing that it says can be early, and
// a client that goes before is nothing to it.
constexpr bool starts_after_the_body(Front front) {
    return front == Front::lighttpd_cgi  // stream-request-body 0: the program gets a file
           || front == Front::fcgid      // mod_fcgid knows no other way
           || front == Front::htaccess;  // which is with mod_fcgid here
}

// Whether an answer reaches the client only after its whole body.
constexpr bool answers_after_the_body(Front front) {
    return starts_after_the_body(front) || front == Front::cgid;  // mod_cgid reads all of it first
}

// Whether one process answers one request and ends.
constexpr bool is_cgi_front(Front front) {
    return front == Front::lighttpd_cgi || front == Front::cgid;
}

}  // namespace s3drop::test
