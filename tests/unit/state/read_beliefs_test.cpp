// Reading another process's state database.
#include "exporter/state/read_beliefs.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "exporter/state/sqlite_store.h"

namespace together {
namespace {

class ReadBeliefs : public testing::Test {
 protected:
  ReadBeliefs() { std::filesystem::create_directory(folder_); }
  ~ReadBeliefs() override { std::filesystem::remove_all(folder_); }

  const std::filesystem::path folder_ =
      std::filesystem::path(testing::TempDir()) /
      ("te-read-" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
  const std::string path_ = folder_ / "state.db";
};

TEST_F(ReadBeliefs, OfAStoreThatIsInUse) {
  SqliteStore store(path_);
  store.load("2026-11-21");
  Changes changes;
  changes.beliefs.push_back({"model", "a/b", "{}"});
  store.save(std::move(changes));
  store.flush();
  const auto beliefs = read_beliefs(path_);
  ASSERT_TRUE(beliefs) << beliefs.error().message;
  ASSERT_EQ(beliefs->size(), 1u);
  EXPECT_EQ(beliefs->front().key, "a/b");
}
TEST_F(ReadBeliefs, OfNoFileIsAnErrorAndMakesNone) {
  const auto beliefs = read_beliefs(path_);
  ASSERT_FALSE(beliefs);
  EXPECT_EQ(beliefs.error().message, "there is no state database at " + path_);
  EXPECT_FALSE(std::filesystem::exists(path_));
}
TEST_F(ReadBeliefs, OfSomethingElseIsAnErrorAndLeavesIt) {
  std::ofstream(path_) << "not a database at all, but long enough to be looked at";
  const auto beliefs = read_beliefs(path_);
  ASSERT_FALSE(beliefs);
  EXPECT_NE(beliefs.error().message.find("cannot read the state database"), std::string::npos);
  EXPECT_TRUE(std::filesystem::exists(path_));
}

}  // namespace
}  // namespace together
