#include "upload/serve.h"

#include <algorithm>

#include "base/failure.h"
#include "base/text.h"
#include "reply/log.h"
#include "reply/reply.h"
#include "rules/cross_origin.h"
#include "rules/partial_request.h"
#include "upload/form_upload.h"
#include "upload/progress.h"

namespace s3drop {

namespace {

Progress begin(const Request& request, const World& world) {
    Progress progress;
    progress.outcome.request_id = world.random_hex().substr(0, 16);
    progress.log.time = world.now();
    progress.log.request_id = progress.outcome.request_id;
    progress.log.remote_address = request.variable("REMOTE_ADDR");
    return progress;
}

// The page is in the same folder as the program's address, or as its cgi-bin. Anything that follows
// in the address (/upload/x) makes no difference.
Presentation presentation_of(const Request& request, const Origins& origins) {
    const std::string_view address = request.variable("REQUEST_URI");
    const std::string_view path = address.substr(0, address.find('?'));
    const std::string_view more = request.variable("PATH_INFO");
    auto up = std::count(more.begin(), more.end(), '/');
    if (path.find("/cgi-bin/") != std::string_view::npos) ++up;
    std::string page = up == 0 ? "./" : "";
    for (; up > 0; --up)
        page += "../";
    return {.format = preferred_format(request.variable("HTTP_ACCEPT")),
            .page = std::move(page),
            .cross = cross_origin(origins, request),
            .closes = request.body_is_unread()};
}

void fail(Progress& progress, const Failure& failure, const World& world) {
    LogEntry& log = progress.log;
    progress.outcome.failure = failure;
    if (progress.several) {
        progress.outcome.failure->detail = quoted(log.key) + ": " + failure.detail;
    }
    log.status = failure.status;
    log.total = between(log.time, world.now());
    log.error = failure.detail;
    if (!failure.private_detail.empty()) log.error += " (" + failure.private_detail + ")";
    log.s3_request_id = failure.s3 ? failure.s3->request_id : "";
    if (failure.s3 && !failure.s3->code.empty()) log.error += " [" + failure.s3->code + "]";
    world.log(log_line(log));
}

// Runs a step of the program and turns anything it throws into the reply. An exception that is not
// a Failure is a fault in the program or the machine: its text goes to the log, not to the user.
template <class Step>
void reply_after(Request& request, Presentation presentation, const World& world, Step step) {
    Progress progress = begin(request, world);
    try {
        step(progress);
    } catch (const Failure& failure) {
        fail(progress, failure, world);
    } catch (const std::exception& error) {
        fail(progress,
             {Status::internal_error, "Something went wrong on the server.", error.what()}, world);
    }
    presentation.closes = request.body_is_unread();
    request.write(render(progress.outcome, presentation));
}

}  // namespace

void serve(Request& request, const Settings& settings, const World& world) {
    const std::string_view method = request.variable("REQUEST_METHOD");
    const Presentation presentation = presentation_of(request, settings.origins);
    const bool reads = method == "GET" || method == "HEAD";
    if (reads && asks_for_piece(request)) {
        request.write(render_nothing(presentation));
    } else if (reads) {
        request.write(presentation.format == Format::html ? render_redirect(presentation)
                                                          : render_limits(settings, presentation));
    } else if (is_preflight(request) && !page_may_upload(settings.origins, request)) {
        // The browser will not send the request itself, so this is the only chance to log why.
        reply_after(request, presentation, world,
                    [&](Progress&) { throw page_not_allowed(request); });
    } else if (method == "OPTIONS") {
        request.write(render_options(presentation));
    } else if (method == "POST") {
        reply_after(request, presentation, world,
                    [&](Progress& progress) { upload(request, settings, world, progress); });
    } else {
        reply_after(request, presentation, world, [](Progress&) {
            throw Failure(Status::method_not_allowed, "Send the form with POST.");
        });
    }
}

void serve_unconfigured(Request& request, const std::string& problems, const World& world) {
    reply_after(request, presentation_of(request, {}), world, [&](Progress&) {
        throw Failure(Status::internal_error,
                      "Uploads are not set up yet. On the server, this command shows what is "
                      "missing: upload.fcgi --check",
                      problems);
    });
}

}  // namespace s3drop
