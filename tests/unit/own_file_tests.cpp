#include <boost/test/unit_test.hpp>
#include <unistd.h>

#include "base/own_file.h"

using namespace s3drop;

BOOST_AUTO_TEST_SUITE(own_file)

BOOST_AUTO_TEST_CASE(regular_files_of_the_user_or_root) {
    const uid_t other = geteuid() + 1;
    const struct {
        mode_t type;
        uid_t owner;
        bool own;
    } cases[] = {
        {S_IFREG, geteuid(), true},  {S_IFREG, 0, true},          {S_IFREG, other, false},
        {S_IFLNK, geteuid(), false}, {S_IFIFO, geteuid(), false}, {S_IFDIR, 0, false},
        {S_IFCHR, 0, false},
    };
    for (const auto& each : cases) {
        struct stat status {};
        status.st_mode = each.type | 0644;
        status.st_uid = each.owner;
        BOOST_TEST(is_own_file(status) == each.own, each.type << " of " << each.owner);
    }
}

BOOST_AUTO_TEST_SUITE_END()
