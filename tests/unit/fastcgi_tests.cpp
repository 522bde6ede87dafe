// Bodies over FastCGI that break off. The records of the web server are built by hand.
#include <boost/test/unit_test.hpp>
#include <unistd.h>

#include <stdexcept>
#include <string>

#include "base/failure.h"
#include "system/child.h"
#include "system/connection.h"
#include "web/body.h"
#include "web/fastcgi.h"

using namespace s3drop;
using namespace s3drop::test;
using namespace std::string_literals;

BOOST_AUTO_TEST_SUITE(fastcgi)

// The types of records (FastCGI specification section 8).
enum Type : char { begin_request = 1, abort_request = 2, params = 4, body_data = 5 };

std::string record(Type type, const std::string& content) {
    return "\x01"s + static_cast<char>(type) + "\0\x01"s + static_cast<char>(content.size() >> 8U) +
           static_cast<char>(content.size() & 0xFFU) + "\0\0"s + content;
}

const std::string head = record(begin_request, "\0\x01\0\0\0\0\0\0"s) +
                         record(params, "\x0E\x04REQUEST_METHODPOST") + record(params, "");

std::string body_of(const std::string& content, std::size_t per_record) {
    std::string all;
    for (std::size_t at = 0; at < content.size(); at += per_record)
        all += record(body_data, content.substr(at, per_record));
    return all;
}

// How many bytes of the content are in the first `cut` bytes of body_of().
std::size_t content_in(std::size_t cut, std::size_t per_record) {
    constexpr std::size_t header = 8;
    const std::size_t in_last = cut % (header + per_record);
    return cut / (header + per_record) * per_record + (in_last > header ? in_last - header : 0);
}

std::string pattern(std::size_t size) {
    std::string text(size, '\0');
    for (std::size_t i = 0; i < size; ++i)
        text[i] = static_cast<char>('a' + i % 23 + i / 23 % 3);
    return text;
}

// Reads a request's body. Returns how many bytes of it arrived, and how it ended.
std::string read_to_the_end(Request& request, const std::string& content, std::size_t at_a_time) {
    std::string all;
    std::string ending = "the end";
    Body body(request, std::nullopt, content.size());
    try {
        std::string buffer(at_a_time, '\0');
        while (const std::size_t got = body.read(buffer))
            all.append(buffer, 0, got);
    } catch (const Failure& failure) {
        ending = failure.detail;
    }
    return std::to_string(all.size()) + (content.starts_with(all) ? " bytes, " : " other bytes, ") +
           ending;
}

// What a worker reports about one request. The worker is a child process, which its first request
// ends with an exception. Before the worker starts, the web server has sent everything and closed
// the connection.
std::string said_by_worker(const std::string& stream, const std::string& content,
                           std::size_t at_a_time) {
    const SilentListener listener;
    {
        const Connection server(listener.port());
        server.send(stream);
    }
    return said_by_child([&]() -> std::string {
        if (dup2(listener.descriptor(), STDIN_FILENO) < 0) return "no listener";
        run_fastcgi(
            [&](Request& request) {
                throw std::runtime_error(read_to_the_end(request, content, at_a_time));
            },
            [] { return true; });
        return "no request";
    });
}

std::string broke_off_after(std::size_t size) {
    return std::to_string(size) + " bytes, The upload broke off.";
}

BOOST_AUTO_TEST_CASE(whole_body) {
    const std::string content = pattern(20000);
    const std::string stream = head + body_of(content, 3000) + record(body_data, "");
    for (const std::size_t at_a_time : {7UL, 1000UL, 20000UL, 65536UL})
        BOOST_TEST(said_by_worker(stream, content, at_a_time) == "20000 bytes, the end");
}

// No byte that has arrived is lost, wherever in a record the connection ends.
BOOST_AUTO_TEST_CASE(connection_ends_at_every_offset) {
    const std::string content = pattern(20);
    const std::string body = body_of(content, 7);
    for (std::size_t cut = 0; cut <= body.size(); ++cut)
        BOOST_TEST(said_by_worker(head + body.substr(0, cut), content, 64) ==
                   broke_off_after(content_in(cut, 7)));
}

// libfcgi reads 8 KiB at a time.
BOOST_AUTO_TEST_CASE(connection_ends_in_a_large_body) {
    const std::string content = pattern(20000);
    const std::string body = body_of(content, 3000);
    for (const std::size_t cut : {1000UL, 3008UL, 8000UL, 8192UL, 9000UL, 16000UL, 20000UL}) {
        for (const std::size_t at_a_time : {7UL, 1000UL, 65536UL})
            BOOST_TEST(said_by_worker(head + body.substr(0, cut), content, at_a_time) ==
                       broke_off_after(content_in(cut, 3000)));
    }
}

BOOST_AUTO_TEST_CASE(request_is_aborted) {
    const std::string content = pattern(20);
    for (std::size_t size = 0; size < content.size(); ++size) {
        const std::string stream =
            head + body_of(content.substr(0, size), 7) + record(abort_request, "");
        BOOST_TEST(said_by_worker(stream, content, 64) == broke_off_after(size));
    }
}

BOOST_AUTO_TEST_SUITE_END()
