#include <boost/test/unit_test.hpp>

#include "base/digest.h"
#include "base/hex.h"
#include "unit/canned_responses.h"
#include "unit/canned_site.h"
#include "web/recording.h"

using namespace s3drop;
using namespace s3drop::test;

// PUTs that begin while the file is still arriving.
BOOST_AUTO_TEST_SUITE(form_upload_streaming)

std::string large_content() {
    std::string content;
    while (content.size() < Recording::memory_size + 300000)
        content += std::to_string(content.size()) + "\r\n--B0undar";
    return content;
}

const std::string large = large_content();

struct Streaming : CannedSite {
    Streaming() {
        settings.access.endpoint = {"https", "store.example", "", ""};
        settings.access.hosts.clear();
        request.per_read = 30000;
        s3.takes = [this](const HttpRequest& sent) {
            arrived_at_begin.push_back(request.given);
            return sent.body_size;
        };
    }

    void respond_with(CannedResponses in_turn) {
        scripted.in_turn = std::move(in_turn);
        s3.respond = [this](const auto& sent) { return scripted.next(sent); };
    }

    // The PUT began before half of the body had arrived.
    bool began_early() const {
        return !arrived_at_begin.empty() && arrived_at_begin.front() < request.body.size() / 2;
    }

    ResponsesInTurn scripted;
    std::vector<std::size_t> arrived_at_begin;
};

BOOST_FIXTURE_TEST_CASE(large_file_over_https, Streaming) {
    post({field("bucket", "photos"), text_file("a.txt", large)});
    BOOST_TEST(status() == 201);
    BOOST_TEST(began_early());
    BOOST_REQUIRE(s3.sent.size() == 1U);
    BOOST_TEST((s3.sent[0].body == large));
    BOOST_TEST(s3.sent[0].request.url == "https://store.example/photos/a.txt");
    BOOST_TEST(s3.sent[0].header("x-amz-content-sha256") == "UNSIGNED-PAYLOAD");
    BOOST_REQUIRE(log.size() == 1U);
    BOOST_TEST(contains(
        log[0], " status=201 bucket=photos key=a.txt bytes=" + std::to_string(large.size()) + " "));
    BOOST_TEST(contains(log[0], " attempts=1 "));
}

BOOST_FIXTURE_TEST_CASE(chunks_over_http, Streaming) {
    settings = canned_settings();
    settings.access.payload = PayloadSigning::chunks;
    post({text_file("a.txt", large)});
    BOOST_TEST(status() == 201);
    BOOST_TEST(began_early());
    BOOST_TEST(s3.sent[0].header("x-amz-decoded-content-length") == std::to_string(large.size()));
    BOOST_TEST(s3.sent[0].body.ends_with("\r\n\r\n"));
}

BOOST_AUTO_TEST_CASE(waits_for_the_whole_file) {
    const struct {
        const char* why;
        std::function<void(Streaming&)> change;
        std::string content;
        const char* hash;
    } cases[] = {
        {"http", [](Streaming& site) { site.settings = canned_settings(); }, large, ""},
        {"signed", [](Streaming& site) { site.settings.access.payload = PayloadSigning::whole; },
         large, ""},
        {"small", [](Streaming&) {}, std::string(Recording::memory_size, 'x'), ""},
        {"no length", [](Streaming& site) { site.request.variables.erase("CONTENT_LENGTH"); },
         large, ""},
        {"store without chunks",
         [](Streaming& site) {
             site.settings.access.payload = PayloadSigning::chunks;
             site.learned.whole_only = {"store.example"};
         },
         large, ""},
    };
    for (const auto& each : cases) {
        BOOST_TEST_CONTEXT(each.why) {
            Streaming site;
            set_multipart(site.request, {text_file("a.txt", each.content)});
            each.change(site);
            site.handle();
            BOOST_TEST(site.status() == 201);
            BOOST_TEST(site.arrived_at_begin.front() == site.request.body.size());
            BOOST_TEST(site.s3.sent.size() == 1U);
            BOOST_TEST((site.s3.sent[0].body == each.content));
            BOOST_TEST(site.s3.sent[0].header("x-amz-content-sha256") == hex(sha256(each.content)));
        }
    }
}

BOOST_AUTO_TEST_CASE(more_follows_the_file) {
    const struct {
        CannedPart after;
        std::vector<std::string> urls;
    } cases[] = {
        {field("bucket", "photos"), {"https://store.example/photos/a.txt"}},
        {{"bucket", "blob", "text/plain", "photos"}, {"https://store.example/photos/a.txt"}},
        {field("file_name", "b.txt"), {"https://store.example/demo/b.txt"}},
        {field("file_name", ""), {"https://store.example/demo/a.txt"}},
        {field("comment", "hello"), {"https://store.example/demo/a.txt"}},
        {text_file("c", "small"),
         {"https://store.example/demo/a.txt", "https://store.example/demo/c"}},
        {text_file("c", large),
         {"https://store.example/demo/a.txt", "https://store.example/demo/c"}},
        {{"c", {}, "image/png", "small"},
         {"https://store.example/demo/a.txt", "https://store.example/demo/c"}},
        {text_file("", ""), {"https://store.example/demo/a.txt"}},
    };
    for (const auto& each : cases) {
        Streaming site;
        site.post({text_file("a.txt", large), each.after});
        BOOST_TEST(site.status() == 201);
        BOOST_TEST(site.began_early());
        BOOST_TEST(site.s3.begun == each.urls.size() + 1);
        BOOST_REQUIRE(site.s3.sent.size() == each.urls.size());
        for (std::size_t i = 0; i < each.urls.size(); ++i)
            BOOST_TEST(site.s3.sent[i].request.url == each.urls[i]);
        BOOST_TEST((site.s3.sent[0].body == large));
        BOOST_TEST(site.log.size() == each.urls.size());
    }
}

BOOST_FIXTURE_TEST_CASE(fields_before_the_file_mark_a_piece, Streaming) {
    post({field("dzchunkindex", "11"), field("dztotalchunkcount", "12"), text_file("a", large)});
    BOOST_TEST(status() == 400);
    BOOST_TEST(s3.begun == 0U);
    BOOST_TEST(request.given < request.body.size() / 2);
}

BOOST_FIXTURE_TEST_CASE(file_is_smaller_than_its_total, Streaming) {
    post({field("offset", "0"), field("total", std::to_string(large.size() + 1)),
          text_file("a", large)});
    BOOST_TEST(status() == 400);
    BOOST_TEST(s3.begun == 0U);
}

BOOST_FIXTURE_TEST_CASE(fields_after_the_file_mark_a_piece, Streaming) {
    post({text_file("a", large), field("dzchunkindex", "11"), field("dztotalchunkcount", "12")});
    BOOST_TEST(status() == 400);
    BOOST_TEST(began_early());
    BOOST_TEST(s3.sent.empty());
}

BOOST_FIXTURE_TEST_CASE(single_piece_is_streamed, Streaming) {
    post({field("dzchunkindex", "0"), field("dztotalchunkcount", "1"), text_file("a", large)});
    BOOST_TEST(status() == 201);
    BOOST_TEST(began_early());
}

BOOST_FIXTURE_TEST_CASE(destination_is_known_only_afterwards, Streaming) {
    post({text_file("", large), field("file_name", "b.txt")});
    BOOST_TEST(status() == 201);
    BOOST_TEST(s3.begun == 1U);
    BOOST_TEST((s3.sent[0].body == large));
}

BOOST_FIXTURE_TEST_CASE(bucket_is_forbidden, Streaming) {
    post({field("bucket", "secret"), text_file("a", large)});
    BOOST_TEST(status() == 403);
    BOOST_TEST(s3.begun == 0U);
}

BOOST_FIXTURE_TEST_CASE(contradicted_afterwards, Streaming) {
    post({field("bucket", "demo"), text_file("a", large), field("bucket", "photos")});
    BOOST_TEST(status() == 400);
    BOOST_TEST(s3.sent.empty());
}

BOOST_FIXTURE_TEST_CASE(refused_part_afterwards, Streaming) {
    post({text_file("a", large), {"x", {}, "multipart/related", "y"}});
    BOOST_TEST(status() == 400);
    BOOST_TEST(s3.begun == 1U);
    BOOST_TEST(s3.sent.empty());
}

BOOST_FIXTURE_TEST_CASE(large_image_without_a_file_name, Streaming) {
    post({{"photo", {}, "image/png", large}});
    BOOST_TEST(status() == 201);
    BOOST_TEST(began_early());
    BOOST_REQUIRE(s3.sent.size() == 1U);
    BOOST_TEST(s3.sent[0].request.url == "https://store.example/demo/photo");
}

BOOST_FIXTURE_TEST_CASE(large_file_in_a_multipart_mixed_part, Streaming) {
    const std::string begin = "--i\r\nContent-Disposition: attachment; filename=";
    post({field("bucket", "photos"),
          {"files",
           {},
           "multipart/mixed; boundary=i",
           begin + "a\r\n\r\n" + large + "\r\n" + begin + "b\r\n\r\n2\r\n--i--\r\n"}});
    BOOST_TEST(status() == 201);
    BOOST_TEST(s3.begun == 2U);
    BOOST_REQUIRE(s3.sent.size() == 2U);
    BOOST_TEST((s3.sent[0].body == large));
    BOOST_TEST(s3.sent[1].request.url == "https://store.example/photos/b");
}

BOOST_FIXTURE_TEST_CASE(same_uuid_if_it_is_sent_again, Streaming) {
    settings.key = KeyTemplate("{uuid}");
    std::vector<std::string> urls;
    s3.takes = [&](const HttpRequest& sent) {
        urls.push_back(sent.url);
        return sent.body_size;
    };
    post({text_file("a", large), field("comment", "")});
    BOOST_TEST(status() == 201);
    BOOST_REQUIRE(urls.size() == 2U);
    BOOST_TEST(urls[0] == urls[1]);
}

BOOST_AUTO_TEST_CASE(cut_at_various_offsets) {
    const std::string whole = canned_multipart({text_file("a", large)});
    for (const std::size_t size :
         {whole.size() - 1, whole.size() - 2, whole.size() - 3, whole.size() - 15,
          whole.size() - 100, whole.size() / 2, Recording::memory_size, std::size_t{200}}) {
        for (const bool breaks : {false, true}) {
            Streaming site;
            set_multipart(site.request, {text_file("a", large)});
            if (breaks) {
                site.request.breaks_at = size;
            } else {
                site.request.body.resize(size);
            }
            site.handle();
            BOOST_TEST(site.status() == 400);
            BOOST_TEST(site.s3.sent.empty());
            BOOST_TEST(site.log.size() == 1U);
        }
    }
}

BOOST_FIXTURE_TEST_CASE(retried_once_it_has_arrived, Streaming) {
    respond_with({broken(TransportError::Kind::broken), error(503, "SlowDown"), stored()});
    post({text_file("a", large)});
    BOOST_TEST(status() == 201);
    BOOST_TEST(s3.sent.size() == 3U);
    BOOST_TEST((s3.sent[2].body == large));
    BOOST_TEST(waits.size() == 2U);
    BOOST_TEST(contains(log.back(), " attempts=3 "));
}

// S3 times out on a slow browser: the retry begins only after everything has arrived.
BOOST_FIXTURE_TEST_CASE(s3_times_out_mid_file, Streaming) {
    s3.takes = [this](const HttpRequest& sent) {
        arrived_at_begin.push_back(request.given);
        return s3.begun == 1 ? sent.body_size / 3 : sent.body_size;
    };
    respond_with({error(400, "RequestTimeout"), stored()});
    post({text_file("a", large)});
    BOOST_TEST(status() == 201);
    BOOST_REQUIRE(arrived_at_begin.size() == 2U);
    BOOST_TEST(arrived_at_begin[1] == request.body.size());
    BOOST_TEST((s3.sent[1].body == large));
}

BOOST_AUTO_TEST_CASE(refused_early) {
    for (const CannedPart& after : {text_file("", ""), field("file_name", "b")}) {
        Streaming site;
        site.s3.takes = [&](const HttpRequest& sent) {
            return site.s3.begun == 1 ? 0 : sent.body_size;
        };
        site.respond_with({error(412, "PreconditionFailed"), stored()});
        site.post({text_file("a", large), after});
        const bool elsewhere = after.name == "file_name";
        BOOST_TEST(site.status() == (elsewhere ? 201 : 409));
        BOOST_TEST(site.request.given == site.request.body.size());
        BOOST_TEST(site.s3.begun == (elsewhere ? 2U : 1U));
        BOOST_TEST(site.log.size() == 1U);
    }
}

BOOST_FIXTURE_TEST_CASE(confirmed_before_everything_was_sent, Streaming) {
    s3.takes = [](const HttpRequest& sent) { return sent.body_size / 2; };
    respond_with(
        {{.response = {.status = 200, .headers = {{"ETag", "e"}}, .body = "", .early = true}}});
    post({text_file("a", large)});
    BOOST_TEST(status() == 502);
}

BOOST_FIXTURE_TEST_CASE(disk_is_full_but_not_needed, Streaming) {
    settings.spool_dir = "/nonexistent";
    post({text_file("a", large)});
    BOOST_TEST(status() == 201);
    BOOST_TEST((s3.sent[0].body == large));
    BOOST_REQUIRE(log.size() == 2U);
    BOOST_TEST(log[1].starts_with("upload.fcgi: sent without a recording: "));
}

BOOST_AUTO_TEST_CASE(disk_is_full_and_needed) {
    const struct {
        CannedResponses responses;
        CannedPart after;
        int status;
    } cases[] = {
        {{broken_mid_body(), stored()}, text_file("", ""), 507},
        {{broken(TransportError::Kind::broken), stored()}, text_file("", ""), 502},
        {{stored()}, field("file_name", "b"), 507},
    };
    for (const auto& each : cases) {
        Streaming site;
        site.settings.spool_dir = "/nonexistent";
        site.respond_with(each.responses);
        std::vector<CannedPart> form = {text_file("a", large)};
        if (!each.after.filename) form.push_back(each.after);
        site.post(form);
        BOOST_TEST(site.status() == each.status);
    }
    Streaming refused;
    refused.settings.spool_dir = "/nonexistent";
    refused.respond_with({error(403, "AccessDenied")});
    refused.post({text_file("a", large)});
    BOOST_TEST(refused.status() == 502);
    // The user is told S3's reason, not that the disk is full, even if S3 gives it before it has
    // read the whole file.
    Streaming refused_early;
    refused_early.settings.spool_dir = "/nonexistent";
    refused_early.s3.takes = [](const HttpRequest& put) { return put.body_size - 1; };
    refused_early.respond_with({error(403, "AccessDenied")});
    refused_early.post({text_file("a", large)});
    BOOST_TEST(refused_early.status() == 502);
}

BOOST_AUTO_TEST_SUITE_END()
