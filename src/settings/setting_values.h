// Parses the values of settings. Each function throws std::runtime_error if the value is not valid.
// The text says what would be valid, and shows nothing that may be secret.
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

// In bytes. K, M, G or T after the number is a power of 1024.
std::uint64_t parse_size(const std::string& value);

// 1 to 99999.
std::chrono::seconds parse_seconds(const std::string& value);

// Separated by commas; at least one.
std::vector<std::string> parse_buckets(const std::string& value);

// host or host:port, separated by commas. A host may be a glob.
std::vector<HostAndPort> parse_hosts(const std::string& value);

// scheme://host or scheme://host:port, separated by commas. A host may be a glob. Or just *.
Origins parse_origins(const std::string& value);

Addressing parse_addressing(const std::string& value);

// Content types or globs, separated by commas. The result is in lower case.
std::vector<std::string> parse_types(const std::string& value);

// `Name: value`, separated by ";". Refuses headers that the program itself sends.
Headers parse_headers(const std::string& value);

PayloadSigning parse_payload(const std::string& value);

SandboxUse parse_sandbox(const std::string& value);

// Attempts per call to S3, the first one included: 1 to 10.
int parse_attempts(const std::string& value);

// Returns `name` if it can be the name of a region.
std::string check_region(const std::string& name);

// Returns `path` if it is a folder that the program can write to.
std::string check_folder(const std::string& path);

// Returns `path` if it is a file that the program can read.
std::string check_file(const std::string& path);

// Returns `path` if it is a file that the program can write to or create. An existing one must
// belong to the program's account or to root, and must not be a link.
std::string check_writable_file(const std::string& path);

}  // namespace s3drop
