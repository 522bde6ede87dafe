#include "web/cgi.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "base/failure.h"
#include "web/drain.h"
#include "web/signals.h"

namespace s3drop {

namespace {

class CgiRequest final : public Request {
  public:
    std::string_view variable(const char* name) const override {
        const char* value = std::getenv(name);
        return value == nullptr ? std::string_view() : value;
    }

    std::size_t read(std::span<char> into) override {
        for (;;) {
            const ssize_t got = ::read(STDIN_FILENO, into.data(), into.size());
            if (got >= 0) {
                read_ += static_cast<std::size_t>(got);
                ended_ = ended_ || (got == 0 && !into.empty());
                return static_cast<std::size_t>(got);
            }
            if (errno != EINTR) throw Failure(Status::bad_request, "The upload broke off.");
        }
    }

    // A body that is in a file has arrived completely.
    bool body_is_unread() const override { return !file_ && is_unread(*this, read_, ended_); }

    std::optional<BodyFile> body_file() const override { return file_; }

    void write(std::string_view reply) override {
        while (!reply.empty()) {
            const ssize_t written = ::write(STDOUT_FILENO, reply.data(), reply.size());
            if (written < 0 && errno == EINTR) continue;
            if (written <= 0) return;
            reply.remove_prefix(static_cast<std::size_t>(written));
        }
    }

  private:
    // Called before anything is read, while the file position is the beginning of the body.
    static std::optional<BodyFile> regular_stdin() {
        struct stat status {};
        if (fstat(STDIN_FILENO, &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
        const off_t begin = lseek(STDIN_FILENO, 0, SEEK_CUR);
        if (begin < 0) return std::nullopt;
        return BodyFile{STDIN_FILENO, static_cast<std::uint64_t>(begin)};
    }

    std::optional<BodyFile> file_ = regular_stdin();
    std::uint64_t read_ = 0;
    bool ended_ = false;
};

}  // namespace

bool is_cgi() {
    return std::getenv("REQUEST_METHOD") != nullptr;
}

void run_cgi(const std::function<void(Request&)>& serve) {
    ignore_signals_of_writes();
    CgiRequest request;
    serve(request);
    // Apache's mod_cgid uses one socket for both directions: it writes the body until that fails,
    // then reads the reply, which is lost if unread bytes remain when the process ends. This has no
    // effect on a pipe or a file.
    shutdown(STDIN_FILENO, SHUT_RD);
    if (!request.body_file()) drain(STDIN_FILENO);
}

}  // namespace s3drop
