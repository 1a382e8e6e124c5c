// The cap holds over random sequences of looks, restarts, kills, nights and clocks set back.
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "exporter/ledger/budget.h"

namespace together {
namespace {

using namespace std::chrono_literals;

constexpr int kSequences = 10'000;
constexpr int kSteps = 120;

/// A process with its disk, and a provider that bills every look on the day it was allowed.
class Life {
 public:
  explicit Life(unsigned seed) : random_(seed) {
    cap_ = pick(0, 9) == 0 ? 0 : 0.001 * pick(1, 2'000);
    start();
  }

  void step() {
    switch (pick(0, 11)) {
      case 0: return kill();
      case 1: return restart();
      case 2: now_ += std::chrono::hours(pick(0, 30)); return;
      case 3: now_ -= std::chrono::minutes(pick(0, 90)); return;
      case 4:
      case 5:
      case 6: return settle();
      default: now_ += std::chrono::seconds(pick(0, 900)); return reserve();
    }
  }

  double dearest_day() const {
    double most = 0;
    for (const auto& [day, usd] : billed_) most = std::max(most, usd);
    return most;
  }
  double cap() const { return cap_; }
  int kills() const { return kills_; }
  int refused() const { return refused_; }
  double billed() const {
    double sum = 0;
    for (const auto& [day, usd] : billed_) sum += usd;
    return sum;
  }

 private:
  struct Look {
    double most = 0;
    double costs = 0;
  };
  int pick(int least, int most) { return std::uniform_int_distribution<int>(least, most)(random_); }

  void start() {
    budget_ = std::make_unique<Budget>(cap_, [this](const Drawn& drawn) { disk_ = drawn; });
    std::vector<Spend> rows;
    for (const auto& row : rows_) {
      if (row.day == day_of(now_)) rows.push_back(row);
    }
    budget_->restore(rows, disk_, now_);
  }
  void reserve() {
    Look look{cap_ * 0.001 * pick(0, 400), 0};
    look.costs = look.most * 0.01 * pick(0, 100);
    if (!budget_->reserve(look.most, now_)) {
      ++refused_;
      return;
    }
    // The budget's day: a clock that was set back gives no new one.
    if (look.most > 0) billed_[disk_->day] += look.costs;
    looks_.push_back(look);
  }
  void settle() {
    if (looks_.empty()) return;
    const Look look = looks_.front();
    looks_.erase(looks_.begin());
    budget_->settle(look.most, look.costs, "serving", "a/b", now_);
    // What is written without waiting may be lost with the process.
    unwritten_.push_back({day_of(now_), "serving", "a/b", look.costs});
  }
  void write(std::size_t count) {
    rows_.insert(rows_.end(), unwritten_.begin(),
                 unwritten_.begin() + static_cast<std::ptrdiff_t>(count));
    unwritten_.clear();
  }
  void kill() {
    ++kills_;
    write(unwritten_.empty()
              ? 0
              : static_cast<std::size_t>(pick(0, static_cast<int>(unwritten_.size()))));
    looks_.clear();
    start();
  }
  void restart() {
    while (!looks_.empty()) settle();
    write(unwritten_.size());
    if (const auto drawn = budget_->close()) disk_ = *drawn;
    start();
  }

  std::mt19937 random_;
  WallTime now_ = from_unix_seconds(1'800'000'000);
  double cap_ = 0;
  std::unique_ptr<Budget> budget_;
  std::optional<Drawn> disk_;
  std::vector<Spend> rows_;
  std::vector<Spend> unwritten_;
  std::vector<Look> looks_;
  std::map<std::string, double> billed_;
  int kills_ = 0;
  int refused_ = 0;
};

TEST(BudgetLaws, TheCapHoldsOverRestartsAndKills) {
  int kills = 0;
  int refused = 0;
  double billed = 0;
  for (unsigned seed = 0; seed < kSequences; ++seed) {
    Life life(seed);
    for (int step = 0; step < kSteps; ++step) life.step();
    ASSERT_LE(life.dearest_day(), life.cap() * (1 + 1e-9)) << "seed " << seed;
    kills += life.kills();
    refused += life.refused();
    billed += life.billed();
  }
  std::cout << kSequences << " sequences with " << kills << " kills and " << refused
            << " refused looks\n";
  EXPECT_GT(kills, kSequences);
  EXPECT_GT(refused, kSequences) << "the cap was reached";
  EXPECT_GT(billed, 0);
}

TEST(BudgetLaws, AKillLosesAtMostAHundredthOfTheCapAndWhatWasUnderWay) {
  std::optional<Drawn> disk;
  const WallTime now = from_unix_seconds(1'800'000'000);
  Budget budget(1.0, [&](const Drawn& drawn) { disk = drawn; });
  ASSERT_TRUE(budget.reserve(0.25, now));
  Budget after(1.0);
  after.restore({}, disk, now);
  EXPECT_NEAR(after.remaining(now), 0.74, 1e-12);
}

TEST(BudgetLaws, AnOrderlyEndLosesNothing) {
  const WallTime now = from_unix_seconds(1'800'000'000);
  Budget budget(1.0, [](const Drawn&) {});
  ASSERT_TRUE(budget.reserve(0.25, now));
  budget.settle(0.25, 0.125, "serving", "a/b", now);
  ASSERT_TRUE(budget.close());
  Budget after(1.0);
  after.restore({{"2027-01-15", "serving", "a/b", 0.125}}, budget.close(), now);
  EXPECT_DOUBLE_EQ(after.remaining(now), 0.875);
}

TEST(BudgetLaws, MoneyIsDrawnAHundredTimesADayAtMost) {
  int draws = 0;
  const WallTime now = from_unix_seconds(1'800'000'000);
  Budget budget(1.0, [&](const Drawn&) { ++draws; });
  for (int look = 0; look < 100'000; ++look) {
    if (budget.reserve(1e-5, now)) budget.settle(1e-5, 1e-5, "serving", "a/b", now);
  }
  EXPECT_LE(draws, 101);
  EXPECT_NEAR(budget.remaining(now), 0, 1e-5);
}

}  // namespace
}  // namespace together
