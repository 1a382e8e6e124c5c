// The store that forgets with the process.
#include "exporter/state/memory_store.h"

#include <gtest/gtest.h>

#include "tests/unit/state/state_fixture.h"

namespace together {
namespace {

TEST(MemoryStore, StartsEmptyAndWritable) {
  MemoryStore store;
  const Restored restored = store.load(kDay);
  EXPECT_TRUE(restored.beliefs.empty());
  EXPECT_TRUE(restored.events.empty());
  EXPECT_TRUE(restored.spend.empty());
  EXPECT_TRUE(store.writable());
}

TEST(MemoryStore, RemembersAsLongAsItLives) {
  MemoryStore store;
  store.save(belief("a/b", "{}"));
  store.save(event(5, "first"));
  store.save(event(8, "second"));
  store.save(spend(0.5));
  const Restored restored = store.load(kDay);
  ASSERT_EQ(restored.beliefs.size(), 1U);
  EXPECT_EQ(restored.beliefs[0].json, "{}");
  ASSERT_EQ(restored.events.size(), 2U);
  EXPECT_EQ(restored.events[0].text, "second");
  EXPECT_EQ(restored.events[0].id, 8);
  ASSERT_EQ(restored.spend.size(), 1U);
  EXPECT_EQ(restored.spend[0].usd, 0.5);
}

TEST(MemoryStore, GivesAnIdWhereOneIsMissingOrTaken) {
  MemoryStore store;
  store.save(event(0, "by time"));
  store.save(event(7, "too late"));
  const Restored restored = store.load(kDay);
  ASSERT_EQ(restored.events.size(), 2U);
  EXPECT_EQ(restored.events[0].text, "too late");
  EXPECT_EQ(restored.events[0].id, 1'000'001);
  EXPECT_EQ(restored.events[1].id, 1'000'000);
}

TEST(MemoryStore, ForgetsWhatItIsToldTo) {
  MemoryStore store;
  store.save(belief("a/b", "{}"));
  Changes forget;
  forget.forgotten = {{"model", "a/b"}};
  store.save(std::move(forget));
  EXPECT_TRUE(store.load(kDay).beliefs.empty());
}

}  // namespace
}  // namespace together
