#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "form/partial_upload.h"
#include "unit/received.h"

using namespace s3drop;
using namespace s3drop::test;

BOOST_AUTO_TEST_SUITE(partial_upload)

using Fields = std::vector<std::pair<std::string, std::string>>;

// Fields around a file of four bytes. They must mark a piece, with this text in the refusal, or
// leave an ordinary upload.
struct Numbered {
    std::string situation;
    Fields fields;
    std::string refused = {};
};

std::ostream& operator<<(std::ostream& out, const Numbered& numbered) {
    return out << numbered.situation;
}

std::string piece(const std::string& client, const std::string& pieces, const std::string& remedy) {
    return "400 This is one piece of a file that " + client + " has cut into " + pieces +
           "). Send the whole file in one form: " + remedy + ".";
}

const std::string larger_chunks = "set chunkSize above the size of the largest file";
const std::string off = "switch off uploads in chunks";

const std::vector<Numbered> as_libraries_send_them{
    {"Dropzone",
     {{"dzuuid", "47"},
      {"dzchunkindex", "0"},
      {"dztotalfilesize", "23"},
      {"dzchunksize", "2"},
      {"dztotalchunkcount", "12"},
      {"dzchunkbyteoffset", "0"}},
     piece("Dropzone", "12 (dzchunkindex, dztotalchunkcount", "set chunking: false")},
    {"Plupload or WebUploader",
     {{"name", "a.bin"}, {"chunk", "1"}, {"chunks", "3"}},
     piece("Plupload or WebUploader", "3 (chunk, chunks",
           "set chunk_size: 0 (Plupload) or chunked: false (WebUploader)")},
    {"Plupload with offsets, first piece",
     {{"offset", "0"}, {"total", "9"}},
     piece("Plupload", "several (offset, total", "set chunk_size: 0")},
    {"Plupload with offsets, last piece",
     {{"offset", "5"}, {"total", "9"}},
     piece("Plupload", "several (offset, total", "set chunk_size: 0")},
    {"Resumable.js",
     {{"resumableChunkNumber", "1"},
      {"resumableChunkSize", "4"},
      {"resumableTotalSize", "8"},
      {"resumableTotalChunks", "2"}},
     piece("Resumable.js", "2 (resumableChunkNumber, resumableTotalChunks", larger_chunks)},
    {"Flow.js",
     {{"flowChunkNumber", "2"}, {"flowTotalChunks", "2"}},
     piece("Flow.js", "2 (flowChunkNumber, flowTotalChunks", larger_chunks)},
    {"simple-uploader.js",
     {{"chunkNumber", "1"}, {"chunkSize", "4"}, {"totalSize", "9"}, {"totalChunks", "2"}},
     piece("simple-uploader.js", "2 (chunkNumber, totalChunks", larger_chunks)},
    {"Fine Uploader",
     {{"qqpartindex", "0"}, {"qqtotalparts", "2"}},
     piece("Fine Uploader", "2 (qqpartindex, qqtotalparts", "set chunking.enabled: false")},
    {"bootstrap-fileinput",
     {{"chunkIndex", "0"}, {"chunkCount", "2"}},
     piece("bootstrap-fileinput", "2 (chunkIndex, chunkCount", "set enableResumableUpload: false")},
    {"Syncfusion",
     {{"chunk-index", "0"}, {"total-chunk", "2"}},
     piece("the Syncfusion Uploader", "2 (chunk-index, total-chunk",
           "set asyncSettings.chunkSize: 0")},
    {"Kendo UI",
     {{"metadata",
       R"({"chunkIndex":0,"contentType":"","fileName":"a\"b","totalFileSize":9,"totalChunks":3})"}},
     piece("the Kendo UI Upload", "3 (metadata.chunkIndex, metadata.totalChunks",
           "remove async.chunkSize")},
    {"Telerik, with blanks and quoted numbers",
     {{"metadata", R"({ "ChunkIndex" : "1" , "TotalChunks" : "3" })"}},
     piece("the Kendo UI Upload", "3 (metadata.ChunkIndex, metadata.TotalChunks",
           "remove async.chunkSize")},
    {"Telerik UI for Blazor",
     {{"chunkMetadata", R"({"chunkIndex":1,"fileName":"a","fileSize":9,"totalChunks":3})"}},
     piece("the Kendo UI Upload", "3 (chunkMetadata.chunkIndex, chunkMetadata.totalChunks",
           "remove async.chunkSize")},
    {"DevExtreme",
     {{"chunkMetadata", R"({"FileName":"a","Index":0,"TotalCount":3,"FileSize":9})"}},
     piece("the DevExtreme FileUploader", "3 (chunkMetadata.Index, chunkMetadata.TotalCount",
           "set chunkSize: 0")},
    {"ng-file-upload",
     {{"_chunkSize", "4"}, {"_currentChunkSize", "4"}, {"_chunkNumber", "0"}, {"_totalSize", "9"}},
     piece("ng-file-upload", "3 (_chunkNumber, _totalSize", "remove resumeChunkSize")},
    {"a script of its own",
     {{"chunk_index", "0"}, {"total_chunks", "7"}},
     piece("the client", "7 (chunk_index, total_chunks", off)},
};

const std::vector<Numbered> at_the_edges{
    {"index above the first, no total",
     {{"dzchunkindex", "1"}},
     piece("Dropzone", "several (dzchunkindex", "set chunking: false")},
    {"first index, no total",
     {{"flowChunkNumber", "1"}},
     piece("Flow.js", "several (flowChunkNumber", larger_chunks)},
    {"total, no index",
     {{"qqtotalparts", "2"}},
     piece("Fine Uploader", "2 (qqtotalparts", "set chunking.enabled: false")},
    {"index behind a total of 1",
     {{"resumableChunkNumber", "2"}, {"resumableTotalChunks", "1"}},
     piece("Resumable.js", "several (resumableChunkNumber, resumableTotalChunks", larger_chunks)},
    {"two totals",
     {{"dzchunkindex", "0"}, {"dztotalchunkcount", "2"}, {"dztotalchunkcount", "1"}},
     piece("Dropzone", "2 (dzchunkindex, dztotalchunkcount", "set chunking: false")},
    {"number of 32 digits",
     {{"chunk", "0"}, {"chunks", std::string(32, '9')}},
     piece("Plupload or WebUploader", "18446744073709551615 (chunk, chunks",
           "set chunk_size: 0 (Plupload) or chunked: false (WebUploader)")},
    {"number of 33 digits", {{"chunk", "0"}, {"chunks", std::string(33, '9')}}},
    {"Dropzone, single piece", {{"dzchunkindex", "0"}, {"dztotalchunkcount", "1"}}},
    {"Dropzone, empty file", {{"dzchunkindex", "0"}, {"dztotalchunkcount", "0"}}},
    {"Plupload, single piece", {{"chunk", "0"}, {"chunks", "1"}}},
    {"Plupload with offsets, single piece", {{"offset", "0"}, {"total", "4"}}},
    {"Resumable.js, single piece", {{"resumableChunkNumber", "1"}, {"resumableTotalChunks", "1"}}},
    {"simple-uploader.js, single piece of almost two chunk sizes",
     {{"chunkNumber", "1"}, {"chunkSize", "4"}, {"totalSize", "7"}, {"totalChunks", "1"}}},
    {"ng-file-upload, single piece",
     {{"_chunkSize", "4"}, {"_chunkNumber", "0"}, {"_totalSize", "4"}}},
    {"Kendo UI, single piece", {{"metadata", R"({"chunkIndex":0,"totalChunks":1})"}}},
    {"numbers that are none", {{"dzchunkindex", "one"}, {"dztotalchunkcount", "-3"}}},
    {"field chunk with a text", {{"chunk", "of cheese"}, {"chunks", "2"}}},
    {"field chunk alone", {{"chunk", "3"}}},
    {"field chunks alone", {{"chunks", "3"}}},
    {"field total alone", {{"total", "300"}}},
    {"sizes without an index", {{"chunkSize", "4"}, {"totalSize", "9"}}},
    {"other metadata", {{"metadata", R"({"index":3,"totalCount":9,"title":"chunks"})"}}},
    {"metadata of a text that was cut up", {{"metadata", R"({"chunk_index":4,"page":2})"}}},
    {"metadata with a total alone", {{"metadata", R"({"splitter":{"totalChunks":12}})"}}},
    {"offset and total of something smaller than the file", {{"offset", "1"}, {"total", "3"}}},
    {"offset at the end of a list", {{"offset", "6"}, {"total", "9"}}},
    {"part number above the total", {{"part_number", "4711"}, {"total_parts", "3"}}},
    {"metadata that is not JSON", {{"metadata", "\"chunkIndex\":"}, {"metadata", "\""}}},
    {"metadata that is too long",
     {{"metadata",
       std::string(PartialUpload::longest_value, ' ') + R"({"chunkIndex":0,"totalChunks":3})"}}},
};

std::string result_of(const Numbered& numbered, bool file_first) {
    std::string fields;
    for (const auto& [name, value] : numbered.fields)
        fields += field(name, value);
    const std::string a = file("a.txt", "data");
    return refusal({.body = (file_first ? a + fields : fields + a) + closing()});
}

void check(const Numbered& numbered) {
    for (const bool file_first : {false, true}) {
        BOOST_TEST_CONTEXT("file first: " << file_first) {
            const std::string result = result_of(numbered, file_first);
            if (numbered.refused.empty())
                BOOST_TEST(result.starts_with("accepted: "), result);
            else
                BOOST_TEST(result == numbered.refused);
        }
    }
}

BOOST_DATA_TEST_CASE(library, as_libraries_send_them, numbered) {
    check(numbered);
}

BOOST_DATA_TEST_CASE(edge, at_the_edges, numbered) {
    check(numbered);
}

BOOST_AUTO_TEST_CASE(urlencoded_form) {
    BOOST_TEST(refusal({.body = "file_data=data&chunk=0&chunks=2", .content_type = urlencoded})
                   .starts_with("400 This is one piece"));
}

// Fields that are not ours may be larger than the budget of those that are.
BOOST_AUTO_TEST_CASE(large_metadata_is_ignored) {
    std::string fields;
    for (int i = 0; i < 8; ++i)
        fields += field("metadata", std::string(PartialUpload::longest_value, 'x'));
    fields += field("metadata", std::string(1000000, '"'));
    BOOST_TEST(
        refusal({.body = fields + file("a.txt", "data") + closing()}).starts_with("accepted: "));
}

BOOST_AUTO_TEST_SUITE_END()
