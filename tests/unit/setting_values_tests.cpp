#include <boost/test/unit_test.hpp>
#include <unistd.h>

#include <filesystem>

#include "settings/setting_values.h"
#include "system/temporary_folder.h"

using namespace s3drop;
using namespace s3drop::test;

BOOST_AUTO_TEST_SUITE(setting_values)

// Checks that `parse` refuses each value with this problem.
template <class Parse>
void check_problem(Parse parse, const std::vector<std::string>& values,
                   const std::string& problem) {
    for (const std::string& value : values) {
        BOOST_TEST_CONTEXT("value '" << value << "'") {
            BOOST_CHECK_EXCEPTION(parse(value), std::runtime_error, [&](const auto& error) {
                BOOST_TEST(error.what() == problem);
                return true;
            });
        }
    }
}

BOOST_AUTO_TEST_CASE(yes_or_no) {
    BOOST_TEST(parse_yes_or_no("yes"));
    BOOST_TEST(!parse_yes_or_no("no"));
    check_problem(parse_yes_or_no, {"", "Yes", "true", "1", "on", "no ", "yesno"},
                  "write yes or no");
}

BOOST_AUTO_TEST_CASE(sizes) {
    const struct {
        const char* value;
        std::uint64_t size;
    } cases[] = {
        {"1", 1},
        {"1048576", 1048576},
        {"1K", 1024},
        {"100M", 100ULL << 20U},
        {"5G", 5ULL << 30U},
        {"16777215T", 16777215ULL << 40U},
        {"999999999999999", 999999999999999},
        {"007", 7},
    };
    for (const auto& each : cases)
        BOOST_TEST(parse_size(each.value) == each.size, each.value);
}

BOOST_AUTO_TEST_CASE(invalid_sizes) {
    check_problem(parse_size,
                  {"", "-1", "+1", "1.5G", "G", "1GG", "1KB", "1g", "5 G", "0x10", "1e9", "1P",
                   "1000000000000000", "99999999999999999999999G"},
                  "write a number of bytes, or a number with K, M, G or T, such as 100M");
    check_problem(parse_size, {"0", "0G", "16777216T", "999999999999999T"}, "it is out of range");
}

BOOST_AUTO_TEST_CASE(seconds) {
    BOOST_TEST(parse_seconds("60").count() == 60);
    BOOST_TEST(parse_seconds("1").count() == 1);
    BOOST_TEST(parse_seconds("99999").count() == 99999);
    check_problem(parse_seconds, {"", "0", "00000", "-1", "1.5", "60s", "1m", " 60", "100000"},
                  "write a number of seconds, such as 60");
}

BOOST_AUTO_TEST_CASE(buckets) {
    BOOST_TEST(parse_buckets("demo") == std::vector<std::string>{"demo"});
    const std::vector<std::string> several{"demo", "a.b-c_D9", std::string(63, 'x'), "abc"};
    BOOST_TEST(parse_buckets(" demo ,a.b-c_D9,, " + several[2] + ",abc,") == several);
}

BOOST_AUTO_TEST_CASE(invalid_buckets) {
    const auto problem = [](const std::string& shown) {
        return "'" + shown +
               "' is not a valid bucket name; use 3 to 63 letters, digits, dots and hyphens";
    };
    for (const std::string bad : {"ab", ".abc", "a/b", "a b", "..", "s3://demo", "a?b", "a%41",
                                  "b\xC3\xBC"
                                  "cher",
                                  "*"}) {
        check_problem(parse_buckets, {bad, "demo," + bad}, problem(bad));
    }
    check_problem(parse_buckets, {std::string(64, 'x')}, problem(std::string(64, 'x')));
    check_problem(parse_buckets, {"a\nb"}, problem("a?b"));
    check_problem(parse_buckets, {"", ",", " , "}, "list at least one bucket");
}

BOOST_AUTO_TEST_CASE(hosts_and_globs) {
    const auto hosts = parse_hosts("S3.Example, *.amazonaws.com:443,,store-[ab]?.x:9000");
    BOOST_REQUIRE(hosts.size() == 3U);
    BOOST_TEST(hosts[0].host == "s3.example");
    BOOST_TEST(hosts[0].port == "");
    BOOST_TEST(hosts[1].host == "*.amazonaws.com");
    BOOST_TEST(hosts[1].port == "443");
    BOOST_TEST(hosts[2].host == "store-[ab]?.x");
    BOOST_TEST(hosts[2].port == "9000");
}

BOOST_AUTO_TEST_CASE(invalid_hosts) {
    for (const std::string bad : {"https://s3.example", "s3.example/x", "store:", "s3.example/"}) {
        check_problem(parse_hosts, {bad, "good," + bad},
                      "'" + bad + "' is not a host or host:port");
    }
}

BOOST_AUTO_TEST_CASE(hosts_that_could_never_match) {
    for (const std::string bad : {"store:0", "store:65536", "store:http", "*.example:*", "a b",
                                  "[::1]:9000", "::1", ":80", "store\\x"}) {
        check_problem(parse_hosts, {bad}, "'" + bad + "' is not a host or host:port");
    }
}

BOOST_AUTO_TEST_CASE(passwords_in_lists_are_not_shown) {
    for (const std::string bad : {"https://user:hunter2@store", "user:hunter2@store", "hunter2@"}) {
        check_problem(parse_hosts, {bad, "good," + bad}, "an entry is not a host or host:port");
        check_problem(
            parse_buckets, {bad},
            "an entry is not a valid bucket name; use 3 to 63 letters, digits, dots and hyphens");
    }
}

BOOST_AUTO_TEST_CASE(origins_and_globs) {
    const Origins origins = parse_origins(
        "HTTPS://WWW.Example.org, https://*.example.org:8443,,http://[::1]:80,app://[ab]?.x");
    BOOST_TEST(!origins.any);
    BOOST_REQUIRE(origins.listed.size() == 4U);
    const char* const expected[][3] = {{"https", "www.example.org", ""},
                                       {"https", "*.example.org", "8443"},
                                       {"http", "[::1]", "80"},
                                       {"app", "[ab]?.x", ""}};
    for (std::size_t i = 0; i < origins.listed.size(); ++i) {
        BOOST_TEST(origins.listed[i].scheme == expected[i][0]);
        BOOST_TEST(origins.listed[i].host == expected[i][1]);
        BOOST_TEST(origins.listed[i].port == expected[i][2]);
    }
    BOOST_TEST(parse_origins(" * ").any);
    BOOST_TEST(parse_origins("*").listed.empty());
}

BOOST_AUTO_TEST_CASE(invalid_origins) {
    for (const std::string bad :
         {"www.example.org", "https://www.example.org/", "https://x.example/path", "https:/x",
          "h*tps://x", "*://x", "https://x:*", "https://x:0", "null", "//x", "https://x:443/",
          "https://b\\x", "https://x y"}) {
        check_problem(
            parse_origins, {bad, "https://good.example," + bad},
            "'" + bad +
                "' is not an origin; write https://host or https://host:port, without a path");
    }
    check_problem(
        parse_origins, {"https://user:hunter2@host", "hunter2@host"},
        "an entry is not an origin; write https://host or https://host:port, without a path");
    check_problem(parse_origins, {"*,https://x", "https://x, *", "*,*"},
                  "* allows every site, so it must be the only entry");
    check_problem(parse_origins, {"", ",", " , "},
                  "list at least one origin, such as https://www.example.org");
}

BOOST_AUTO_TEST_CASE(files_to_write_to) {
    const TemporaryFolder folder;
    const std::string own = folder.file("own", "x");
    const std::string link = folder.path("link");
    std::filesystem::create_symlink(own, link);
    std::filesystem::create_symlink(folder.path("missing"), folder.path("dangling"));
    for (const std::string& path : {own, folder.path("new")})
        BOOST_TEST(check_writable_file(path) == path);
    check_problem(check_writable_file,
                  {link, folder.path("dangling"), folder.path(), "/dev/null", "/nonexistent/x"},
                  "name a file that the program owns and can write to, not a link");
    if (chown(own.c_str(), 65533, 65533) == 0) {
        check_problem(check_writable_file, {own},
                      "name a file that the program owns and can write to, not a link");
    }
}

BOOST_AUTO_TEST_CASE(addressing) {
    BOOST_TEST((parse_addressing("auto") == Addressing::automatic));
    BOOST_TEST((parse_addressing("virtual") == Addressing::virtual_host));
    BOOST_TEST((parse_addressing("path") == Addressing::path));
    check_problem(parse_addressing, {"", "Auto", "host", "path "}, "write auto, virtual or path");
}

BOOST_AUTO_TEST_CASE(types) {
    BOOST_TEST(parse_types("Image/*, text/plain,,*") ==
               (std::vector<std::string>{"image/*", "text/plain", "*"}));
    check_problem(
        parse_types,
        {"", ",", "image", "image/*,png", "text/plain; charset=utf-8", "text/plain text/html"},
        "write content types separated by commas, such as image/*, text/plain");
}

BOOST_AUTO_TEST_CASE(regions) {
    for (const std::string name : {"eu-west-1", "us-gov-east-1", "default", "RegionOne", "a_b.c"}) {
        BOOST_TEST(check_region(name) == name);
    }
    check_problem(check_region, {"", "eu west 1", "eu-west-1/x", "eu-west-1\r\nX: y", "*", "eu@x"},
                  "write the name of a region, such as eu-west-1");
}

BOOST_AUTO_TEST_CASE(payload) {
    BOOST_CHECK(parse_payload("auto") == PayloadSigning::automatic);
    BOOST_CHECK(parse_payload("signed") == PayloadSigning::whole);
    BOOST_CHECK(parse_payload("chunked") == PayloadSigning::chunks);
    BOOST_CHECK(parse_payload("unsigned") == PayloadSigning::none);
    check_problem(parse_payload, {"", "none", "signed,chunked", "AUTO"},
                  "write auto, signed, chunked or unsigned");
}

BOOST_AUTO_TEST_CASE(sandbox) {
    BOOST_CHECK(parse_sandbox("auto") == SandboxUse::automatic);
    BOOST_CHECK(parse_sandbox("yes") == SandboxUse::required);
    BOOST_CHECK(parse_sandbox("no") == SandboxUse::off);
    check_problem(parse_sandbox, {"", "Yes", "on", "landlock", "no "}, "write auto, yes or no");
}

BOOST_AUTO_TEST_CASE(extra_headers) {
    const Headers headers =
        parse_headers(" x-amz-server-side-encryption: aws:kms ;Cache-Control:max-age=60, public;;");
    BOOST_REQUIRE(headers.size() == 2U);
    BOOST_TEST(headers[0].name == "x-amz-server-side-encryption");
    BOOST_TEST(headers[0].value == "aws:kms");
    BOOST_TEST(headers[1].name == "Cache-Control");
    BOOST_TEST(headers[1].value == "max-age=60, public");
}

BOOST_AUTO_TEST_CASE(invalid_headers) {
    check_problem(parse_headers,
                  {"x", "x:", "x: ", "x : y", ": hunter2", "x y: hunter2", "x\r\ny: hunter2",
                   "x: a\r\nSecret: hunter2", "x: hunter2\x7F", "a: b; hunter2", "x: \x01"},
                  "write headers as Name: value, separated by ;");
}

BOOST_AUTO_TEST_CASE(headers_that_the_program_sets) {
    for (const std::string name : {"Host", "authorization", "CONTENT-LENGTH", "Content-Type",
                                   "If-None-Match", "Transfer-Encoding", "X-Amz-Date", "Expect",
                                   "Connection", "x-amz-content-sha256", "x-amz-security-token"}) {
        check_problem(parse_headers, {name + ": hunter2", "a: b;" + name + ":hunter2"},
                      "the program sets " + name + " itself");
    }
}

BOOST_AUTO_TEST_CASE(folders_and_files) {
    const TemporaryFolder folder;
    const std::string file = folder.file("file", "x");
    BOOST_TEST(check_folder(folder.path()) == folder.path());
    BOOST_TEST(check_file(file) == file);
    check_problem(check_folder, {"", file, folder.path("absent")},
                  "name a folder that the program can write to");
    check_problem(check_file, {"", folder.path("absent"), folder.path()},
                  "name a file that the program can read");
}

BOOST_AUTO_TEST_CASE(retries) {
    BOOST_TEST(parse_attempts("1") == 1);
    BOOST_TEST(parse_attempts("10") == 10);
    check_problem(parse_attempts, {"", "0", "11", "-1", "+3", "3x", "1000000000000"},
                  "write the number of attempts per PUT, from 1 to 10");
}

BOOST_AUTO_TEST_SUITE_END()
