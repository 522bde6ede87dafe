// Forms as real HTTP clients sent them, in tests/data/clients (README.md there says which clients):
// each must come out as the client was asked to send it.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <system_error>
#include <vector>

#include "base/digest.h"
#include "base/failure.h"
#include "base/hex.h"
#include "unit/received.h"

using namespace s3drop;
using namespace s3drop::test;
using Json = nlohmann::json;

BOOST_AUTO_TEST_SUITE(client_bodies)

const std::filesystem::path folder = std::filesystem::path(TEST_DATA) / "clients";

// CLIENT/CASE of each file, without its extension.
std::vector<std::string> recorded_names() {
    std::vector<std::string> names;
    // Runs before main(): an exception here would end the program without a message.
    std::error_code missing;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, missing)) {
        const auto path = entry.path().lexically_relative(folder).replace_extension();
        if (entry.path().extension() == ".http") names.push_back(path.string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

const std::vector<std::string> recorded = recorded_names();

// Without the data, the tests that use it would not run, and nothing would fail.
BOOST_AUTO_TEST_CASE(recorded_bodies_are_found) {
    BOOST_TEST(recorded.size() >= 500U);
}

std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

// The Content-Type, an empty line, and the body.
Sent read_request(const std::string& name) {
    const std::string text = read_file(folder / (name + ".http"));
    const std::size_t end = text.find("\r\n\r\n");
    BOOST_REQUIRE_MESSAGE(end != std::string::npos, "cannot read " << name);
    Sent sent{.body = text.substr(end + 4), .content_type = text.substr(0, end)};
    // receive_form() knows the type without parameters only.
    if (sent.content_type.starts_with(urlencoded)) sent.content_type = urlencoded;
    return sent;
}

const Json& expected(const std::string& name) {
    static const Json all = Json::parse(read_file(folder / "expected.json"));
    const Json& own = all.at("own");
    return own.contains(name) ? own.at(name) : all.at("cases").at(name.substr(name.find('/') + 1));
}

// What the program received, in the shape of expected.json. A name or a type that is null there
// may have any value.
Json in_shape_of(const Json& wanted, const Received& received) {
    Json files = Json::array();
    for (const ReceivedFile& each : received.files) {
        files.push_back({{"name", each.name},
                         {"type", each.content_type},
                         {"size", each.content.size()},
                         {"sha256", hex(sha256(each.content))}});
    }
    for (std::size_t i = 0; i < std::min(files.size(), wanted.at("files").size()); ++i)
        for (const char* each : {"name", "type"})
            if (wanted.at("files")[i].at(each).is_null()) files[i][each] = nullptr;
    Json shaped = wanted;
    shaped.update({{"bucket", received.bucket},
                   {"file_name", received.file_name},
                   {"host", received.host},
                   {"files", files}});
    return shaped;
}

void check(const Json& wanted, const Sent& sent) {
    Received received;
    try {
        received = receive_form(sent);
    } catch (const Failure& failure) {
        BOOST_TEST((wanted.at("or_refused") && failure.status == Status::bad_request),
                   "refused: " << failure.detail);
        return;
    }
    const Json shaped = in_shape_of(wanted, received);
    std::ostringstream shown;
    shown << received;
    const auto lenient = Json::error_handler_t::replace;  // received text need not be UTF-8
    BOOST_TEST((shaped == wanted), shown.str()
                                       << " instead of " << wanted.dump(-1, ' ', false, lenient));
}

BOOST_DATA_TEST_CASE(comes_out_as_it_was_meant, recorded, name) {
    const Json& wanted = expected(name);
    for (const std::size_t per_read : {in_one_read, 1UL}) {
        for (const bool chunked : {false, true}) {
            Sent sent = read_request(name);
            sent.per_read = per_read;
            sent.chunked = chunked && sent.content_type.starts_with("multipart/");
            check(wanted, sent);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
