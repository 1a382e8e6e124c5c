#include "exporter/web/basic_auth.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace together {
namespace {

// Test vectors of jBCrypt (the first) and of crypt_blowfish.
const BasicAuth::Users kUsers{
    {"ann", "$2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe"},  // "a"
    {"bob", "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"},  // "U*U"
    {"cy", "$2y$05$/OK.fbVrR/bpIqNJ5ianF.Sa7shbm4.OzKpvFnX1pQLmQW96oUlCq"},   // "\xa3"
};

TEST(BasicAuth, KnowsEachKindOfBcryptHash) {
  BasicAuth auth;
  EXPECT_TRUE(auth.allows(kUsers, "Basic YW5uOmE="));      // ann:a
  EXPECT_TRUE(auth.allows(kUsers, "basic Ym9iOlUqVQ=="));  // bob:U*U
  EXPECT_TRUE(auth.allows(kUsers, "Basic Y3k6ow=="));      // cy:\xa3
}

TEST(BasicAuth, RefusesAWrongPasswordAndAnUnknownUser) {
  BasicAuth auth;
  EXPECT_FALSE(auth.allows(kUsers, "Basic YW5uOmI="));  // ann:b
  EXPECT_FALSE(auth.allows(kUsers, "Basic YW5uOg=="));  // ann:
  EXPECT_FALSE(auth.allows(kUsers, "Basic eDph"));      // x:a
  EXPECT_EQ(auth.comparisons(), 3);                     // the unknown user cost one, too
}

TEST(BasicAuth, RefusesTheFirstUsersPasswordUnderAnotherName) {
  BasicAuth auth;
  EXPECT_TRUE(auth.allows(kUsers, "Basic YW5uOmE="));
  EXPECT_FALSE(auth.allows(kUsers, "Basic eDph"));  // x:a, where ann:a is right
  EXPECT_FALSE(auth.allows(kUsers, "Basic eDph"));
}

TEST(BasicAuth, RefusesWhatIsNoBasicCredential) {
  BasicAuth auth;
  for (const std::string header : {"", "Basic ", "Basic YW5u", "Bearer YW5uOmE=", "Basic !!!!",
                                   "Basic YW5uOmE", "Basic YW5uOmEA"}) {  // the last: ann:a\0
    EXPECT_FALSE(auth.allows(kUsers, header)) << header;
  }
  EXPECT_EQ(auth.comparisons(), 0);
}

TEST(BasicAuth, RefusesAPasswordTooLongToHash) {
  BasicAuth auth;
  std::string encoded = "YW5uOmFh";                 // ann:aa
  for (int i = 0; i < 400; ++i) encoded += "YWFh";  // aaa
  EXPECT_FALSE(auth.allows(kUsers, "Basic " + encoded));
}

TEST(BasicAuth, RemembersARightPasswordOnly) {
  BasicAuth auth;
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(auth.allows(kUsers, "Basic YW5uOmE="));
  EXPECT_EQ(auth.comparisons(), 1);
  for (int i = 0; i < 2; ++i) EXPECT_FALSE(auth.allows(kUsers, "Basic YW5uOmI="));
  EXPECT_EQ(auth.comparisons(), 3);
}

TEST(BasicAuth, ForgetsAPasswordWhoseHashChanged) {
  BasicAuth auth;
  EXPECT_TRUE(auth.allows(kUsers, "Basic YW5uOmE="));
  EXPECT_FALSE(auth.allows({{"ann", kUsers.at("bob")}}, "Basic YW5uOmE="));
}

TEST(BasicAuth, LetsEverybodyInWhereThereAreNoUsers) {
  BasicAuth auth;
  EXPECT_TRUE(auth.allows({}, ""));
}

TEST(BasicAuth, IsAskedByManyThreads) {
  BasicAuth auth;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      EXPECT_TRUE(auth.allows(kUsers, "Basic YW5uOmE="));
      EXPECT_FALSE(auth.allows(kUsers, "Basic eDph"));
    });
  }
  for (auto& thread : threads) thread.join();
}

TEST(ParseBasicAuth, SplitsAtTheFirstColon) {
  const auto credentials = parse_basic_auth("Basic YTpiOmM=");  // a:b:c
  ASSERT_TRUE(credentials);
  EXPECT_EQ(credentials->user, "a");
  EXPECT_EQ(credentials->password, "b:c");
}

TEST(IsBcryptHash, ChecksTheForm) {
  EXPECT_TRUE(is_bcrypt_hash(kUsers.at("ann")));
  EXPECT_FALSE(is_bcrypt_hash(""));
  EXPECT_FALSE(is_bcrypt_hash(kUsers.at("ann") + "x"));
  EXPECT_FALSE(is_bcrypt_hash("$2x$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe"));
  EXPECT_FALSE(is_bcrypt_hash("$2a$03$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe"));
  EXPECT_FALSE(is_bcrypt_hash("$2a$3:$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe"));
  EXPECT_FALSE(is_bcrypt_hash("$2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYV*xe"));
}

}  // namespace
}  // namespace together
