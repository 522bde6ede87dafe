#include <boost/test/unit_test.hpp>

#include "form/multipart_form.h"
#include "unit/canned_site.h"
#include "upload/serve.h"
#include "web/recording.h"

using namespace s3drop;
using namespace s3drop::test;

// If a body does not arrive completely, nothing is stored, wherever it ends.
BOOST_AUTO_TEST_SUITE(form_upload_broken)

const std::vector<CannedPart> form = {field("bucket", "photos"),
                                      text_file("a.txt", "hello\r\n--B0und"),
                                      text_file("b.txt", ""), field("file_name", "")};

// Sends the first `size` bytes of the form, cut off by `cut`, and checks that nothing is stored.
template <class Cut>
void check_refused(const std::string& type, const std::string& whole, std::size_t size, Cut cut) {
    BOOST_TEST_CONTEXT("cut at " << size << " of " << whole.size()) {
        CannedSite site;
        set_post(site.request, type, whole);
        cut(site.request, size);
        site.handle();
        BOOST_TEST(site.status() == 400);
        BOOST_TEST(site.s3.sent.empty());
        BOOST_TEST(site.log.size() == 1U);
    }
}

constexpr const char* multipart_type = "multipart/form-data; boundary=B0undary";

void end_early(FakeRequest& request, std::size_t size) {
    request.body.resize(size);
}

void break_off(FakeRequest& request, std::size_t size) {
    request.breaks_at = size;
}

void end_early_without_a_length(FakeRequest& request, std::size_t size) {
    request.body.resize(size);
    request.variables.erase("CONTENT_LENGTH");
}

void end_early_with_its_length(FakeRequest& request, std::size_t size) {
    request.body.resize(size);
    request.variables["CONTENT_LENGTH"] = std::to_string(size);
}

BOOST_AUTO_TEST_CASE(multipart_ends_before_its_length) {
    const std::string whole = canned_multipart(form);
    for (std::size_t size = 0; size < whole.size(); ++size) {
        check_refused(multipart_type, whole, size, end_early);
        check_refused(multipart_type, whole, size, break_off);
    }
}

BOOST_AUTO_TEST_CASE(multipart_ends_before_its_closing_delimiter) {
    const std::string whole = canned_multipart(form);
    const std::size_t closed = whole.size() - 2;  // the last line end may be missing
    for (std::size_t size = 0; size < closed; ++size) {
        check_refused(multipart_type, whole, size, end_early_without_a_length);
        if (size > 0) check_refused(multipart_type, whole, size, end_early_with_its_length);
    }
}

BOOST_AUTO_TEST_CASE(urlencoded_ends_before_its_length) {
    const std::string whole = "bucket=photos&file_name=a+b&file_data=hello%0D%0Aworld";
    for (std::size_t size = 0; size < whole.size(); ++size) {
        check_refused("application/x-www-form-urlencoded", whole, size, end_early);
        check_refused("application/x-www-form-urlencoded", whole, size, break_off);
    }
}

BOOST_AUTO_TEST_CASE(large_file_is_cut) {
    const std::string whole = canned_multipart({text_file("a", std::string(1500000, 'x'))});
    for (const std::size_t size : {MultipartForm::window_size - 1, MultipartForm::window_size,
                                   MultipartForm::window_size + 1, Recording::memory_size,
                                   std::size_t{1200000}, whole.size() - 17, whole.size() - 1}) {
        check_refused(multipart_type, whole, size, end_early);
        check_refused(multipart_type, whole, size, break_off);
    }
}

BOOST_AUTO_TEST_CASE(more_follows_the_form) {
    CannedSite site;
    site.post(multipart_type, canned_multipart(form) + "--B0undary\r\n");
    BOOST_TEST(site.status() == 400);
    BOOST_TEST(site.s3.sent.empty());
}

BOOST_AUTO_TEST_SUITE_END()
