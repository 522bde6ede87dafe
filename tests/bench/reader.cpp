// The smallest possible program behind a web server for uploads: it reads the body, keeps nothing,
// and replies 201. Its cost is the web server's share of an upload, with FastCGI (libfcgi) and with
// CGI. The bench runs it instead of upload.fcgi, with the shipped configurations.
#include <fcgiapp.h>
#include <unistd.h>

#include <csignal>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr std::string_view created =
    "Status: 201 Created\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\n201";

int serve_cgi(std::vector<char>& buffer) {
    while (read(STDIN_FILENO, buffer.data(), buffer.size()) > 0) {
    }
    return write(STDOUT_FILENO, created.data(), created.size()) < 0 ? 1 : 0;
}

int serve_fastcgi(std::vector<char>& buffer) {
    FCGX_Request request;
    if (FCGX_Init() != 0 || FCGX_InitRequest(&request, STDIN_FILENO, 0) != 0) return 1;
    for (const int ending : {SIGTERM, SIGUSR1})  // FCGX_Init's handlers would wait for a request
        static_cast<void>(std::signal(ending, SIG_DFL));
    const int room = static_cast<int>(buffer.size());
    while (FCGX_Accept_r(&request) == 0) {
        while (FCGX_GetStr(buffer.data(), room, request.in) == room) {
        }
        FCGX_PutStr(created.data(), static_cast<int>(created.size()), request.out);
        // Like upload.fcgi: one connection for each request.
        request.keepConnection = 0;
        FCGX_Finish_r(&request);
    }
    return 1;
}

}  // namespace

int main() {
    constexpr std::size_t at_once = 256UL * 1024;
    std::vector<char> buffer(at_once);
    return FCGX_IsCGI() != 0 ? serve_cgi(buffer) : serve_fastcgi(buffer);
}
