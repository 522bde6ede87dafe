#include "check/check_s3.h"

#include <netdb.h>
#include <sys/socket.h>

#include <cstdlib>
#include <ctime>
#include <memory>

#include "base/digest.h"
#include "base/failure.h"
#include "base/hex.h"
#include "base/utc.h"
#include "rules/policy.h"
#include "s3/client.h"
#include "s3/object.h"
#include "web/recording.h"

namespace s3drop {

namespace {

using std::chrono::seconds;
using std::chrono::system_clock;

// curl resolves every name below localhost to this machine (RFC 6761). The C library does not.
bool resolves(const std::string& host) {
    if (host.ends_with(".localhost")) return true;
    struct Free {
        void operator()(addrinfo* list) const { freeaddrinfo(list); }
    };
    addrinfo* found = nullptr;
    const int failed = getaddrinfo(host.c_str(), nullptr, nullptr, &found);
    const std::unique_ptr<addrinfo, Free> owned(found);
    return failed == 0;
}

std::string advice_for(const TransportError& error) {
    switch (error.kind) {
        case TransportError::Kind::unreachable:
            return "Is the port correct? Is S3 running there? Does a firewall block the "
                   "connection? "
                   "The address is AWS_ENDPOINT_URL_S3.";
        case TransportError::Kind::untrusted:
            return "Set AWS_CA_BUNDLE to the file with the certificate of the authority that "
                   "signed "
                   "S3's certificate, or correct the host name in AWS_ENDPOINT_URL_S3. If the "
                   "server does not use https, write http://.";
        case TransportError::Kind::timed_out:
            return "Nothing responds there. Does a firewall drop the packets? UPLOAD_TIMEOUT is "
                   "how "
                   "long an upload waits.";
        case TransportError::Kind::broken:
            break;
    }
    return "Is the server there S3, and does it use http or https as AWS_ENDPOINT_URL_S3 says?";
}

// What the operator can do about each of S3's codes (Amazon S3 API Reference, "Error responses").
std::string advice_for(const Failure& failure) {
    const std::string code = failure.s3 ? failure.s3->code : "";
    if (code == "SignatureDoesNotMatch")
        return "AWS_SECRET_ACCESS_KEY does not belong to this AWS_ACCESS_KEY_ID.";
    if (code == "InvalidAccessKeyId") return "S3 does not know this AWS_ACCESS_KEY_ID.";
    if (code == "ExpiredToken" || code == "InvalidToken") {
        return "AWS_SESSION_TOKEN has expired or does not belong to this key. Long-term keys have "
               "none.";
    }
    if (code == "AuthorizationHeaderMalformed" || code == "PermanentRedirect" ||
        code == "IllegalLocationConstraintException" || code == "TemporaryRedirect") {
        return "AWS_REGION is not the bucket's region.";
    }
    if (code == "NoSuchBucket")
        return "The first bucket in UPLOAD_BUCKETS does not exist at this endpoint.";
    if (code == "AccessDenied") return "Give this key the permission s3:PutObject on the bucket.";
    if (code == "RequestTimeTooSkewed") return "Set this server's clock (NTP).";
    if (code == "NotImplemented" || code == "InvalidArgument") {
        return "If the store does not support If-None-Match, set UPLOAD_OVERWRITE=yes. Otherwise "
               "check UPLOAD_S3_HEADERS.";
    }
    return "Look up S3's error code in its documentation.";
}

// Where the small object goes: where an upload with its name would go.
Destination check_destination(const Settings& settings, const CheckContext& context) {
    const std::string random = context.random_hex();
    Settings any_type = settings;
    any_type.types.clear();
    return destination_of(
        any_type,
        {.bucket = "",
         .host = "",
         .name = "s3drop-check-" + random + ".txt",
         .content_type = "text/plain"},
        {.user = "s3drop-check", .date = iso_date(context.now()), .uuid = random});
}

bool check_connection(const Settings& settings, const CheckContext& context, HttpClient& client,
                      CheckReport& report) {
    const std::string url = url_of(settings.access.endpoint) + "/";
    try {
        const HttpResponse response =
            client.send({.method = "GET", .url = url, .headers = {}, .body_size = 0, .body = {}});
        pass(
            report, "connection",
            url + " responds" +
                (settings.access.endpoint.scheme == "https" ? ", its certificate is trusted" : ""));
        const auto theirs = response.date();
        if (!theirs) return true;
        const auto off = std::chrono::duration_cast<seconds>(context.now() - *theirs).count();
        const std::string finding =
            "differs from S3's by " + std::to_string(std::abs(off)) + " seconds";
        constexpr long most = 15L * 60;  // seconds; S3 accepts less
        if (std::abs(off) < most) {
            pass(report, "clock", finding);
            return true;
        }
        fail(report, "clock", finding,
             "Set this server's clock (NTP). S3 refuses requests that are 15 minutes off.");
    } catch (const TransportError& error) {
        fail(report, "connection", url + ": " + error.what(), advice_for(error));
    }
    return false;
}

void check_delete(const Settings& settings, const CheckContext& context, HttpClient& client,
                  const Destination& destination, CheckReport& report) {
    const auto result =
        send_once(client, settings.access, destination, delete_call(), context.now());
    const auto* refusal = std::get_if<Refusal>(&result);
    if (refusal && !refusal->responded()) {
        fail(report, "delete", refusal->failure.private_detail,
             "Run the check again. If the object is still there, remove it by hand.");
        return;
    }
    pass(report, "delete",
         refusal ? "not allowed, as it should be; the object is still there: remove it by hand"
                 : "the object is deleted");
}

// Makes one attempt, exactly as the settings say, so that the report shows what a worker would
// correct automatically.
std::variant<Stored, Refusal> put_once(const Settings& settings, const CheckContext& context,
                                       HttpClient& client, const Destination& destination,
                                       const Payload& payload) {
    const Call call = put_call(settings.access, destination, payload);
    auto result = send_once(client, settings.access, destination, call, context.now());
    if (auto* refusal = std::get_if<Refusal>(&result)) return std::move(*refusal);
    return meaning_of(std::get<HttpResponse>(result), call, destination);
}

void check_write(const Settings& settings, const CheckContext& context, HttpClient& client,
                 CheckReport& report) {
    constexpr std::string_view text = "Written by upload.fcgi --check.\n";
    Recording recording(settings.spool_dir);
    recording.append(text);
    const Destination destination = check_destination(settings, context);
    const Payload payload =
        recorded_payload(recording, {.offset = 0, .size = text.size()}, hex(sha256(text)));
    const auto result = put_once(settings, context, client, destination, payload);
    if (const auto* refusal = std::get_if<Refusal>(&result)) {
        const Failure& failure = refusal->failure;
        const std::string code =
            failure.s3 && !failure.s3->code.empty() ? " (" + failure.s3->code + ")" : "";
        fail(report, "write", object_url(destination) + ": " + failure.detail + code,
             advice_for(failure));
        return;
    }
    pass(report, "signature", "S3 accepts it");
    pass(report, "write", object_url(destination));
    check_delete(settings, context, client, destination, report);
}

}  // namespace

void check_s3(const Settings& settings, const CheckContext& context, HttpClient& client,
              CheckReport& report) {
    const std::string& host = settings.access.endpoint.host;
    if (!resolves(host)) {
        fail(report, "name", host + " does not resolve",
             "Is AWS_ENDPOINT_URL_S3 (or AWS_REGION) spelled correctly? Does DNS work on this "
             "server?");
        return;
    }
    pass(report, "name", host + " resolves");
    try {
        if (check_connection(settings, context, client, report))
            check_write(settings, context, client, report);
    } catch (const std::exception& error) {
        fail(report, "write", error.what(), "This should not happen. Please report it.");
    }
}

}  // namespace s3drop
