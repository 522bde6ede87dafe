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
#include "rules/policy.h"
#include "s3/delivery.h"
#include "web/body.h"
#include "web/recording.h"

namespace s3drop {

namespace {

std::string uuid_of(std::string hex) {  // version 4, RFC 9562 section 5.4
    constexpr std::string_view variants = "89ab";
    hex[12] = '4';
    hex[16] = variants[static_cast<unsigned char>(hex[16]) % variants.size()];
    for (const std::size_t hyphen : {8U, 13U, 18U, 23U})
        hex.insert(hyphen, "-");
    return hex;
}

void store(const Settings& settings, const World& world, const Destination& destination,
           const Payload& payload, Progress& progress) {
    LogEntry& log = progress.log;
    log.bucket = destination.bucket;
    log.key = destination.key;
    log.content_type = destination.content_type;
    log.bytes = payload.size;
    Attempts attempts;
    const auto begin = world.now();
    const auto note = [&](std::chrono::system_clock::time_point end) {
        log.attempts = attempts.count;
        log.at_s3 = between(begin, end);
    };
    try {
        progress.outcome.stored.push_back(
            deliver(world, settings.access, destination, payload, attempts));
    } catch (...) {
        note(world.now());
        throw;
    }
    const auto end = world.now();
    note(end);
    log.total = between(log.time, end);
    log.s3_request_id = progress.outcome.stored.back().s3_request_id;
    world.log(log_line(log));
}

KeyContext key_context(const RequestHead& head, const Settings& settings, const World& world) {
    return {.user = head.user,
            .date = iso_date(world.now()),
            .uuid = settings.key.has_uuid() ? uuid_of(world.random_hex()) : ""};
}

bool same_object(const Destination& a, const Destination& b) {
    return a.address.url == b.address.url;
}

Destination destination_of(const Settings& settings, const Form& form, const FormFile& file,
                           const KeyContext& context) {
    return destination_of(settings,
                          {.bucket = form.bucket,
                           .host = form.host,
                           .name = object_name(form, file),
                           .content_type = file.content_type},
                          context);
}

// Where each file of a form goes. All destinations are decided before the first file is stored.
std::vector<Destination> destinations_of(const Form& form, const RequestHead& head,
                                         const KeyContext& first, const Settings& settings,
                                         const World& world) {
    std::vector<Destination> destinations;
    for (const FormFile& file : form.files) {
        Destination destination =
            destination_of(settings, form, file,
                           destinations.empty() ? first : key_context(head, settings, world));
        const auto same = [&](const Destination& other) { return same_object(destination, other); };
        if (std::any_of(destinations.begin(), destinations.end(), same)) {
            throw Failure(Status::bad_request, "Two files in the form would get the same name, " +
                                                   quoted(destination.key) + ".");
        }
        destinations.push_back(std::move(destination));
    }
    return destinations;
}

// A PUT that starts while its file is still being received.
struct EarlyPut {
    Destination destination;
    // Counts if the rest of the form does not change the destination.
    std::optional<Failure> failure;
};

// Returns nullopt if the destination is not certain yet, the store requires the whole file's hash
// first, or the file turned out not to be the form's last part.
std::optional<EarlyPut> put_early(const Settings& settings, const World& world, const Form& so_far,
                                  const KeyContext& context, IncomingFile& file,
                                  Progress& progress) {
    EarlyPut early;
    try {
        early.destination = destination_of(settings, so_far, so_far.files.front(), context);
    } catch (const Failure&) {
        return std::nullopt;  // a later field may correct this
    }
    if (!can_send_unhashed(settings.access, world.learned, early.destination)) return std::nullopt;
    try {
        store(settings, world, early.destination, file.payload(), progress);
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

}  // namespace

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
    const auto begin_early = [&](const Form& so_far, IncomingFile& incoming) {
        early = put_early(settings, world, so_far, context, incoming, progress);
    };
    const Form form = receive(*parts, recording, begin_early, head.partial);
    if (!progress.outcome.stored.empty()) return;
    if (form.files.empty()) {
        throw Failure(Status::bad_request,
                      "The form has no file. Send one in the field file_data.");
    }

    const std::vector<Destination> destinations =
        destinations_of(form, head, context, settings, world);
    progress.several = destinations.size() > 1;
    if (early && early->failure && !progress.several &&
        same_object(early->destination, destinations.front())) {
        throw Failure(*early->failure);
    }
    for (std::size_t i = 0; i < destinations.size(); ++i) {
        const FormFile& each = form.files[i];
        store(settings, world, destinations[i],
              recorded_payload(recording, each.extent, each.payload_hash), progress);
    }
}

}  // namespace s3drop
