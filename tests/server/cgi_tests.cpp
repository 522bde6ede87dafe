// The program as CGI, in cases that cannot be observed through a web server.
#include <boost/test/unit_test.hpp>
#include <sys/socket.h>

#include <array>

#include "base/descriptor.h"
#include "site/sites.h"
#include "site/tested_program.h"

using namespace s3drop::test;

BOOST_AUTO_TEST_SUITE(cgi)

// Standard input is a socket, as with Apache's mod_cgid, whose server writes the whole body before
// it reads the reply. The program must not read on after its reply.
BOOST_AUTO_TEST_CASE(server_sends_on_after_the_reply) {
    std::array<int, 2> ends{};
    BOOST_TEST_REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) == 0);
    s3drop::Descriptor server(ends[0]);
    s3drop::Descriptor client(ends[1]);
    Environment environment = environment_for(Store::access());
    environment["REQUEST_METHOD"] = "POST";
    environment["CONTENT_LENGTH"] = "9999999999";
    const TemporaryFolder folder;
    Process process({.arguments = {tested_program()},
                     .environment = environment,
                     .output = folder.path("reply"),
                     .input_descriptor = client.get()});
    client = {};
    constexpr std::uint64_t most = 1ULL << 30U;
    const std::string block(65536, 'x');
    std::uint64_t sent = 0;
    while (sent < most) {
        const ssize_t now = send(server.get(), block.data(), block.size(), MSG_NOSIGNAL);
        if (now < 0) break;
        sent += static_cast<std::uint64_t>(now);
    }
    BOOST_TEST(sent < most);
    server = {};
    BOOST_TEST(process.wait() == 0);
    BOOST_TEST(text_of(folder.path("reply")).find("Status: 413") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
