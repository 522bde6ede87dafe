// The program that the server tests run: cgi-bin/upload.fcgi, or another build of it, if the
// variable S3DROP_PROGRAM is set to its path. A build with sanitizers writes their reports into
// files in its folder; see sanitized_program.cpp.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>

namespace s3drop::test {

// Its absolute path.
std::filesystem::path tested_program();

// The most memory that a process of it may use, in KiB. Sanitizers keep freed memory, up to some
// hundred MiB, so the limit for that build only detects unlimited growth.
long most_memory();

// Returns the report of the sanitizers in a process of this program, and removes its file. "" if
// there is none.
std::string take_report(const std::filesystem::path& program, pid_t pid);

// If there are reports anywhere below a folder, fails the running test. If no test is running any
// more, ends the process with an error.
void check_for_reports(const std::filesystem::path& folder);

}  // namespace s3drop::test
