// The process gives up access that an upload does not need (landlock.h), so that an attacker who
// finds a fault gains little: it cannot read other files, cannot create or write files outside the
// spool folder, and cannot start a program.
//
// The sandbox is set up after the settings are read and before the first byte of a request. The
// process can still read the files that libc, OpenSSL and libcurl open only when they need them:
// certificates, the resolver's files, shared libraries. It cannot read the settings or the
// credentials again.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "process/sandbox_use.h"

namespace s3drop {

// A path that ends in "/" is a folder and stands for everything below it. Paths that do not exist
// are skipped.
struct SandboxFiles {
    std::vector<std::string> read;        // folders, and files that are opened once
    std::vector<std::string> read_again;  // files that are opened repeatedly
    std::string spool_dir;                // where files are created, written, read and removed
};

// The files that libc and OpenSSL may open late on this system, and the spool folder.
SandboxFiles system_files(const std::string& spool_dir);

class Sandbox {
  public:
    // No sandbox yet.
    Sandbox() = default;

    // Restricts the process until it exits. Call it before any thread is started: existing threads
    // are not restricted. Throws nothing if that fails: on() says whether it worked.
    Sandbox(SandboxUse use, const SandboxFiles& files);

    bool on() const { return on_; }

    // Whether the kernel supports it, but it could not be set up.
    bool failed() const { return failed_; }

    // For the log: "landlock ABI 6", "none (this kernel does not support landlock)", or
    // "off (UPLOAD_SANDBOX=no)".
    const std::string& text() const { return text_; }

    // A landlock rule is for a file, not for its name. If a file that is opened repeatedly is
    // replaced (as DHCP clients do with /etc/resolv.conf), only a new process can read the new one.
    // Returns the first file or folder that was replaced and cannot be read any more, "" if there
    // is none.
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
