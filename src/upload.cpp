#include "upload.h"

#include <algorithm>
#include <memory>

#include "body.h"
#include "failure.h"
#include "log.h"
#include "multipart.h"
#include "part_headers.h"
#include "policy.h"
#include "receive.h"
#include "recording.h"
#include "reply.h"
#include "s3_put.h"
#include "text.h"
#include "urlencoded.h"
#include "utc.h"

namespace s3drop {

namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;

std::unique_ptr<PartSource> parts_of(const RequestHead& head, Body& body) {
    const std::string_view type =
        std::string_view(head.content_type).substr(0, head.content_type.find(';'));
    if (equal_ignoring_case(trim(type), "multipart/form-data")) {
        return std::make_unique<Multipart>(body, boundary_of(head.content_type));
    }
    if (!equal_ignoring_case(trim(type), "application/x-www-form-urlencoded")) {
        throw Failure(Status::unsupported_media_type,
                      "Send a form: multipart/form-data or application/x-www-form-urlencoded.");
    }
    if (!head.length) {
        // It has no end mark: without a length, nobody can tell a part of it from the whole.
        throw Failure(Status::length_required,
                      "A urlencoded form needs a Content-Length. Send it with one, or as "
                      "multipart/form-data.");
    }
    return std::make_unique<Urlencoded>(body);
}

std::string uuid_of(std::string hex) {  // version 4, RFC 9562 section 5.4
    constexpr std::string_view variants = "89ab";
    hex[12] = '4';
    hex[16] = variants[static_cast<unsigned char>(hex[16]) % variants.size()];
    for (const std::size_t hyphen : {8U, 13U, 18U, 23U})
        hex.insert(hyphen, "-");
    return hex;
}

// What is known of an upload so far: grows as it goes its way, and is what the answer and the log
// are made of, whether it gets to the end or not.
struct Progress {
    Outcome outcome;
    LogEntry log;
    bool several = false;  // files in the form: the answer then says which one failed
};

milliseconds between(std::chrono::system_clock::time_point begin,
                     std::chrono::system_clock::time_point end) {
    return duration_cast<milliseconds>(end - begin);
}

void store(const Settings& settings, const World& world, const Destination& to,
           const Payload& payload, Progress& progress) {
    LogEntry& log = progress.log;
    log.bucket = to.bucket;
    log.key = to.key;
    log.content_type = to.content_type;
    log.bytes = payload.extent.size;
    log.attempts = 1;
    const auto begin = world.now();
    try {
        progress.outcome.stored.push_back(put(world.s3, settings, to, payload, begin));
    } catch (...) {
        log.at_s3 = between(begin, world.now());
        throw;
    }
    const auto end = world.now();
    log.at_s3 = between(begin, end);
    log.total = between(log.time, end);
    log.s3_request_id = progress.outcome.stored.back().s3_request_id;
    world.log(log_line(log));
}

// Where each file of a form goes: all of them are settled before the first is stored.
std::vector<Destination> places_of(const Form& form, const RequestHead& head,
                                   const Settings& settings, const World& world) {
    std::vector<Destination> places;
    for (const FormFile& file : form.files) {
        Destination place = destination(settings, form, file,
                                        {.user = head.user,
                                         .date = iso_date(world.now()),
                                         .uuid = uuid_of(world.random_hex())});
        const auto same = [&](const Destination& other) {
            return other.address.url == place.address.url;
        };
        if (std::any_of(places.begin(), places.end(), same)) {
            throw Failure(Status::bad_request, "Two files of the form would have the same name, '" +
                                                   printable(place.key) + "'.");
        }
        places.push_back(std::move(place));
    }
    return places;
}

// The way of an upload. Throws Failure where it ends early.
void upload(Request& request, const Settings& settings, const World& world, Progress& progress) {
    const RequestHead head = admit(settings, request);
    progress.log.user = head.user;

    Body body(request, head.length, settings.max_size);
    const std::unique_ptr<PartSource> parts = parts_of(head, body);
    const auto file = request.body_file();
    Recording recording =
        file && parts->data_offset() ? Recording(*file) : Recording(settings.spool_dir);
    const Form form = receive(*parts, recording);
    if (form.files.empty()) {
        throw Failure(Status::bad_request, "The form has no file: send one in file_data.");
    }

    const std::vector<Destination> places = places_of(form, head, settings, world);
    progress.several = places.size() > 1;
    for (std::size_t i = 0; i < places.size(); ++i) {
        store(settings, world, places[i],
              {recording, form.files[i].extent, form.files[i].payload_hash}, progress);
    }
}

Progress begin(const Request& request, const World& world) {
    Progress progress;
    progress.outcome.request_id = world.random_hex().substr(0, 16);
    progress.log.time = world.now();
    progress.log.request_id = progress.outcome.request_id;
    progress.log.remote_address = request.variable("REMOTE_ADDR");
    return progress;
}

// The page is beside the address of the program, or beside its cgi-bin, whatever follows in the
// address (/upload/x).
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
            .cross = cross_origin(origins, request)};
}

void fail(Progress& progress, const Failure& failure, const World& world) {
    LogEntry& log = progress.log;
    progress.outcome.failure = failure;
    if (progress.several) {
        progress.outcome.failure->detail = "'" + printable(log.key) + "': " + failure.detail;
    }
    log.status = failure.status;
    log.total = between(log.time, world.now());
    log.error = failure.detail;
    if (!failure.private_detail.empty()) log.error += " (" + failure.private_detail + ")";
    log.s3_request_id = failure.s3 ? failure.s3->request_id : "";
    if (failure.s3 && !failure.s3->code.empty()) log.error += " [" + failure.s3->code + "]";
    world.log(log_line(log));
}

// Runs a step of the program and turns whatever it throws into the one answer. An exception that is
// no Failure is a fault of ours or of the machine: the log has its text, the user does not.
template <class Step>
void answer(Request& request, const Presentation& presentation, const World& world, Step step) {
    Progress progress = begin(request, world);
    try {
        step(progress);
    } catch (const Failure& failure) {
        fail(progress, failure, world);
    } catch (const std::exception& error) {
        fail(progress, {Status::internal_error, "Something went wrong here.", error.what()}, world);
    }
    request.write(render(progress.outcome, presentation));
}

}  // namespace

void serve(Request& request, const Settings& settings, const World& world) {
    const std::string_view method = request.variable("REQUEST_METHOD");
    const Presentation presentation = presentation_of(request, settings.origins);
    if (method == "GET" || method == "HEAD") {
        request.write(presentation.format == Format::html ? render_redirect(presentation)
                                                          : render_limits(settings, presentation));
    } else if (is_preflight(request) && !admits(settings.origins, request)) {
        // No browser sends what it asked for now, so this is the one place to say why.
        answer(request, presentation, world, [&](Progress&) { throw foreign_page(request); });
    } else if (method == "OPTIONS") {
        request.write(render_options(presentation));
    } else if (method == "POST") {
        answer(request, presentation, world,
               [&](Progress& progress) { upload(request, settings, world, progress); });
    } else {
        answer(request, presentation, world, [](Progress&) {
            throw Failure(Status::method_not_allowed, "Send a form with POST.");
        });
    }
}

void serve_unconfigured(Request& request, const std::string& problems, const World& world) {
    answer(request, presentation_of(request, {}), world, [&](Progress&) {
        throw Failure(Status::internal_error,
                      "This upload is not set up yet. Whoever runs this server finds out what is "
                      "missing with: upload.fcgi --check",
                      problems);
    });
}

}  // namespace s3drop
