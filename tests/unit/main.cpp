#define BOOST_TEST_MODULE s3drop unit
#include <boost/test/unit_test.hpp>
