#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>
#include <sys/stat.h>

#include <cerrno>

#include "base/failure.h"
#include "check/check.h"
#include "system/child.h"
#include "system/temporary_folder.h"
#include "unit/canned_upload.h"
#include "unit/fakes.h"

using namespace s3drop;
using namespace s3drop::test;

namespace {

using Variables = std::map<std::string, std::string>;

const char* const date = "Sat, 31 Jan 2026 12:00:00 GMT";  // canned_time()

Variables good_settings() {
    return {{"HOME", "/nonexistent"},
            {"UPLOAD_BUCKETS", "demo"},
            {"AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"},
            {"AWS_SECRET_ACCESS_KEY", canned_secret},
            {"AWS_ENDPOINT_URL_S3", "http://127.0.0.1:9000"}};
}

using Respond = std::function<HttpResponse(const FakeClient::Sent&)>;

// A store where every call succeeds.
HttpResponse succeed(const FakeClient::Sent& sent) {
    if (sent.request.method == "GET")
        return {.status = 403, .headers = {{"Date", date}}, .body = {}};
    if (sent.request.method == "DELETE") return {.status = 204, .headers = {}, .body = {}};
    return {.status = 200, .headers = {{"ETag", "\"etag\""}}, .body = {}};
}

Respond refusing_put(int status, const std::string& code) {
    return [=](const FakeClient::Sent& sent) -> HttpResponse {
        if (sent.request.method != "PUT") return succeed(sent);
        return {
            .status = status, .headers = {}, .body = "<Error><Code>" + code + "</Code></Error>"};
    };
}

Sandbox no_sandbox(const Settings&) {
    return {SandboxUse::off, {}};
}

CheckReport check_with(const Variables& variables, const Respond& respond = succeed,
                       const std::function<Sandbox(const Settings&)>& sandbox = no_sandbox) {
    CheckContext context;
    context.environment = [&](const std::string& name) {
        const auto found = variables.find(name);
        return found == variables.end() ? std::string() : found->second;
    };
    for (const auto& [name, value] : variables)
        context.environment_names.push_back(name);
    context.client = [&](const Settings&) {
        auto client = std::make_unique<FakeClient>();
        client->respond = respond;
        return client;
    };
    context.sandbox = sandbox;
    context.now = canned_time;
    context.random_hex = [] { return std::string(32, 'a'); };
    const CheckReport report = check(context);
    BOOST_TEST(!contains(check_text(report) + check_json(report), canned_secret));
    return report;
}

// The lines that failed, each as "subject: finding / advice".
std::string failed_line(const CheckReport& report) {
    std::string failed;
    for (const CheckLine& line : report) {
        if (!line.ok) failed += line.subject + ": " + line.finding + " / " + line.advice + "\n";
    }
    return failed;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(check_command)

BOOST_AUTO_TEST_CASE(everything_is_ok) {
    const CheckReport report = check_with(good_settings());
    BOOST_TEST(all_ok(report), check_text(report));
    std::string subjects;
    for (const CheckLine& line : report)
        subjects += line.subject + ";";
    BOOST_TEST(subjects ==
               "settings "
               "file;environment;credentials;endpoint;region;buckets;origins;limits;sandbox;name;"
               "connection;"
               "clock;signature;write;delete;");
}

BOOST_AUTO_TEST_CASE(each_s3_error_has_its_own_advice) {
    const struct {
        int status;
        const char* code;
        const char* advice;
    } cases[] = {{403, "SignatureDoesNotMatch", "AWS_SECRET_ACCESS_KEY does not"},
                 {403, "InvalidAccessKeyId", "does not know this AWS_ACCESS_KEY_ID"},
                 {400, "AuthorizationHeaderMalformed", "AWS_REGION is not the bucket's"},
                 {301, "PermanentRedirect", "AWS_REGION is not the bucket's"},
                 {404, "NoSuchBucket", "UPLOAD_BUCKETS does not exist"},
                 {403, "AccessDenied", "s3:PutObject"},
                 {403, "RequestTimeTooSkewed", "clock"},
                 {400, "ExpiredToken", "AWS_SESSION_TOKEN has expired"},
                 {501, "NotImplemented", "UPLOAD_OVERWRITE=yes"},
                 {500, "SomethingElse", "documentation"}};
    for (const auto& each : cases) {
        const std::string failed =
            failed_line(check_with(good_settings(), refusing_put(each.status, each.code)));
        BOOST_TEST(failed.starts_with("write: s3://demo/s3drop-check-"), failed);
        BOOST_TEST(contains(failed, each.code), failed);
        BOOST_TEST(contains(failed, each.advice), failed);
    }
}

BOOST_AUTO_TEST_CASE(no_connection) {
    using Kind = TransportError::Kind;
    const std::pair<Kind, const char*> cases[] = {{Kind::unreachable, "firewall"},
                                                  {Kind::untrusted, "AWS_CA_BUNDLE"},
                                                  {Kind::timed_out, "UPLOAD_TIMEOUT"},
                                                  {Kind::broken, "Is the server there S3"}};
    for (const auto& [kind, advice] : cases) {
        const auto fail = [kind = kind](const FakeClient::Sent&) -> HttpResponse {
            throw TransportError(kind, "as libcurl says");
        };
        const std::string failed = failed_line(check_with(good_settings(), fail));
        BOOST_TEST(failed.starts_with("connection: http://127.0.0.1:9000/: as libcurl says"),
                   failed);
        BOOST_TEST(contains(failed, advice), failed);
    }
}

BOOST_AUTO_TEST_CASE(a_clock_that_is_wrong) {
    const auto respond = [](const FakeClient::Sent& sent) -> HttpResponse {
        if (sent.request.method != "GET") return succeed(sent);
        return {.status = 200, .headers = {{"Date", "Sat, 31 Jan 2026 13:00:00 GMT"}}, .body = {}};
    };
    const std::string failed = failed_line(check_with(good_settings(), respond));
    BOOST_TEST(failed.starts_with("clock: differs from S3's by 3600 seconds"), failed);
}

BOOST_AUTO_TEST_CASE(a_name_that_does_not_resolve) {
    Variables variables = good_settings();
    variables["AWS_ENDPOINT_URL_S3"] = "http://no-such-host.invalid";
    BOOST_TEST(failed_line(check_with(variables))
                   .starts_with("name: no-such-host.invalid does not resolve"));
}

// In a child process, because a sandbox is permanent. The rest of the check runs inside it, as an
// upload does.
BOOST_AUTO_TEST_CASE(a_sandbox_that_is_required) {
    const struct {
        const char* setting;
        bool ok;
    } cases[] = {{"auto", true}, {"yes", false}};
    for (const auto& each : cases) {
        Variables variables = good_settings();
        variables["UPLOAD_SANDBOX"] = each.setting;
        const std::string said = said_by_child([&]() -> std::string {
            if (!forbid_call(landlock_create_ruleset_call, ENOSYS))
                return "no system call filters here";
            return check_text(check_with(variables, succeed, [](const Settings& settings) {
                return Sandbox(settings.sandbox, {});
            }));
        });
        const std::string line = "sandbox: none (this kernel does not support landlock)\n";
        BOOST_TEST(contains(said, (each.ok ? "ok      " : "FAILED  ") + line), said);
        BOOST_TEST(contains(said, "With UPLOAD_SANDBOX=yes every upload is refused.") == !each.ok,
                   said);
        BOOST_TEST(contains(said, "ok      write: "), said);
    }
}

BOOST_AUTO_TEST_CASE(deleting_is_not_allowed) {
    const auto respond = [](const FakeClient::Sent& sent) -> HttpResponse {
        if (sent.request.method == "DELETE") return {.status = 403, .headers = {}, .body = {}};
        return succeed(sent);
    };
    const CheckReport report = check_with(good_settings(), respond);
    BOOST_TEST(all_ok(report));
    BOOST_TEST(contains(report.back().finding, "remove it by hand"));
}

BOOST_AUTO_TEST_CASE(missing_settings) {
    const std::string failed = failed_line(check_with({{"HOME", "/nonexistent"}}));
    BOOST_TEST(contains(failed, "UPLOAD_BUCKETS is not set"), failed);
    BOOST_TEST(contains(failed, "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set"), failed);
    BOOST_TEST(contains(failed, ".config/s3drop/upload.conf"), failed);
    BOOST_TEST(contains(failed, "SetEnv"), failed);
}

BOOST_AUTO_TEST_CASE(half_a_key_pair) {
    Variables variables = good_settings();
    variables.erase("AWS_ACCESS_KEY_ID");
    BOOST_TEST(failed_line(check_with(variables)) ==
               "settings: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY must be set together / "
               "Correct it as described.\n");
}

BOOST_AUTO_TEST_CASE(typos_in_the_environment_and_in_the_file) {
    const TemporaryFolder folder;
    Variables variables = good_settings();
    variables["UPLOAD_OVERWRIT"] = "yes";
    BOOST_TEST(failed_line(check_with(variables)) ==
               "environment: UPLOAD_OVERWRIT: unknown setting / Did you mean UPLOAD_OVERWRITE?\n");
    variables.erase("UPLOAD_OVERWRIT");
    variables["UPLOAD_CONFIG"] = folder.file("upload.conf", "UPLOAD_BUKETS=demo\n");
    const std::string failed = failed_line(check_with(variables));
    BOOST_TEST(contains(failed, "UPLOAD_BUKETS: unknown setting; did you mean UPLOAD_BUCKETS?"),
               failed);
}

BOOST_AUTO_TEST_CASE(a_secret_that_everybody_may_read) {
    const TemporaryFolder folder;
    Variables variables = good_settings();
    variables.erase("AWS_SECRET_ACCESS_KEY");
    const std::string file =
        folder.file("upload.conf", std::string("AWS_SECRET_ACCESS_KEY=") + canned_secret + "\n");
    variables["UPLOAD_CONFIG"] = file;
    chmod(file.c_str(), 0644);
    BOOST_TEST(failed_line(check_with(variables)) ==
               "secrets: " + file + " contains a secret and every user can read it / chmod 600 " +
                   file + "\n");
    for (const mode_t mode : {0640, 0600}) {
        chmod(file.c_str(), mode);
        const CheckReport report = check_with(variables);
        BOOST_TEST(all_ok(report));
        const std::string note = "ok      secrets: " + file + " contains a secret and the group ";
        BOOST_TEST(contains(check_text(report), note) == (mode == 0640), check_text(report));
        BOOST_TEST(contains(check_text(report), "otherwise chmod 600 " + file) == (mode == 0640));
    }
}

BOOST_AUTO_TEST_CASE(text_and_json) {
    const CheckReport report = {{"name", true, "s3 resolves", ""},
                                {"write", false, "refused", "Allow it."}};
    BOOST_TEST(check_text(report) ==
               "ok      name: s3 resolves\nFAILED  write: refused\n        Allow it.\n");
    const auto json = nlohmann::json::parse(check_json(report));
    BOOST_TEST(json["ok"] == false);
    BOOST_TEST(json["checks"][1]["advice"] == "Allow it.");
}

BOOST_AUTO_TEST_SUITE_END()
