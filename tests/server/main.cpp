#define BOOST_TEST_MODULE s3drop server
#include <boost/test/unit_test.hpp>
