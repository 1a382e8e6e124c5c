// The laws of the contract, held against every combination of evidence.
#include <cstdio>
#include <functional>
#include <vector>

#include <gtest/gtest.h>

#include "exporter/ledger/looks.h"
#include "exporter/ledger/state.h"

namespace together {
namespace {

constexpr int kMostInRow = 4;  // below, at and above a threshold of 1, 2 or 3

/// Calls `check` with every combination; returns how many there are.
long every_combination(const std::function<void(const Evidence&, const Confirmations&)>& check) {
  long count = 0;
  for (int removed_after = 1; removed_after <= 3; ++removed_after)
    for (int down_after = 1; down_after <= 3; ++down_after)
      for (int gated = 0; gated < 2; ++gated)
        for (int fresh = 0; fresh < 2; ++fresh)
          for (int presence = 0; presence <= static_cast<int>(Presence::kThrottled); ++presence)
            for (int absent = 0; absent <= kMostInRow; ++absent)
              for (int blocked = 0; blocked <= kMostInRow; ++blocked)
                for (int failing = 0; failing <= kMostInRow; ++failing)
                  for (int worked = 0; worked < 4; ++worked)
                    for (int listing = 0; listing <= static_cast<int>(Listing::kVanished);
                         ++listing)
                      for (int retirement = 0; retirement <= static_cast<int>(Schedule::kPassed);
                           ++retirement)
                        for (int fallbacks = 0; fallbacks < 3; ++fallbacks) {
                          Evidence e;
                          e.gated = gated != 0;
                          e.fresh = fresh != 0;
                          e.presence = static_cast<Presence>(presence);
                          e.absent_in_row = absent;
                          e.blocked_in_row = blocked;
                          e.failing_in_row = failing;
                          e.account_worked = worked % 2 != 0;
                          e.known = worked / 2 != 0;
                          e.listing = static_cast<Listing>(listing);
                          e.schedule = static_cast<Schedule>(retirement);
                          e.fallbacks_available = fallbacks;
                          check(e, {removed_after, down_after});
                          ++count;
                        }
  return count;
}

TEST(StateLaws, EveryCombinationHasAState) {
  const long count = every_combination(
      [](const Evidence& e, const Confirmations& c) { EXPECT_NE(to_string(decide(e, c)), ""); });
  std::printf("combinations: %ld\n", count);
  EXPECT_EQ(count, 3L * 3 * 2 * 2 * 4 * 5 * 5 * 5 * 2 * 2 * 3 * 3 * 3);
}

TEST(StateLaws, AGateMakesEverythingUnknown) {
  every_combination([](const Evidence& e, const Confirmations& c) {
    if (e.gated) {
      EXPECT_EQ(decide(e, c), ModelState::kUnknown);
    }
  });
}

TEST(StateLaws, OnlyConfirmedAbsenceWithAWorkingAccountIsRemoved) {
  every_combination([](const Evidence& e, const Confirmations& c) {
    const bool proven =
        !e.gated && e.fresh && e.known && e.absent_in_row >= c.removed_after && e.account_worked;
    EXPECT_EQ(decide(e, c) == ModelState::kRemoved, proven);
  });
}

TEST(StateLaws, AnOutageIsNeverRemoved) {
  every_combination([](const Evidence& e, const Confirmations& c) {
    if (e.absent_in_row == 0) {
      EXPECT_NE(decide(e, c), ModelState::kRemoved);
    }
  });
}

TEST(StateLaws, ARetirementDateAloneChangesNoState) {
  every_combination([](const Evidence& e, const Confirmations& c) {
    Evidence without = e;
    without.schedule = Schedule::kNone;
    EXPECT_EQ(decide(e, c), decide(without, c));
  });
}

TEST(StateLaws, FallbacksChangeNoState) {
  every_combination([](const Evidence& e, const Confirmations& c) {
    Evidence without = e;
    without.fallbacks_available = 0;
    EXPECT_EQ(decide(e, c), decide(without, c));
  });
}

TEST(StateLaws, TheListDecidesOnlyBeforeAnyLook) {
  every_combination([](const Evidence& e, const Confirmations& c) {
    Evidence without = e;
    without.listing = Listing::kNone;
    if (decide(e, c) == decide(without, c)) return;
    EXPECT_EQ(decide(e, c), ModelState::kSuspect);
    EXPECT_EQ(e.listing, Listing::kVanished);
    EXPECT_FALSE(e.fresh);
  });
}

TEST(StateLaws, AnIdThatNothingKnowsIsNeitherSuspectNorRemoved) {
  every_combination([](const Evidence& e, const Confirmations& c) {
    if (e.known || e.absent_in_row == 0 || e.gated || !e.fresh) return;
    EXPECT_EQ(decide(e, c), ModelState::kUnknown);
  });
}

TEST(StateLaws, AThrottledModelIsNeverDown) {
  every_combination([](const Evidence& e, const Confirmations& c) {
    if (e.presence == Presence::kThrottled && e.failing_in_row == 0) {
      EXPECT_NE(decide(e, c), ModelState::kDown);
    }
  });
}

TEST(StateLaws, ASuccessBeatsEveryAbsence) {
  every_combination([](const Evidence& e, const Confirmations& c) {
    if (e.gated) return;
    Looks looks;
    looks.presence = e.presence;
    looks.absent_in_row = e.absent_in_row;
    looks.blocked_in_row = e.blocked_in_row;
    looks.failing_in_row = e.failing_in_row;
    fold(looks, {Look::kServed, "", true}, WallTime{});
    Evidence after = e;
    after.fresh = true;
    after.presence = looks.presence;
    after.absent_in_row = looks.absent_in_row;
    after.blocked_in_row = looks.blocked_in_row;
    after.failing_in_row = looks.failing_in_row;
    EXPECT_EQ(decide(after, c), ModelState::kAvailable);
  });
}

/// Whether the looks, oldest first, may be summed up as "the model answers": it did, and since then
/// nothing but an unconfirmed failure or block was seen.
bool answers(const std::vector<Look>& looks, const Confirmations& c) {
  int failing = 0;
  int blocked = 0;
  for (auto look = looks.rbegin(); look != looks.rend(); ++look) {
    switch (*look) {
      case Look::kNothing: break;
      case Look::kFailing: ++failing; break;
      case Look::kBlocked:
      case Look::kStopped:
        if (failing >= c.down_after) return false;
        failing = 0;
        if (++blocked >= c.removed_after) return false;
        break;
      case Look::kServed: return failing < c.down_after;
      default: return false;
    }
  }
  return false;
}

TEST(StateLaws, AvailableIsSaidOnlyAfterAnAnswer) {
  constexpr int kLooks = static_cast<int>(Look::kFailing) + 1;
  constexpr int kLength = 6;
  const Confirmations c{2, 2};
  long sequences = 1;
  for (int i = 0; i < kLength; ++i) sequences *= kLooks;
  for (long sequence = 0; sequence < sequences; ++sequence) {
    Looks folded;
    std::vector<Look> looks;
    long rest = sequence;
    for (int i = 0; i < kLength; ++i, rest /= kLooks) {
      looks.push_back(static_cast<Look>(rest % kLooks));
      fold(folded, {looks.back(), "other", true}, WallTime{});
      Evidence e;
      e.fresh = folded.last_word.has_value();
      e.presence = folded.presence;
      e.absent_in_row = folded.absent_in_row;
      e.blocked_in_row = folded.blocked_in_row;
      e.failing_in_row = folded.failing_in_row;
      e.account_worked = true;
      if (decide(e, c) == ModelState::kAvailable) {
        ASSERT_TRUE(answers(looks, c)) << "sequence " << sequence;
      }
    }
  }
}

}  // namespace
}  // namespace together
