// The kernel's landlock: a process gives up what it may do with files, sockets and other processes,
// but for what it lists, for the rest of its life. No privilege is needed, and none brings it back.
//
// The kernel numbers what it can do: its ABI, 1 in Linux 5.13, more later. Each of these takes what
// the running kernel knows of it (Documentation/userspace-api/landlock.rst).
#pragma once

#include <string>

#include "base/descriptor.h"

namespace s3drop::landlock {

// The newest ABI that is used here. What later ones can forbid is not asked of them.
inline constexpr int newest_abi = 6;

// The running kernel's ABI, at least 1. Throws std::runtime_error where there is none, with the
// reason: the kernel is too old, was started without it, or a system call filter is in the way.
int abi();

// The rights below one file or folder. Right to make a file is also right to remove it. A program
// may be executed nowhere; a shared library is only read.
enum class Access { read, make_files };

// Nothing is allowed but what is added. What was open before stays open; so do connections to TCP
// ports and to sockets that have a path. Not allowed from ABI 4 on: to listen on a TCP port; from 6
// on: to connect to abstract sockets of processes outside, and to send them signals.
class Ruleset {
  public:
    // Throws std::system_error, as all of these do.
    explicit Ruleset(int abi);

    // A folder's path ends in "/", and all below it is meant. A path that is not there, or cannot
    // be reached, is left out. Symbolic links are followed, so that what counts is what they lead
    // to now: a file that is put in its place later is another, and not allowed.
    void allow(const std::string& path, Access access);

    // From now on, for this thread and for those and the processes that it starts.
    void enforce() const;

  private:
    Descriptor ruleset_;
};

}  // namespace s3drop::landlock
