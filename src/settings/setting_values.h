// From the text of a setting to its value. Each throws std::runtime_error, whose text says what
// would be right and shows nothing of a value that may be secret.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "base/host.h"
#include "base/name_value.h"
#include "process/sandbox_use.h"
#include "s3/endpoint.h"
#include "s3/payload_signing.h"
#include "settings/origin.h"

namespace s3drop {

bool parse_yes_or_no(const std::string& value);

// Bytes; K, M, G or T behind the number stand for a power of 1024.
std::uint64_t parse_size(const std::string& value);

std::chrono::seconds parse_seconds(const std::string& value);
std::vector<std::string> parse_buckets(const std::string& value);

// host or host:port, with commas between; a host may be a glob.
std::vector<HostAndPort> parse_hosts(const std::string& value);

// scheme://host or scheme://host:port, with commas between; a host may be a glob. Or * alone.
Origins parse_origins(const std::string& value);

Addressing parse_addressing(const std::string& value);

// Content types or globs of them, with commas between; in lower case.
std::vector<std::string> parse_types(const std::string& value);

// `Name: value`, with ; between. Headers that the program itself sends are refused.
Headers parse_headers(const std::string& value);

PayloadSigning parse_payload(const std::string& value);

SandboxUse parse_sandbox(const std::string& value);

int parse_retries(const std::string& value);

// The value itself, once it can be a region's name.
std::string check_region(const std::string& name);

// The value itself, once it names a folder that can be written to, or a file that can be read.
std::string check_folder(const std::string& path);
std::string check_file(const std::string& path);

// The same for a file that can be written to and is its user's or root's, or that can be made.
std::string check_writable_file(const std::string& path);

}  // namespace s3drop
