// make demo with the caller's own store, which is here the store of the tests.
#include <boost/test/unit_test.hpp>

#include "store/store.h"
#include "system/process.h"

using namespace s3drop::test;

BOOST_AUTO_TEST_SUITE(demo)

BOOST_AUTO_TEST_CASE(uses_the_store_it_is_given) {
    const std::string bucket = Store::new_bucket();
    Environment environment = environment_for(Store::access());
    environment["UPLOAD_BUCKETS"] = bucket;
    environment["HOME"] = "/nonexistent";
    const Finished once =
        run({.arguments = {"tests/tools/demo", "--once"}, .environment = environment});
    BOOST_TEST(once.status == 0, once.output);
    BOOST_TEST(once.output.find(Store::access().endpoint) != std::string::npos, once.output);
    BOOST_TEST(keys_of(Store::access(), bucket).empty());  // it removes its sample
    environment["AWS_SECRET_ACCESS_KEY"] = "wrong";
    BOOST_TEST(
        run({.arguments = {"tests/tools/demo", "--once"}, .environment = environment}).status != 0);
}

BOOST_AUTO_TEST_SUITE_END()
