#include "settings/setting_values.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "base/decimal.h"
#include "base/own_file.h"
#include "base/text.h"

namespace s3drop {

namespace {

// One entry of a list, for messages. Not shown if it may be a URL with a password.
std::string quoted_unless_secret(const std::string& entry) {
    return entry.find('@') == std::string::npos ? quoted(entry) : "an entry";
}

// Replaces the special characters of a glob by a letter, so that it parses as a plain host.
std::string without_glob(std::string text) {
    for (char& c : text) {
        if (std::string_view("*?[]!").find(c) != std::string_view::npos) c = 'x';
    }
    return text;
}

// An origin whose host may be a glob. Returns nullopt if the text is neither.
std::optional<Origin> parse_origin_glob(const std::string& text) {
    std::optional<Origin> origin = parse_origin(text);
    const std::size_t slashes = text.find("//");
    if (origin || slashes == std::string::npos) return origin;
    const std::string host = text.substr(slashes + 2);
    origin = parse_origin(text.substr(0, slashes + 2) + without_glob(host));
    if (origin) origin->host = lower_case(host.substr(0, host.find(':')));
    return origin;
}

}  // namespace

bool parse_yes_or_no(const std::string& value) {
    if (value == "yes") return true;
    if (value == "no") return false;
    throw std::runtime_error("write yes or no");
}

std::uint64_t parse_size(const std::string& value) {
    constexpr std::string_view units = "KMGT";
    constexpr std::size_t most_digits = 15;
    const std::size_t unit = value.empty() ? 0 : units.find(value.back()) + 1;
    const std::string_view digits(value.data(), value.size() - (unit == 0 ? 0 : 1));
    const auto number = parse_decimal(digits, most_digits);
    if (!number)
        throw std::runtime_error(
            "write a number of bytes, or a number with K, M, G or T, such as 100M");
    const std::uint64_t size = *number << (10 * unit);
    if (*number == 0 || size >> (10 * unit) != *number)
        throw std::runtime_error("it is out of range");
    return size;
}

std::chrono::seconds parse_seconds(const std::string& value) {
    constexpr std::size_t most_digits = 5;
    const std::uint64_t number = parse_decimal(value, most_digits).value_or(0);
    if (number == 0) throw std::runtime_error("write a number of seconds, such as 60");
    return std::chrono::seconds(number);
}

std::vector<std::string> parse_buckets(const std::string& value) {
    std::vector<std::string> buckets = split(value, ',');
    for (const std::string& bucket : buckets) {
        if (bucket.size() < 3 || bucket.size() > 63 || !is_alphanumeric_or(".-_", bucket) ||
            bucket.front() == '.') {
            throw std::runtime_error(quoted_unless_secret(bucket) +
                                     " is not a valid bucket name; use 3 to 63 letters, digits, "
                                     "dots and hyphens");
        }
    }
    if (buckets.empty()) throw std::runtime_error("list at least one bucket");
    return buckets;
}

std::vector<HostAndPort> parse_hosts(const std::string& value) {
    std::vector<HostAndPort> hosts;
    for (const std::string& host : split(value, ',')) {
        const auto parsed = parse_host(without_glob(host));
        if (!parsed)
            throw std::runtime_error(quoted_unless_secret(host) + " is not a host or host:port");
        hosts.push_back({lower_case(host.substr(0, host.find(':'))), parsed->port});
    }
    return hosts;
}

Origins parse_origins(const std::string& value) {
    const std::vector<std::string> entries = split(value, ',');
    if (entries == std::vector<std::string>{"*"}) return {.any = true, .listed = {}};
    Origins origins;
    for (const std::string& entry : entries) {
        if (entry == "*")
            throw std::runtime_error("* allows every site, so it must be the only entry");
        const std::optional<Origin> origin = parse_origin_glob(entry);
        if (!origin) {
            throw std::runtime_error(quoted_unless_secret(entry) +
                                     " is not an origin; write https://host or "
                                     "https://host:port, without a path");
        }
        origins.listed.push_back(*origin);
    }
    if (origins.empty())
        throw std::runtime_error("list at least one origin, such as https://www.example.org");
    return origins;
}

Addressing parse_addressing(const std::string& value) {
    if (value == "auto") return Addressing::automatic;
    if (value == "virtual") return Addressing::virtual_host;
    if (value == "path") return Addressing::path;
    throw std::runtime_error("write auto, virtual or path");
}

std::string check_region(const std::string& name) {
    if (!is_region(name)) throw std::runtime_error("write the name of a region, such as eu-west-1");
    return name;
}

std::vector<std::string> parse_types(const std::string& value) {
    std::vector<std::string> types = split(lower_case(value), ',');
    const auto never_matches = [](const std::string& type) {
        return type.find_first_of("/*") == std::string::npos ||
               type.find_first_of(" \t;") != std::string::npos;
    };
    if (types.empty() || std::any_of(types.begin(), types.end(), never_matches)) {
        throw std::runtime_error(
            "write content types separated by commas, such as image/*, text/plain");
    }
    return types;
}

Headers parse_headers(const std::string& value) {
    constexpr std::array reserved = {
        "host",          "authorization",        "content-length",      "content-type",
        "if-none-match", "transfer-encoding",    "x-amz-date",          "expect",
        "connection",    "x-amz-content-sha256", "x-amz-security-token"};
    Headers headers;
    for (const std::string& line : split(value, ';')) {
        const std::size_t colon = std::min(line.find(':'), line.size());
        const std::string name = line.substr(0, colon);
        const std::string_view text =
            trim(std::string_view(line).substr(std::min(colon + 1, line.size())));
        if (colon == line.size() || !is_token(name) || text.empty() ||
            has_control_characters(text)) {
            throw std::runtime_error("write headers as Name: value, separated by ;");
        }
        if (std::find(reserved.begin(), reserved.end(), lower_case(name)) != reserved.end()) {
            throw std::runtime_error("the program sets " + name + " itself");
        }
        headers.push_back({name, std::string(text)});
    }
    return headers;
}

PayloadSigning parse_payload(const std::string& value) {
    if (value == "auto") return PayloadSigning::automatic;
    if (value == "signed") return PayloadSigning::whole;
    if (value == "chunked") return PayloadSigning::chunks;
    if (value == "unsigned") return PayloadSigning::none;
    throw std::runtime_error("write auto, signed, chunked or unsigned");
}

SandboxUse parse_sandbox(const std::string& value) {
    if (value == "auto") return SandboxUse::automatic;
    if (value == "yes") return SandboxUse::required;
    if (value == "no") return SandboxUse::off;
    throw std::runtime_error("write auto, yes or no");
}

int parse_attempts(const std::string& value) {
    constexpr std::size_t most_digits = 2;
    constexpr std::uint64_t most = 10;
    const std::uint64_t attempts = parse_decimal(value, most_digits).value_or(0);
    if (attempts < 1 || attempts > most) {
        throw std::runtime_error("write the number of attempts per PUT, from 1 to 10");
    }
    return static_cast<int>(attempts);
}

std::string check_folder(const std::string& path) {
    struct stat status {};
    if (stat(path.c_str(), &status) != 0 || !S_ISDIR(status.st_mode) ||
        access(path.c_str(), W_OK | X_OK) != 0) {
        throw std::runtime_error("name a folder that the program can write to");
    }
    return path;
}

std::string check_file(const std::string& path) {
    struct stat status {};
    if (stat(path.c_str(), &status) != 0 || S_ISDIR(status.st_mode) ||
        access(path.c_str(), R_OK) != 0) {
        throw std::runtime_error("name a file that the program can read");
    }
    return path;
}

std::string check_writable_file(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
    struct stat status {};
    const bool exists = lstat(path.c_str(), &status) == 0;
    if (exists ? !is_own_file(status) || access(path.c_str(), W_OK) != 0
               : access(folder.c_str(), W_OK | X_OK) != 0) {
        throw std::runtime_error("name a file that the program owns and can write to, not a link");
    }
    return path;
}

}  // namespace s3drop
