// The process takes from itself what an upload does not need (landlock.h), so that a fault in it is
// worth little to whoever finds one: other people's files cannot be read, none can be written or
// made but in the spool folder, and no program can be started.
//
// It is set up once the settings are read, and before the first byte of a request is. Readable stay
// the files that libc, OpenSSL and libcurl open only when they are needed: certificates, the
// resolver's, shared libraries. Not the settings and not the credentials: they are read by then.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "process/sandbox_use.h"

namespace s3drop {

// Folders have a "/" at their end, and mean all that is below. What does not exist is no harm.
struct SandboxFiles {
    std::vector<std::string> read;        // once, or in a folder
    std::vector<std::string> read_again;  // files that are opened time and again
    std::string spool_dir;                // where files are made, written, read and removed
};

// What libc and OpenSSL open late on this system.
SandboxFiles system_files(const std::string& spool_dir);

class Sandbox {
  public:
    // None yet.
    Sandbox() = default;

    // Sets it up, for the rest of the process's life. Before any thread is started: those that are
    // there already stay outside. Throws nothing of what goes wrong: on() says whether it worked.
    Sandbox(SandboxUse use, const SandboxFiles& files);

    bool on() const { return on_; }

    // Whether the kernel has what it takes, and it could not be set up all the same.
    bool failed() const { return failed_; }

    // "landlock ABI 6"; "none, this kernel has no landlock"; "off (UPLOAD_SANDBOX=no)".
    const std::string& text() const { return text_; }

    // A rule is about a file, not about its name. Where another file was put in the place of one
    // that is opened again (as DHCP clients do with /etc/resolv.conf), only a process that is
    // started anew can read it. The first such path, "" where there is none.
    std::string replaced() const;

  private:
    struct Watched {
        std::string path;
        dev_t device;
        ino_t inode;
    };

    void restrict_to(const SandboxFiles& files, int abi);
    void watch(const std::string& path);

    bool on_ = false;
    bool failed_ = false;
    std::string text_;
    std::vector<Watched> watched_;
};

}  // namespace s3drop
