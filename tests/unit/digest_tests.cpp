#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <utility>

#include "base/digest.h"
#include "base/hex.h"

using s3drop::hex;
using s3drop::hmac_sha256;
using s3drop::sha256;
using s3drop::Sha256;

BOOST_AUTO_TEST_SUITE(digest)

// FIPS 180-4's examples, as NIST publishes them with the Secure Hash Standard.
constexpr std::string_view abc = "abc";
constexpr std::string_view hash_of_abc =
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
constexpr std::string_view two_blocks = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
constexpr std::string_view hash_of_two_blocks =
    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1";
constexpr std::string_view hash_of_nothing =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

BOOST_AUTO_TEST_CASE(fips_180_one_block) {
    BOOST_TEST(hex(sha256(abc)) == hash_of_abc);
}

BOOST_AUTO_TEST_CASE(fips_180_two_blocks) {
    BOOST_TEST(hex(sha256(two_blocks)) == hash_of_two_blocks);
}

BOOST_AUTO_TEST_CASE(fips_180_million_characters_in_uneven_updates) {
    Sha256 hash;
    const std::string letters(999, 'a');
    for (int i = 0; i < 1001; ++i)
        hash.update(letters);
    hash.update("a");
    BOOST_TEST(hex(hash.finish()) ==
               "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

BOOST_AUTO_TEST_CASE(empty_text) {
    BOOST_TEST(hex(sha256("")) == hash_of_nothing);
    BOOST_TEST(hex(sha256(std::string_view{})) == hash_of_nothing);
}

BOOST_AUTO_TEST_CASE(only_empty_updates) {
    Sha256 hash;
    hash.update("");
    hash.update(std::string_view{});
    BOOST_TEST(hex(hash.finish()) == hash_of_nothing);
}

BOOST_AUTO_TEST_CASE(one_byte_at_a_time) {
    Sha256 hash;
    for (std::size_t i = 0; i < two_blocks.size(); ++i)
        hash.update(two_blocks.substr(i, 1));
    BOOST_TEST(hex(hash.finish()) == hash_of_two_blocks);
}

BOOST_AUTO_TEST_CASE(nul_bytes_count) {
    BOOST_TEST(hex(sha256(std::string_view("\0", 1))) ==
               "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
}

BOOST_AUTO_TEST_CASE(finish_begins_a_new_message) {
    Sha256 hash;
    hash.update(two_blocks);
    hash.finish();
    hash.update(abc);
    BOOST_TEST(hex(hash.finish()) == hash_of_abc);
}

BOOST_AUTO_TEST_CASE(moved_mid_message) {
    Sha256 hash;
    hash.update("a");
    Sha256 heir = std::move(hash);
    heir.update("bc");
    BOOST_TEST(hex(heir.finish()) == hash_of_abc);
}

BOOST_AUTO_TEST_CASE(hex_keeps_leading_zeros_and_is_lower_case) {
    s3drop::Digest bytes{};
    bytes[1] = 0x0A;
    bytes[31] = 0xFF;
    BOOST_TEST(hex(bytes) == "000a" + std::string(58, '0') + "ff");
}

BOOST_AUTO_TEST_CASE(rfc_4231_case_1_short_key) {
    BOOST_TEST(hex(hmac_sha256(std::string(20, '\x0b'), "Hi There")) ==
               "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
}

BOOST_AUTO_TEST_CASE(rfc_4231_case_2_key_shorter_than_the_hash) {
    BOOST_TEST(hex(hmac_sha256("Jefe", "what do ya want for nothing?")) ==
               "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

BOOST_AUTO_TEST_CASE(rfc_4231_case_3_bytes_above_127) {
    BOOST_TEST(hex(hmac_sha256(std::string(20, '\xaa'), std::string(50, '\xdd'))) ==
               "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
}

BOOST_AUTO_TEST_CASE(rfc_4231_case_6_key_longer_than_a_block) {
    BOOST_TEST(hex(hmac_sha256(std::string(131, '\xaa'),
                               "Test Using Larger Than Block-Size Key - Hash Key First")) ==
               "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

BOOST_AUTO_TEST_CASE(rfc_4231_case_7_key_and_text_longer_than_a_block) {
    BOOST_TEST(hex(hmac_sha256(std::string(131, '\xaa'),
                               "This is a test using a larger than block-size key and a larger "
                               "than block-size data. The key needs to be hashed before being "
                               "used by the HMAC algorithm.")) ==
               "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2");
}

BOOST_AUTO_TEST_CASE(hmac_of_empty_key_and_text) {
    constexpr std::string_view expected =
        "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad";
    BOOST_TEST(hex(hmac_sha256("", "")) == expected);
    BOOST_TEST(hex(hmac_sha256(std::string_view{}, std::string_view{})) == expected);
}

BOOST_AUTO_TEST_CASE(hmac_with_nul_in_the_key) {
    BOOST_TEST(hex(hmac_sha256(std::string_view("k\0ey", 4), "text")) !=
               hex(hmac_sha256("k", "text")));
}

BOOST_AUTO_TEST_SUITE_END()
