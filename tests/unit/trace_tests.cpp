#include <boost/test/unit_test.hpp>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "http/trace.h"
#include "system/temporary_folder.h"

using namespace s3drop;
using namespace s3drop::test;

BOOST_AUTO_TEST_SUITE(trace)

BOOST_AUTO_TEST_CASE(lines_of_sixteen_bytes) {
    BOOST_TEST(hex_dump("PUT /demo/a HTTP/1.1\r\n", 32) ==
               "00000020  50 55 54 20 2f 64 65 6d 6f 2f 61 20 48 54 54 50  PUT /demo/a HTTP\n"
               "00000030  2f 31 2e 31 0d 0a                                /1.1..\n");
    BOOST_TEST(hex_dump("", 0).empty());
}

BOOST_AUTO_TEST_CASE(headers_that_carry_a_secret) {
    const std::string headers =
        "PUT / HTTP/1.1\r\nHost: s3\r\nAUTHORIZATION: AWS4 x\r\nx-amz-security-token:abc\r\n"
        "x-amz-server-side-encryption-customer-key: k\r\n\r\n";
    BOOST_TEST(strike_out(headers, {}) ==
               "PUT / HTTP/1.1\r\nHost: s3\r\nAUTHORIZATION:*******\r\nx-amz-security-token:***\r\n"
               "x-amz-server-side-encryption-customer-key:**\r\n\r\n");
}

BOOST_AUTO_TEST_CASE(secrets_anywhere) {
    BOOST_TEST(strike_out("<Key>hunter2</Key>hunter2", {"hunter2", ""}) ==
               "<Key>*******</Key>*******");
}

BOOST_AUTO_TEST_CASE(a_large_body_is_cut) {
    const TemporaryFolder folder;
    const std::string file = folder.path("trace");
    Trace trace(file, {});
    trace.add(Trace::Kind::request_headers, "PUT\r\n");
    for (int i = 0; i < 5; ++i)
        trace.add(Trace::Kind::request_body, std::string(20000, 'b'));
    trace.add(Trace::Kind::response_headers, "HTTP/1.1 200 OK\r\n");
    trace.add(Trace::Kind::response_body, "ok");
    const std::string text = text_of(file);
    BOOST_TEST(text.find("0000fff0  62") != std::string::npos);
    BOOST_TEST(text.find("00010000  ") == std::string::npos);
    BOOST_TEST(
        text.ends_with("<= body, 2 bytes\n"
                       "00000000  6f 6b                                            ok\n"));
}

BOOST_AUTO_TEST_CASE(only_the_owner_may_read_the_file) {
    const TemporaryFolder folder;
    const std::string file = folder.path("trace");
    Trace(file, {}).add(Trace::Kind::note, "x");
    struct stat status {};
    BOOST_TEST_REQUIRE(stat(file.c_str(), &status) == 0);
    BOOST_TEST((status.st_mode & 0777U) == 0600U);
}

BOOST_AUTO_TEST_CASE(no_file) {
    BOOST_TEST(!Trace("", {}).on());
    BOOST_TEST(!Trace("/nonexistent/trace", {}).on());
    Trace("/nonexistent/trace", {}).add(Trace::Kind::note, "x");
}

// In a shared folder, the name may already belong to somebody else's file or link.
BOOST_AUTO_TEST_CASE(a_link_is_not_followed) {
    const TemporaryFolder folder;
    const std::string victim = folder.file("victim", "untouched");
    const std::string link = folder.path("trace");
    std::filesystem::create_symlink(victim, link);
    Trace trace(link, {});
    BOOST_TEST(!trace.on());
    trace.add(Trace::Kind::note, "x");
    BOOST_TEST(text_of(victim) == "untouched");
    std::filesystem::remove(victim);
    BOOST_TEST(!Trace(link, {}).on());
    BOOST_TEST(!std::filesystem::exists(victim));
}

BOOST_AUTO_TEST_CASE(a_pipe_is_not_waited_on) {
    const TemporaryFolder folder;
    const std::string pipe = folder.path("trace");
    BOOST_TEST_REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
    BOOST_TEST(!Trace(pipe, {}).on());
}

BOOST_AUTO_TEST_CASE(nothing_is_written_to_the_file_of_another_user) {
    const TemporaryFolder folder;
    const std::string file = folder.file("trace", "");
    chmod(file.c_str(), 0666);
    constexpr uid_t somebody = 65533;
    if (chown(file.c_str(), somebody, somebody) != 0) {
        BOOST_TEST_MESSAGE("not tested: only root gives files away");
        return;
    }
    Trace trace(file, {});
    BOOST_TEST(!trace.on());
    trace.add(Trace::Kind::note, "x");
    BOOST_TEST(text_of(file) == "");
}

BOOST_AUTO_TEST_SUITE_END()
