#include "form/upload_protocols.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace s3drop {

namespace {

constexpr std::size_t longest_name = 40;

constexpr auto fields = std::to_array<ProtocolField>({
    {"dzchunkindex", Protocol::dropzone, Role::index},
    {"dztotalchunkcount", Protocol::dropzone, Role::total},
    {"resumablechunknumber", Protocol::resumable, Role::number},
    {"resumabletotalchunks", Protocol::resumable, Role::total},
    {"flowchunknumber", Protocol::flow, Role::number},
    {"flowtotalchunks", Protocol::flow, Role::total},
    {"qqpartindex", Protocol::fine_uploader, Role::index},
    {"qqtotalparts", Protocol::fine_uploader, Role::total},
    {"metadata.chunkindex", Protocol::kendo, Role::index},
    {"metadata.totalchunks", Protocol::kendo, Role::total},
    {"chunkmetadata.chunkindex", Protocol::kendo, Role::index},
    {"chunkmetadata.totalchunks", Protocol::kendo, Role::total},
    {"chunkmetadata.index", Protocol::devextreme, Role::index},
    {"chunkmetadata.totalcount", Protocol::devextreme, Role::total},
    {"uploaderchunknumber", Protocol::huge_uploader, Role::index},
    {"uploaderchunkstotal", Protocol::huge_uploader, Role::total},
    {"offset", Protocol::offsets, Role::offset},
    {"total", Protocol::offsets, Role::file_size},
    {"chunk", Protocol::generic, Role::index},
    {"chunkindex", Protocol::generic, Role::index},
    {"chunknumber", Protocol::generic, Role::index},
    {"currentchunk", Protocol::generic, Role::index},
    {"currentchunkindex", Protocol::generic, Role::index},
    {"partindex", Protocol::generic, Role::index},
    {"partnumber", Protocol::generic, Role::index},
    {"chunks", Protocol::generic, Role::total},
    {"chunkcount", Protocol::generic, Role::total},
    {"chunkscount", Protocol::generic, Role::total},
    {"totalchunk", Protocol::generic, Role::total},
    {"totalchunks", Protocol::generic, Role::total},
    {"totalparts", Protocol::generic, Role::total},
    {"chunksize", Protocol::generic, Role::piece_size},
    {"totalsize", Protocol::generic, Role::file_size},
});

constexpr std::array<std::string_view, 2> metadata_names = {"metadata", "chunkmetadata"};

// In the order of Protocol, without generic.
constexpr auto clients = std::to_array<UploadClient>({
    {"Dropzone", "set chunking: false"},
    {"Resumable.js", "set chunkSize above the size of the largest file"},
    {"Flow.js", "set chunkSize above the size of the largest file"},
    {"Fine Uploader", "set chunking.enabled: false"},
    {"the Kendo UI Upload", "remove async.chunkSize"},
    {"the DevExtreme FileUploader", "set chunkSize: 0"},
    {"huge-uploader", "set chunkSize above the size of the largest file"},
    {"Plupload", "set chunk_size: 0"},
});
static_assert(clients.size() == static_cast<std::size_t>(Protocol::generic));

struct GenericClient {
    std::string_view index;
    std::string_view total;
    UploadClient client;
};

constexpr auto generic_clients = std::to_array<GenericClient>({
    {"chunk",
     "chunks",
     {"Plupload or WebUploader", "set chunk_size: 0 (Plupload) or chunked: false (WebUploader)"}},
    {"chunknumber",
     "totalchunks",
     {"simple-uploader.js", "set chunkSize above the size of the largest file"}},
    {"chunkindex", "chunkcount", {"bootstrap-fileinput", "set enableResumableUpload: false"}},
    {"chunkindex", "totalchunk", {"the Syncfusion Uploader", "set asyncSettings.chunkSize: 0"}},
    {"chunknumber", "totalsize", {"ng-file-upload", "remove resumeChunkSize"}},
});

std::string plain(std::string_view name) {
    std::string text = lower_case(name);
    std::erase_if(text, [](char c) { return c == '-' || c == '_'; });
    return text;
}

}  // namespace

const ProtocolField* protocol_field(std::string_view name) {
    if (name.size() > longest_name) return nullptr;
    const std::string wanted = plain(name);
    const auto* const found = std::find_if(std::begin(fields), std::end(fields),
                                           [&](const auto& each) { return each.name == wanted; });
    return found == std::end(fields) ? nullptr : found;
}

bool is_protocol_metadata(std::string_view name) {
    if (name.size() > longest_name) return false;
    return std::find(metadata_names.begin(), metadata_names.end(), plain(name)) !=
           metadata_names.end();
}

UploadClient client_of(Protocol protocol, std::string_view index, std::string_view total) {
    if (protocol != Protocol::generic) return clients.at(static_cast<std::size_t>(protocol));
    for (const GenericClient& each : generic_clients) {
        if (each.index == plain(index) && each.total == plain(total)) return each.client;
    }
    return {"the client", "switch off uploads in chunks"};
}

}  // namespace s3drop
