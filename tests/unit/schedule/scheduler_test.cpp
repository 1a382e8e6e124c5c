#include "exporter/schedule/scheduler.h"

#include <gtest/gtest.h>

#include "tests/fakes/fake_transport.h"
#include "tests/fakes/manual_clock.h"

namespace together {
namespace {

using namespace std::chrono_literals;

/// Asks for "/<model>" and says ok; throws where told to.
class PlainProbe final : public Probe {
 public:
  PlainProbe(ProbeInfo info, bool throws) : info_(std::move(info)), throws_(throws) {}
  const ProbeInfo& info() const override { return info_; }
  Request request(const Target& target) const override {
    Request request;
    request.path = "/" + target.model;
    return request;
  }
  Observation judge(const Target&, const Exchange& exchange,
                    std::string_view source) const override {
    if (throws_) throw std::runtime_error("a bug");
    Observation seen;
    seen.outcome = exchange.status == 200 ? Outcome::kOk : Outcome::kUpstreamError;
    seen.detail = source;
    return seen;
  }

 private:
  ProbeInfo info_;
  bool throws_;
};

class SchedulerTest : public testing::Test {
 protected:
  void probe(std::string name, Scope scope, std::string rides_on = "", bool throws = false) {
    ProbeInfo info;
    info.name = name;
    info.scope = scope;
    info.rides_on = std::move(rides_on);
    probes_->by_name[name] = {std::make_unique<PlainProbe>(info, throws), 7s};
  }
  void start(std::vector<JobSpec> jobs) {
    scheduler_.configure(probes_, transport_);
    scheduler_.plan().set_jobs(jobs, clock_.mono());
  }
  void pass(Duration d) {
    clock_.advance(d);
    scheduler_.run_due();
  }

  ManualClock clock_;
  std::shared_ptr<ProbeSet> probes_ = std::make_shared<ProbeSet>();
  std::shared_ptr<FakeTransport> transport_ =
      std::make_shared<FakeTransport>(clock_, [](const Request&) {
        Exchange exchange;
        exchange.status = 200;
        exchange.phases.total = 2s;
        return exchange;
      });
  std::vector<Seen> seen_;
  std::vector<SkipReason> skipped_;
  std::optional<SkipReason> refuse_;
  std::optional<MonoTime> not_before_;
  Scheduler scheduler_{clock_,
                       {[](auto task) { task(); }, [](auto task) { task(); },
                        [](const JobKey& key) {
                          return Target{key.model, key.part, {}};
                        },
                        [this](const JobKey&, const Target&) { return refuse_; },
                        [this](const JobKey&, SkipReason reason) { skipped_.push_back(reason); },
                        [this](Seen seen) {
                          seen_.push_back(std::move(seen));
                          return not_before_;
                        }}};
};

TEST_F(SchedulerTest, AsksJudgesAndHandsOn) {
  probe("serving", Scope::kModel);
  start({{{"serving", "a/b", ""}, 5min}});
  pass(10s);
  ASSERT_EQ(seen_.size(), 1u);
  EXPECT_EQ(transport_->requests[0].path, "/a/b");
  EXPECT_EQ(transport_->requests[0].timeout, Duration(7s));
  const Observation& observation = seen_[0].observations.at(0);
  EXPECT_EQ(observation.probe, "serving");
  EXPECT_EQ(observation.target.model, "a/b");
  EXPECT_EQ(observation.outcome, Outcome::kOk);
  EXPECT_EQ(observation.at, seen_[0].started + 2s);
}
TEST_F(SchedulerTest, RidersJudgeTheSameExchangeAfterItsOwner) {
  probe("catalog", Scope::kAccount);
  probe("any", Scope::kRider, "*");
  probe("pricing", Scope::kRider, "catalog");
  probe("other", Scope::kRider, "serving");
  start({{{"catalog", "", "all"}, 1min}});
  pass(10s);
  ASSERT_EQ(seen_.size(), 1u);
  ASSERT_EQ(seen_[0].observations.size(), 3u);
  EXPECT_EQ(seen_[0].observations[0].probe, "catalog");
  EXPECT_EQ(seen_[0].observations[1].probe, "any");
  EXPECT_EQ(seen_[0].observations[2].probe, "pricing");
  EXPECT_EQ(seen_[0].observations[2].detail, "catalog");
  EXPECT_EQ(transport_->requests.size(), 1u);
}
TEST_F(SchedulerTest, ABugInAProbeIsAnOutcome) {
  probe("serving", Scope::kModel, "", true);
  start({{{"serving", "a/b", ""}, 5min}});
  pass(10s);
  ASSERT_EQ(seen_.size(), 1u);
  EXPECT_EQ(seen_[0].observations.at(0).outcome, Outcome::kInternal);
  EXPECT_EQ(seen_[0].observations.at(0).detail, "a bug in this probe: a bug");
}
TEST_F(SchedulerTest, ARefusedLookIsSkippedUntilItsNextTime) {
  probe("serving", Scope::kModel);
  start({{{"serving", "a/b", ""}, 5min}});
  refuse_ = SkipReason::kBudget;
  pass(10s);
  EXPECT_EQ(skipped_, std::vector<SkipReason>{SkipReason::kBudget});
  EXPECT_TRUE(transport_->requests.empty());
  refuse_.reset();
  pass(5min);
  EXPECT_EQ(seen_.size(), 1u);
}
TEST_F(SchedulerTest, HonoursRetryAfter) {
  probe("serving", Scope::kModel);
  start({{{"serving", "a/b", ""}, 1min}});
  not_before_ = clock_.mono() + 1h;
  pass(10s);
  pass(30min);
  EXPECT_EQ(seen_.size(), 1u);
  pass(30min);
  EXPECT_EQ(seen_.size(), 2u);
}
TEST_F(SchedulerTest, ALookUnderWayOutlivesItsConfiguration) {
  probe("serving", Scope::kModel);
  start({{{"serving", "a/b", ""}, 1min}});
  transport_->hold = true;
  pass(10s);
  scheduler_.configure(std::make_shared<ProbeSet>(), transport_);
  scheduler_.plan().set_jobs({}, clock_.mono());
  probes_.reset();
  transport_->release();
  ASSERT_EQ(seen_.size(), 1u);
  EXPECT_EQ(seen_[0].observations.at(0).outcome, Outcome::kOk);
}
TEST_F(SchedulerTest, TellsACancelledLook) {
  probe("serving", Scope::kModel);
  start({{{"serving", "a/b", ""}, 1min}});
  transport_->hold = true;
  pass(10s);
  transport_->cancel_all();
  ASSERT_EQ(seen_.size(), 1u);
  EXPECT_TRUE(seen_[0].cancelled);
}

}  // namespace
}  // namespace together
