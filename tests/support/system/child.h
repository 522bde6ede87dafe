// A process of its own for what would stay with the tests' process: mounts, system call filters.
#pragma once

#include <functional>
#include <string>

namespace s3drop::test {

// Runs `step` in a forked child and gives back what it returned, up to 4 KiB.
std::string said_by_child(const std::function<std::string()>& step);

// Each for the rest of the process; false where the system does not allow it.
// A tmpfs on `dir` that only this process and its children see. An ordinary user may by means of a
// user namespace, where the machine has them.
bool mount_tmpfs(const std::string& dir, const std::string& options);
// open() answers O_TMPFILE as a file system does that has none.
bool forbid_unnamed_files();
// open() makes files only where it is told that none may be there (O_EXCL), so that it follows no
// link of that name.
bool forbid_making_files_over_others();
// Where this is root: goes on as nobody.
bool become_ordinary_user();
// A system call fails with `error`; 0: it kills the process, as systemd's SystemCallFilter does.
bool forbid_call(long number, int error);

// The running kernel's landlock, as the kernel itself says it; 0 where it has none.
int kernel_s_landlock();
inline constexpr long landlock_create_ruleset_call = 444;
inline constexpr long landlock_restrict_self_call = 446;

}  // namespace s3drop::test
