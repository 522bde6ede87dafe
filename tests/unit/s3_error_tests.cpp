#include <boost/test/unit_test.hpp>

#include "base/text.h"
#include "s3/s3_error.h"
#include "unit/canned_upload.h"

using namespace s3drop;
using namespace s3drop::test;

BOOST_AUTO_TEST_SUITE(s3_error)

S3Error error_of(const std::string& body, const Headers& headers = {}) {
    return parse_s3_error({.status = 403, .headers = headers, .body = body});
}

std::string repeated(const std::string& text, std::size_t times) {
    std::string all;
    for (std::size_t i = 0; i < times; ++i)
        all += text;
    return all;
}

BOOST_AUTO_TEST_CASE(amazons_error) {
    const S3Error error = error_of(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>SignatureDoesNotMatch</Code>"
        "<Message>The request signature we calculated does not match the signature you provided. "
        "Check your key &amp; signing method.</Message><AWSAccessKeyId>AKID</AWSAccessKeyId>"
        "<StringToSign>AWS4-HMAC-SHA256\n20260131T120000Z</StringToSign>"
        "<RequestId>4442587FB7D0A2F9</RequestId><HostId>x/y=</HostId></Error>");
    BOOST_TEST(error.code == "SignatureDoesNotMatch");
    BOOST_TEST(error.message ==
               "The request signature we calculated does not match the signature you provided. "
               "Check your key & signing method.");
    BOOST_TEST(error.request_id == "4442587FB7D0A2F9");
}

BOOST_AUTO_TEST_CASE(radosgws_error_has_no_message) {
    const S3Error error = error_of(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>NoSuchBucket</Code>"
        "<Message></Message><BucketName>demo</BucketName>"
        "<RequestId>tx0000052-0065a-1020-default</RequestId><HostId>1020-default</HostId></Error>");
    BOOST_TEST(error.code == "NoSuchBucket");
    BOOST_TEST(error.message == "");
    BOOST_TEST(error.request_id == "tx0000052-0065a-1020-default");
}

BOOST_AUTO_TEST_CASE(with_a_namespace) {
    const S3Error error =
        error_of("<Error xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Code>A</Code></Error>");
    BOOST_TEST(error.code == "A");
}

BOOST_AUTO_TEST_CASE(indented) {
    const S3Error error = error_of("<Error>\n  <Code>A</Code>\n  <Message>b</Message>\n</Error>\n");
    BOOST_TEST(error.code == "A");
    BOOST_TEST(error.message == "b");
}

BOOST_AUTO_TEST_CASE(request_id_from_the_header) {
    const Headers headers = {{"X-Amz-Request-Id", "from-header"}};
    BOOST_TEST(error_of("", headers).request_id == "from-header");
    BOOST_TEST(error_of("<Error><Code>A</Code></Error>", headers).request_id == "from-header");
    BOOST_TEST(error_of("<Error><RequestId>own</RequestId></Error>", headers).request_id == "own");
    BOOST_TEST(error_of("<broken", headers).request_id == "from-header");
}

BOOST_AUTO_TEST_CASE(texts_that_are_not_an_error_document) {
    for (const std::string body :
         {"", " ", "Forbidden", "<html><body><h1>502 Bad Gateway</h1><hr></body></html>",
          "<!DOCTYPE html><html><head><title>x</title></head><body>Error<br></body></html>",
          "{\"Code\":\"A\"}", "<Code>A</Code>",
          "<x:Error xmlns:x=\"y\"><x:Code>A</x:Code></x:Error>", "<Error/>", "<Error>", "<", "<<",
          "<!", "<?", "<!--", "<![CDATA[", "&", "\xFF\xFE<"}) {
        const S3Error error = error_of(body);
        BOOST_TEST(error.code == "", body);
        BOOST_TEST(error.message == "", body);
        BOOST_TEST(error.request_id == "", body);
    }
    BOOST_TEST(error_of(std::string("\0<Error><Code>A</Code></Error>", 31)).code == "");
}

BOOST_AUTO_TEST_CASE(truncated_anywhere) {
    const std::string whole =
        "<?xml version=\"1.0\"?><Error "
        "a=\"b\"><Code>Slow&#68;own</Code><Message>x</Message></Error>";
    BOOST_TEST(error_of(whole).code == "SlowDown");
    for (std::size_t size = 0; size < whole.size(); ++size) {
        BOOST_TEST(error_of(whole.substr(0, size)).code == "");
    }
}

BOOST_AUTO_TEST_CASE(deep_nesting) {
    BOOST_TEST(error_of(repeated("<a>", 5000)).code == "");
    BOOST_TEST(error_of(repeated("<a>", 2000) + repeated("</a>", 2000)).code == "");
    const std::string deep = repeated("<x>", 7) + repeated("</x>", 7);
    BOOST_TEST(error_of("<Error><Code>A</Code>" + deep + "</Error>").code == "A");
    BOOST_TEST(error_of("<Error><Code>A</Code><x>" + deep + "</x></Error>").code == "");
}

BOOST_AUTO_TEST_CASE(many_elements) {
    BOOST_TEST(error_of("<Error><Code>A</Code>" + repeated("<x/>", 198) + "</Error>").code == "A");
    BOOST_TEST(error_of("<Error><Code>A</Code>" + repeated("<x/>", 199) + "</Error>").code == "");
}

// An incomplete document is ignored; the headers are not.
BOOST_AUTO_TEST_CASE(cut_short) {
    HttpResponse response{.status = 403, .headers = {{"x-amz-request-id", "tx1"}}, .body = ""};
    response.cut_short = true;
    const S3Error error = parse_s3_error(response);
    BOOST_TEST(error.code == "");
    BOOST_TEST(error.message == "");
    BOOST_TEST(error.request_id == "tx1");
}

// S3 defines no entities, so the document is not from S3.
BOOST_AUTO_TEST_CASE(entities_that_the_document_defines) {
    const std::string bomb =
        "<!DOCTYPE Error [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">"
        "<!ENTITY c \"&b;&b;&b;&b;&b;&b;\"><!ENTITY f SYSTEM \"file:///etc/passwd\">]>"
        "<Error><Code>A&c;</Code><Message>&f;</Message></Error>";
    const S3Error error = error_of(bomb);
    BOOST_TEST(error.code == "");
    BOOST_TEST(error.message == "");
}

BOOST_AUTO_TEST_CASE(garbage) {
    constexpr std::string_view alphabet = "<>/&;=\"'!?[]-aE\n\xC3\xFF\x01 #x";
    unsigned state = 1;
    for (int round = 0; round < 200; ++round) {
        std::string body = round % 2 == 0 ? "<Error><Code>" : "";
        while (body.size() < HttpRequest::default_max_response_body) {
            state = state * 1103515245U + 12345U;
            body += alphabet[(state >> 16U) % alphabet.size()];
            if (body.size() > 200 && round % 4 < 2) break;
        }
        BOOST_TEST(error_of(body).message.size() <= 503U);
    }
}

BOOST_AUTO_TEST_CASE(long_values_are_cut) {
    const std::string x(16000, 'x');
    BOOST_TEST(error_of("<Error><Code>" + x + "</Code></Error>").code.size() == 203U);
    BOOST_TEST(error_of("<Error><Message>" + x + "</Message></Error>").message.size() == 503U);
    BOOST_TEST(error_of("", {{"x-amz-request-id", x}}).request_id.size() == 203U);
}

BOOST_AUTO_TEST_CASE(control_characters_are_replaced) {
    const S3Error error = error_of(
        "<Error><Code>a&#13;&#10;b</Code><Message>x\r\ny\x01&#27;[31m\xC2\x85\xFFz&#xD800;</"
        "Message>"
        "</Error>",
        {{"x-amz-request-id", "a\x1B[0m"}});
    BOOST_TEST(error.code == "a??b");
    BOOST_TEST(error.message.starts_with("x??y??[31m??z"), error.message);
    BOOST_TEST(is_utf8(error.message));
    BOOST_TEST(!has_control_characters(error.message));
    BOOST_TEST(error.request_id == "a?[0m");
}

BOOST_AUTO_TEST_SUITE_END()
