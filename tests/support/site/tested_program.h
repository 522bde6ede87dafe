// The program that the server tests run: cgi-bin/upload.fcgi, or another build of it, which the
// variable S3DROP_PROGRAM names. One that is built with sanitizers writes what it has found into
// files beside itself; see sanitized_program.cpp.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>

namespace s3drop::test {

// Its absolute path.
std::filesystem::path tested_program();

// The most memory that a process of it may take, in KiB. Sanitizers keep what was freed, up to some
// hundred MiB: a limit for that build only tells of a leak without end.
long most_memory();

// What the sanitizers in a process of this program have reported; "" where there is nothing. Its
// file is removed.
std::string take_report(const std::filesystem::path& program, pid_t pid);

// Fails the test that runs, or all of the tests where none does any more, if there are reports
// anywhere below a folder.
void check_for_reports(const std::filesystem::path& folder);

}  // namespace s3drop::test
