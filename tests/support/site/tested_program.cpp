#include "site/tested_program.h"

#include <boost/test/unit_test.hpp>
#include <unistd.h>

#include <cstdlib>
#include <iostream>

#include "system/temporary_folder.h"

namespace s3drop::test {

namespace fs = std::filesystem;

fs::path tested_program() {
    const char* named = std::getenv("S3DROP_PROGRAM");
    return fs::absolute(named == nullptr ? "cgi-bin/upload.fcgi" : named);
}

long most_memory() {
    const bool sanitized = std::getenv("S3DROP_PROGRAM") != nullptr;
    return (sanitized ? 1024L : 16L) * 1024;
}

std::string take_report(const fs::path& program, pid_t pid) {
    const std::string file = program.string() + ".report." + std::to_string(pid);
    std::string report = text_of(file);
    fs::remove(file);
    return report;
}

void check_for_reports(const fs::path& folder) {
    std::string reports;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.path().filename().string().find(".fcgi.report.") != std::string::npos)
            reports += text_of(entry.path());
    }
    if (reports.empty()) return;
    if (boost::unit_test::framework::test_in_progress()) {
        BOOST_ERROR(reports);
        return;
    }
    std::cerr << reports;
    _exit(EXIT_FAILURE);
}

}  // namespace s3drop::test
