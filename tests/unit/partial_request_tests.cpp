#include <boost/test/unit_test.hpp>

#include "unit/canned_responses.h"
#include "unit/canned_site.h"

using namespace s3drop;
using namespace s3drop::test;

// What the headers and the query say, before the body is read.
BOOST_AUTO_TEST_SUITE(partial_request)

std::string detail_of(const std::map<std::string, std::string>& variables) {
    CannedSite site;
    for (const auto& [name, value] : variables)
        site.request.variables[name] = value;
    site.post({text_file("a", "x")});
    if (site.status() == 201) return "stored";
    BOOST_TEST(site.request.reads == 0U);
    BOOST_TEST(site.s3.begun == 0U);
    return std::to_string(site.status()) + " " + site.body();
}

BOOST_AUTO_TEST_CASE(range_of_the_content) {
    for (const std::string range :
         {"", "bytes 0-0/1", "bytes 0-99/100", "Bytes 0-99/100", " bytes  0-99/100 "}) {
        BOOST_TEST(detail_of({{"HTTP_CONTENT_RANGE", range}}) == "stored", range);
    }
    for (const std::string range :
         {"bytes 0-98/100", "bytes 1-99/100", "bytes 50-99/100", "bytes 0-99/*", "bytes */100",
          "bytes 0-99", "bytes=0-99/100", "bytes 0-18446744073709551615/0", "bytes -/", "0-99/100",
          "bytes 0-99/99999999999999999999999", "items 0-9/10", "?"}) {
        BOOST_TEST(contains(detail_of({{"HTTP_CONTENT_RANGE", range}}),
                            "400 Error: This is one piece of a file that the client has cut into "
                            "several (Content-Range: " +
                                range +
                                "). Send the whole file in one form: remove maxChunkSize (jQuery "
                                "File Upload), or switch off uploads in chunks.\n"),
                   range);
    }
}

BOOST_AUTO_TEST_CASE(numbers_in_the_query) {
    for (const std::string query :
         {"", "&", "=", "flowChunkNumber=1&flowTotalChunks=1", "chunk=0&chunks=1", "chunk=2",
          "flowTotalChunks", "flowTotalChunks=%zz", "%zz=2", "chunk=0&chunks=2x"}) {
        BOOST_TEST(detail_of({{"QUERY_STRING", query}}) == "stored", query);
    }
    for (const std::string query :
         {"flowChunkNumber=1&flowTotalChunks=2", "name=a%20b&chunk=0&chunks=2",
          "chunks=%32&%63hunk=0", "resumableChunkNumber=2",
          "metadata=%7B%22chunkIndex%22:0,%22totalChunks%22:2%7D"}) {
        BOOST_TEST(
            contains(detail_of({{"QUERY_STRING", query}}), "400 Error: This is one piece of a"),
            query);
    }
}

BOOST_AUTO_TEST_CASE(headers_of_huge_uploader) {
    const std::string number = "HTTP_UPLOADER_CHUNK_NUMBER";
    const std::string total = "HTTP_UPLOADER_CHUNKS_TOTAL";
    BOOST_TEST(detail_of({{number, "0"}, {total, "1"}}) == "stored");
    BOOST_TEST(
        contains(detail_of({{number, "0"}, {total, "4"}}),
                 "huge-uploader has cut into 4 (uploader-chunk-number, uploader-chunks-total)."));
}

// If the reply were 200, these libraries would not send the piece, and report success.
BOOST_AUTO_TEST_CASE(whether_a_piece_is_here) {
    const struct {
        std::string query;
        int status;
    } cases[] = {
        {"resumableChunkNumber=1&resumableTotalChunks=1", 204},
        {"flowChunkNumber=2&flowTotalChunks=3", 204},
        {"chunkNumber=1&totalChunks=1&identifier=1-a", 204},
        {"resumableChunkNumber=x", 200},
        {"page=1", 200},
        {"", 200},
    };
    for (const auto& each : cases) {
        CannedSite site;
        site.request.variables = {{"REQUEST_METHOD", "GET"}, {"QUERY_STRING", each.query}};
        site.handle();
        BOOST_TEST(site.status() == each.status, each.query);
        BOOST_TEST((site.body().empty()) == (each.status == 204));
    }
}

BOOST_AUTO_TEST_CASE(encoded_body) {
    for (const std::string encoding : {"", "identity", "Identity", "identity, identity"})
        BOOST_TEST(detail_of({{"HTTP_CONTENT_ENCODING", encoding}}) == "stored", encoding);
    for (const std::string encoding :
         {"gzip", "x-gzip", "deflate", "br", "zstd", "compress", "identity, gzip", "aws-chunked"}) {
        CannedSite site;
        site.request.variables["HTTP_CONTENT_ENCODING"] = encoding;
        site.post({text_file("a", "x")});
        BOOST_TEST(site.status() == 415);
        BOOST_TEST(site.header("Accept-Encoding") == "identity");
        BOOST_TEST(contains(site.body(), "The request body is encoded (Content-Encoding: " +
                                             encoding + "). Send the form as it is, without"));
        BOOST_TEST(site.request.reads == 0U);
    }
}

BOOST_AUTO_TEST_CASE(accept_encoding_only_where_an_encoding_is_the_reason) {
    CannedSite site;
    site.post("text/plain", "x");
    BOOST_TEST(site.status() == 415);
    BOOST_TEST(site.header("Accept-Encoding") == "");
}

// Some numbers mark a piece only together with those in the form, or with the size of its file.
BOOST_AUTO_TEST_CASE(numbers_in_the_query_and_in_the_form) {
    const struct {
        const char* query;
        std::vector<CannedPart> fields;
        bool is_piece;
    } cases[] = {
        {"chunk=0", {field("chunks", "3")}, true},
        {"chunks=3", {field("chunk", "1")}, true},
        {"chunk=0", {field("chunks", "1")}, false},
        {"offset=0&total=3000000", {}, true},
        {"offset=5&total=1000", {}, true},
        {"offset=100", {field("total", "1000")}, true},
        {"offset=0&total=1", {}, false},
        {"offset=60&total=60", {}, false},
    };
    for (const auto& each : cases) {
        CannedSite site;
        site.settings.overwrite = true;
        site.request.variables["QUERY_STRING"] = each.query;
        std::vector<CannedPart> form = each.fields;
        form.push_back(text_file("a", "x"));
        site.post(form);
        BOOST_TEST(site.status() == (each.is_piece ? 400 : 201), each.query);
        BOOST_TEST(site.s3.begun == (each.is_piece ? 0U : 1U), each.query);
    }
}

BOOST_AUTO_TEST_SUITE_END()
