#include "upload/form_upload.h"

#include <algorithm>
#include <memory>

#include "base/failure.h"
#include "base/text.h"
#include "base/utc.h"
#include "form/form_type.h"
#include "form/incoming_file.h"
#include "form/receive.h"
#include "reply/log.h"
#include "reply/reply.h"
#include "rules/policy.h"
#include "s3/delivery.h"
#include "web/body.h"
#include "web/recording.h"

namespace s3drop {

namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;

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
    log.bytes = payload.size;
    log.attempts = 0;
    const auto begin = world.now();
    try {
        progress.outcome.stored.push_back(deliver(world, settings, to, payload, log.attempts));
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

KeyContext key_context(const RequestHead& head, const Settings& settings, const World& world) {
    return {.user = head.user,
            .date = iso_date(world.now()),
            .uuid = settings.key.has_uuid() ? uuid_of(world.random_hex()) : ""};
}

bool same_place(const Destination& a, const Destination& b) {
    return a.address.url == b.address.url;
}

// Where each file of a form goes: all of them are settled before the first is stored.
std::vector<Destination> places_of(const Form& form, const RequestHead& head,
                                   const KeyContext& first, const Settings& settings,
                                   const World& world) {
    std::vector<Destination> places;
    for (const FormFile& file : form.files) {
        Destination place = destination(
            settings, form, file, places.empty() ? first : key_context(head, settings, world));
        const auto same = [&](const Destination& other) { return same_place(place, other); };
        if (std::any_of(places.begin(), places.end(), same)) {
            throw Failure(Status::bad_request, "Two files of the form would have the same name, " +
                                                   quoted(place.key) + ".");
        }
        places.push_back(std::move(place));
    }
    return places;
}

// A PUT that is begun while its file still comes in.
struct EarlyPut {
    Destination place;
    std::optional<Failure> failure;  // counts if the form turns out to be what it seemed
};

// Nothing where the place is not certain yet, or the store wants the whole file's hash first.
std::optional<EarlyPut> put_early(const Settings& settings, const World& world, const Form& so_far,
                                  const KeyContext& context, IncomingFile& file,
                                  Progress& progress) {
    EarlyPut early;
    try {
        early.place = destination(settings, so_far, so_far.files.front(), context);
    } catch (const Failure&) {
        return std::nullopt;  // a field that is still to come may set it right
    }
    if (!takes_unhashed(settings, world.learned, early.place)) return std::nullopt;
    try {
        store(settings, world, early.place, file.payload(), progress);
    } catch (const NotTheLastPart&) {
        return std::nullopt;
    } catch (const Failure& failure) {
        if (file.lost()) throw;
        early.failure = failure;
    }
    if (file.lost())
        world.log("upload.fcgi: sent without a recording: " + file.lost()->private_detail);
    return early;
}

// The way of an upload. Throws Failure where it ends early.
void upload(Request& request, const Settings& settings, const World& world, Progress& progress) {
    const RequestHead head = admit(settings, request);
    progress.log.user = head.user;

    Body body(request, head.length, settings.max_size);
    const std::unique_ptr<PartSource> parts = parts_of(head.content_type, body);
    const auto file = request.body_file();
    Recording recording =
        file && parts->data_offset() ? Recording(*file) : Recording(settings.spool_dir);
    const KeyContext context = key_context(head, settings, world);
    std::optional<EarlyPut> early;
    const Form form = receive(*parts, recording, [&](const Form& so_far, IncomingFile& incoming) {
        early = put_early(settings, world, so_far, context, incoming, progress);
    });
    if (!progress.outcome.stored.empty()) return;
    if (form.files.empty()) {
        throw Failure(Status::bad_request, "The form has no file: send one in file_data.");
    }

    const std::vector<Destination> places = places_of(form, head, context, settings, world);
    progress.several = places.size() > 1;
    if (early && early->failure && !progress.several && same_place(early->place, places.front())) {
        throw Failure(*early->failure);
    }
    for (std::size_t i = 0; i < places.size(); ++i) {
        const FormFile& each = form.files[i];
        store(settings, world, places[i],
              recorded_payload(recording, each.extent, each.payload_hash), progress);
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
