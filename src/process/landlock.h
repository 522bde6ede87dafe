// Linux's landlock: a process gives up access to files, sockets and other processes, except for
// what it lists, until it exits. This needs no privilege, and no privilege can undo it.
//
// The ABI number says what the kernel can restrict: 1 in Linux 5.13, higher in later versions. The
// functions here use what the running kernel supports
// (Documentation/userspace-api/landlock.rst).
#pragma once

#include <string>

#include "base/descriptor.h"

namespace s3drop::landlock {

// The newest ABI used here. Restrictions that later ones add are not used.
inline constexpr int newest_abi = 6;

// The running kernel's ABI, at least 1. Throws std::runtime_error if landlock is not available,
// with the reason: the kernel is too old or was booted without it, or a system call filter
// blocks it.
int abi();

// Access to one file, or to everything below one folder. make_files allows files to be created,
// read, written and removed. Neither allows a program to be executed; a shared library only needs
// to be read.
enum class Right { read, make_files };

// Allows only what is added to it. Files that are already open stay usable. The process can still
// connect to TCP ports and to sockets that have a path. From ABI 4 on, it cannot bind a TCP port;
// from ABI 6 on, it cannot connect to abstract sockets of processes outside the sandbox, or send
// them signals.
class Ruleset {
  public:
    // This and the other members throw std::system_error.
    explicit Ruleset(int abi);

    // Allows access to a file, or to everything below a folder, whose path ends in "/". A path that
    // does not exist or cannot be reached is skipped. Symbolic links are followed. The rule is for
    // the file that is there now: if another one replaces it later, that one is not allowed.
    void allow(const std::string& path, Right right);

    // Applies from now on, to this thread and to all threads and processes that it starts.
    void enforce() const;

  private:
    Descriptor ruleset_;
};

}  // namespace s3drop::landlock
