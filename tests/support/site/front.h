// The ways that a web server runs the program, each with the shipped configuration.
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
    std::size_t workers = 0;                      // how many start with the server
    std::vector<Command> commands = {};           // started in this order, ended in reverse
};

// `root`: the site's folder. It has the shipped files, a folder `run`, and upload.conf.
// Standard output and error of each command go to a file in `run`.
// `defines`: names to define for Apache (-D).
FrontSetup set_up(Front front, const std::filesystem::path& root, int port,
                  const std::vector<std::string>& defines = {});

// lighttpd.cpp, apache.cpp
FrontSetup set_up_lighttpd(Front front, const std::filesystem::path& root);
FrontSetup set_up_apache(Front front, const std::filesystem::path& root,
                         const std::vector<std::string>& defines);

// Whether the program starts only when the whole body has come. Then no reply can be early, and the
// program does not notice a client that disconnects before.
constexpr bool starts_after_the_body(Front front) {
    return front == Front::lighttpd_cgi  // stream-request-body 0: the program gets a file
           || front == Front::fcgid      // mod_fcgid always does this
           || front == Front::htaccess;  // uses mod_fcgid here
}

// Whether a reply reaches the client only after its whole body has come.
constexpr bool replies_after_the_body(Front front) {
    return starts_after_the_body(front) || front == Front::cgid;  // mod_cgid reads all of it first
}

// Whether a process handles one request and ends.
constexpr bool is_cgi_front(Front front) {
    return front == Front::lighttpd_cgi || front == Front::cgid;
}

}  // namespace s3drop::test
