// Hosts to which a form may try to send signed requests: this machine, the network around it, and
// names that look like allowed ones.
#include <boost/test/unit_test.hpp>

#include "settings/setting_values.h"
#include "unit/canned_site.h"

using namespace s3drop;
using namespace s3drop::test;

BOOST_AUTO_TEST_SUITE(attack_hosts)

// 127.0.0.1, 169.254.169.254 and other internal addresses, in every spelling that some resolver
// accepts.
const std::vector<std::string> inside = {
    "127.0.0.1",
    "127.0.0.1:80",
    "127.0.0.1:9000",
    "127.1",
    "0.0.0.0",
    "0",
    "2130706433",
    "2130706433:9000",
    "017700000001",
    "0177.0.0.1",
    "0x7f000001",
    "0x7f.1",
    "0X7F.0.0.1",
    "127.0.0.1.",
    "localhost",
    "localhost.",
    "LOCALHOST",
    "localhost:9000",
    "s3.localhost",
    "localhost.localdomain",
    "169.254.169.254",
    "169.254.169.254:80",
    "2852039166",
    "0xa9fea9fe",
    "0251.0376.0251.0376",
    "169.254.43518",
    "metadata",
    "metadata.google.internal",
    "169.254.169.254.nip.example",
    "10.0.0.1",
    "192.168.0.1",
    "[::1]",
    "[::1]:9000",
    "::1",
    "[::]",
    "::ffff:169.254.169.254",
    "[::ffff:169.254.169.254]",
    "[::ffff:a9fe:a9fe]",
    "[fe80::1%25eth0]",
    "[fd00:ec2::254]",
    "0:0:0:0:0:0:0:1",
    "127%2e0%2e0%2e1",
    "%31%32%37.0.0.1",
    "127\xE3\x80\x82"
    "0\xE3\x80\x82"
    "0\xE3\x80\x82"
    "1",                                           // ideographic full stops
    "\xE2\x91\xA0\xE2\x91\xA1\xE2\x91\xA6.0.0.1",  // digits in circles
    "\xEF\xBC\x91\xEF\xBC\x92\xEF\xBC\x97.0.0.1",  // full-width digits
    "127\xEF\xBC\x8E"
    "0.0.1",  // full-width full stop
    "file:///etc/passwd",
    "unix:/run/x.sock",
    "//127.0.0.1",
    "http://127.0.0.1",
};

// Variations of an allowed name, with the delimiters of a URL and what decoders turn into them.
const std::vector<std::string> look_alikes = {
    "evil.amazonaws.com.evil.org",
    "s3.amazonaws.com.evil.org",
    "s3.amazonaws.com.evil.org:443",
    "evilamazonaws.com",
    "evil-amazonaws.com",
    "amazonaws.com",
    "amazonaws.com.",
    "s3.amazonaws.com.",
    "s3.amazonaws.com..",
    "s3.amazonaws.comm",
    "s3.amazonaws.co",
    "s3.amazonaws.com:80",
    "s3.amazonaws.com:8443",
    "s3.amazonaws.com:0443",
    "s3.amazonaws.com:443:443",
    "s3.amazonaws.com:+443",
    "s3.amazonaws.com: 443",
    "s3.amazonaws.com:",
    "127.0.0.1@s3.amazonaws.com",
    "s3.amazonaws.com@127.0.0.1",
    "evil.org:443@s3.amazonaws.com",
    "user:password@s3.amazonaws.com",
    "evil.org#.amazonaws.com",
    "evil.org#@s3.amazonaws.com",
    "evil.org?.amazonaws.com",
    "evil.org?x=.amazonaws.com",
    "evil.org/.amazonaws.com",
    "evil.org/?.amazonaws.com",
    "evil.org\\.amazonaws.com",
    "evil.org\\@s3.amazonaws.com",
    "evil.org%2f.amazonaws.com",
    "evil.org%23.amazonaws.com",
    "evil.org%00.amazonaws.com",
    std::string("evil.org\0.amazonaws.com", 23),
    "evil.org\t.amazonaws.com",
    "evil.org .amazonaws.com",
    " s3.amazonaws.com",
    "s3.amazonaws.com ",
    "evil.org\r\n.amazonaws.com",
    "evil.org\n.amazonaws.com",
    "evil.org,.amazonaws.com",
    "evil.org;.amazonaws.com",
    "evil.org|.amazonaws.com",
    "evil.org&.amazonaws.com",
    "[evil.org].amazonaws.com",
    "*.amazonaws.com",
    "?.amazonaws.com",
    "[a-z].amazonaws.com",
    ".amazonaws.com",
    "..amazonaws.com",
    "evil..amazonaws.com",
    "s3.amazonaws\xE3\x80\x82"
    "com",
    "s3.amazonaws\xE2\x80\xA4"
    "com",  // one dot leader
    "s3.\xC3\xA0mazonaws.com",
    "s3.\xD0\xB0mazonaws.com",  // Cyrillic
    "s3.amazonaws.com/bucket",
    "s3.amazonaws.com?x",
    "s3.amazonaws.com#x",
    "https://s3.amazonaws.com",
    std::string(300, 'a') + ".amazonaws.com",
};

struct Guarded : CannedSite {
    explicit Guarded(const std::string& hosts) {
        settings.access.endpoint = {
            .scheme = "https", .host = "s3.eu-west-1.amazonaws.com", .port = "", .path = ""};
        if (!hosts.empty()) settings.access.hosts = parse_hosts(hosts);
    }

    void post_to(const std::string& host) { post({field("host", host), text_file("a", "x")}); }
};

BOOST_AUTO_TEST_CASE(nothing_is_sent_to_hosts_that_are_not_allowed) {
    for (const std::string hosts :
         {"", "*.amazonaws.com", "s3.*.amazonaws.com,s3.amazonaws.com", "store.example:9000"}) {
        std::vector<std::string> all = inside;
        all.insert(all.end(), look_alikes.begin(), look_alikes.end());
        for (const std::string& host : all) {
            BOOST_TEST_CONTEXT("'" << host << "' if '" << hosts << "' are allowed") {
                Guarded site(hosts);
                site.post_to(host);
                BOOST_TEST(site.status() == 403);
                BOOST_TEST(site.s3.sent.empty());
            }
        }
    }
}

// The same lists allow the hosts they are meant for, and requests go exactly there.
BOOST_AUTO_TEST_CASE(requests_go_to_allowed_hosts) {
    const struct {
        std::string hosts;
        std::string named;
        std::string url;
    } cases[] = {
        {"", "", "https://demo.s3.eu-west-1.amazonaws.com/a"},
        {"", "S3.EU-west-1.amazonaws.com:443", "https://demo.s3.eu-west-1.amazonaws.com/a"},
        {"*.amazonaws.com", "s3.us-east-2.amazonaws.com",
         "https://demo.s3.us-east-2.amazonaws.com/a"},
        {"s3.*.amazonaws.com", "S3.us-east-2.AMAZONAWS.com:443",
         "https://demo.s3.us-east-2.amazonaws.com/a"},
        {"store.example:9000", "store.example:9000", "https://store.example:9000/demo/a"},
    };
    for (const auto& each : cases) {
        Guarded site(each.hosts);
        site.post_to(each.named);
        BOOST_TEST(site.status() == 201);
        BOOST_TEST_REQUIRE(site.s3.sent.size() == 1U);
        BOOST_TEST(site.s3.sent.front().request.url == each.url);
        BOOST_TEST(each.url.find("://" + site.s3.sent.front().header("Host") + "/") !=
                   std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(two_different_hosts) {
    Guarded site("*.amazonaws.com");
    site.post({field("host", "s3.us-east-2.amazonaws.com"), text_file("a", "x"),
               field("host", "s3.us-east-1.amazonaws.com")});
    BOOST_TEST(site.status() == 400);
    BOOST_TEST(site.s3.sent.empty());
}

BOOST_AUTO_TEST_SUITE_END()
