// Child processes for what cannot be undone in the tests' process: mounts, system call filters.
#pragma once

#include <functional>
#include <string>

namespace s3drop::test {

// Runs `step` in a forked child and returns what it returned, or what() of the exception that it
// threw; up to 4 KiB.
std::string said_by_child(const std::function<std::string()>& step);

// Each of these applies until the process ends, and returns false if the system does not allow it.

// Mounts a tmpfs on `dir` that only this process and its children see. For an ordinary user, it
// needs user namespaces.
bool mount_tmpfs(const std::string& dir, const std::string& options);
// Makes open() with O_TMPFILE fail as on a file system that does not support it.
bool forbid_unnamed_files();
// Makes open() with O_CREAT fail unless it is used with O_EXCL, which does not follow a link.
bool forbid_making_files_over_others();
// If this process runs as root, it continues as nobody.
bool become_ordinary_user();
// Makes a system call fail with `error`. 0: it kills the process, as systemd's SystemCallFilter
// does.
bool forbid_call(long number, int error);

// The landlock ABI that the running kernel reports; 0 if it does not support landlock.
int kernel_s_landlock();
inline constexpr long landlock_create_ruleset_call = 444;
inline constexpr long landlock_restrict_self_call = 446;

}  // namespace s3drop::test
