// The CGI role at its edges, where a web server in between would be in the way of looking.
#include <boost/test/unit_test.hpp>
#include <sys/socket.h>

#include <array>

#include "base/descriptor.h"
#include "site/sites.h"
#include "site/tested_program.h"

using namespace s3drop::test;

BOOST_AUTO_TEST_SUITE(cgi)

// As Apache's mod_cgid gives it: a server that writes until it cannot, and then reads the answer.
BOOST_AUTO_TEST_CASE(a_socket_is_not_read_on_after_the_answer) {
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
                     .output = folder.path("answer"),
                     .input_descriptor = client.get()});
    client = {};
    constexpr std::uint64_t most = 1ULL << 30U;
    const std::string piece(65536, 'x');
    std::uint64_t sent = 0;
    while (sent < most) {
        const ssize_t now = send(server.get(), piece.data(), piece.size(), MSG_NOSIGNAL);
        if (now < 0) break;
        sent += static_cast<std::uint64_t>(now);
    }
    BOOST_TEST(sent < most);
    server = {};
    BOOST_TEST(process.wait() == 0);
    BOOST_TEST(text_of(folder.path("answer")).find("Status: 413") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
