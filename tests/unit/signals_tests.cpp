#include <boost/test/unit_test.hpp>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>

#include "base/descriptor.h"
#include "web/signals.h"

using namespace s3drop;

BOOST_AUTO_TEST_SUITE(signals)

BOOST_AUTO_TEST_CASE(failed_writes_do_not_end_the_process) {
    const auto pipe_before = std::signal(SIGPIPE, SIG_DFL);
    const auto size_before = std::signal(SIGXFSZ, SIG_DFL);
    ignore_signals_of_writes();
    std::array<int, 2> ends{};
    BOOST_REQUIRE(pipe(ends.data()) == 0);
    Descriptor reader(ends[0]);
    const Descriptor writer(ends[1]);
    reader = Descriptor();
    BOOST_TEST(write(writer.get(), "x", 1) == -1);
    BOOST_TEST(errno == EPIPE);
    BOOST_TEST((std::signal(SIGXFSZ, size_before) == SIG_IGN));
    BOOST_TEST((std::signal(SIGPIPE, pipe_before) == SIG_IGN));
}

BOOST_AUTO_TEST_SUITE_END()
