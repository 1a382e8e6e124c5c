// Shapes: learned, known, changed.
#include "exporter/ledger/shapes.h"

#include <gtest/gtest.h>

#include <random>

#include "exporter/ledger/beliefs.h"
#include "tests/unit/ledger/ledger_fixture.h"

namespace together {
namespace {

using Lines = std::vector<std::string>;
using Paths = std::vector<ShapePath>;

const Paths kUsual{{"", "object"}, {"id", "string"}, {"usage", "object"}, {"usage.n", "number"}};

Paths with(Paths paths, std::initializer_list<ShapePath> more) {
  paths.insert(paths.end(), more);
  std::sort(paths.begin(), paths.end());
  return paths;
}

Paths without(Paths paths, const std::string& prefix) {
  std::erase_if(paths, [&](const ShapePath& path) { return path.path.starts_with(prefix); });
  return paths;
}

/// A surface that has learned `kUsual` and is past its learning.
class Shapes : public testing::Test {
 protected:
  static constexpr Duration kLearning = 6h;
  WallTime now_ = from_unix_seconds(1'790'000'000);
  SurfaceShapes shapes_;

  std::optional<ShapeChange> fold(const Paths& paths) {
    std::string fingerprint;
    for (const auto& [path, type] : paths) fingerprint += path + " " + type + ",";
    return shapes_.fold({"serving", fingerprint, paths}, now_, kLearning);
  }
  void learn(const std::vector<Paths>& shapes) {
    for (int round = 0; round < 4; ++round) {
      for (const auto& paths : shapes) EXPECT_FALSE(fold(paths));
    }
    now_ += 7h;
  }
};

TEST_F(Shapes, AreOnlyLearnedAtFirst) {
  EXPECT_FALSE(fold(kUsual));
  EXPECT_FALSE(fold(without(kUsual, "usage")));
  EXPECT_TRUE(shapes_.known(now_, kLearning));
  EXPECT_EQ(shapes_.changes(), 0);
}
TEST_F(Shapes, AFewAnswersAreNoLearning) {
  fold(kUsual);
  now_ += 7h;
  EXPECT_FALSE(fold(without(kUsual, "usage"))) << "the second answer ever";
}
TEST_F(Shapes, ANewKeyIsAChange) {
  learn({kUsual});
  const auto change =
      fold(with(kUsual, {{"usage.cached", "object"}, {"usage.cached.n", "number"}}));
  ASSERT_TRUE(change);
  EXPECT_EQ(change->came, (Lines{"usage.cached object"}));
  EXPECT_TRUE(change->went.empty());
  EXPECT_TRUE(change->retyped.empty());
  EXPECT_EQ(shapes_.changes(), 1);
}
TEST_F(Shapes, AMissingKeyIsAChange) {
  learn({kUsual});
  const auto change = fold(without(kUsual, "usage"));
  ASSERT_TRUE(change);
  EXPECT_EQ(change->went, (Lines{"usage object"}));
}
TEST_F(Shapes, AnotherTypeIsAChange) {
  learn({kUsual});
  const auto change = fold(with(without(kUsual, "id"), {{"id", "number"}}));
  ASSERT_TRUE(change);
  EXPECT_EQ(change->retyped, (Lines{"id: number, was string"}));
  EXPECT_TRUE(change->came.empty());
  EXPECT_TRUE(change->went.empty());
}
TEST_F(Shapes, ANewOneIsNewForALearningPeriodAndKnownThen) {
  learn({kUsual});
  const Paths fresh = with(kUsual, {{"x", "string"}});
  EXPECT_TRUE(fold(fresh));
  EXPECT_FALSE(shapes_.known(now_, kLearning));
  EXPECT_FALSE(fold(fresh)) << "a change is told once";
  EXPECT_FALSE(shapes_.known(now_, kLearning));
  now_ += 6h;
  EXPECT_TRUE(shapes_.known(now_, kLearning));
}
TEST_F(Shapes, TheOldOneComingBackIsKnown) {
  learn({kUsual});
  EXPECT_TRUE(fold(with(kUsual, {{"x", "string"}})));
  EXPECT_FALSE(fold(kUsual));
  EXPECT_TRUE(shapes_.known(now_, kLearning));
}
TEST_F(Shapes, EnginesMayAlternateAndMix) {
  const Paths one = with(kUsual, {{"seed", "number"}});
  const Paths other = with(kUsual, {{"stop", "string"}});
  learn({one, other});
  EXPECT_FALSE(fold(one));
  EXPECT_FALSE(fold(other));
  EXPECT_FALSE(fold(with(kUsual, {{"seed", "number"}, {"stop", "string"}}))) << "a mixture";
  EXPECT_FALSE(fold(kUsual)) << "neither";
}
TEST_F(Shapes, ItemsOfAnArrayThatWasAlwaysEmptyAreLearnedWhenTheyCome) {
  const Paths empty = with(kUsual, {{"data", "array"}});
  const Paths filled = with(empty, {{"data[]", "object"}, {"data[].id", "string"}});
  learn({empty});
  EXPECT_FALSE(fold(filled));
  EXPECT_FALSE(fold(empty)) << "and it may be empty again";
  const auto change = fold(with(filled, {{"data[].new", "string"}}));
  ASSERT_TRUE(change);
  EXPECT_EQ(change->came, (Lines{"data[].new string"}));
}
/// As many as were recorded of plain chat answers: what engines add to the same answer, in turn.
std::vector<Paths> twenty_shapes() {
  const std::vector<ShapePath> extras{{"choices[].seed", "number"},
                                      {"choices[].text", "string"},
                                      {"choices[].message.reasoning", "string"},
                                      {"choices[].message.tool_calls", "array"},
                                      {"choices[].stop_reason", "string"},
                                      {"prompt", "array"},
                                      {"metadata.weight_version", "string"},
                                      {"service_tier", "string"},
                                      {"system_fingerprint", "string"},
                                      {"usage.cached_tokens", "number"}};
  const Paths plain = with(kUsual, {{"choices", "array"}, {"choices[]", "object"}});
  std::vector<Paths> shapes;
  for (std::size_t i = 0; i < extras.size(); ++i) {
    shapes.push_back(with(plain, {extras[i]}));
    shapes.push_back(with(plain, {extras[i], extras[(i + 3) % extras.size()]}));
  }
  return shapes;
}

TEST_F(Shapes, TwentyOfOneSurfaceGiveNoFalseAlarmAfterLearning) {
  const auto twenty = twenty_shapes();
  learn(twenty);
  std::mt19937 random(1);
  for (int answer = 0; answer < 10'000; ++answer) {
    now_ += 5min;
    ASSERT_FALSE(fold(twenty[random() % twenty.size()]));
    ASSERT_TRUE(shapes_.known(now_, kLearning));
  }
  EXPECT_TRUE(fold(with(twenty[0], {{"choices[].message.refusal", "string"}})));
}
TEST_F(Shapes, NullSaysNothingOfAType) {
  const Paths null_usage = with(without(kUsual, "usage"), {{"usage", "null"}});
  learn({null_usage});
  EXPECT_FALSE(fold(kUsual));
  EXPECT_FALSE(fold(null_usage));
}
TEST_F(Shapes, AnotherTypeIsSeenWhereNullStoodToo) {
  learn({with(kUsual, {{"content", "string"}}), with(kUsual, {{"content", "null"}})});
  const auto change = fold(with(kUsual, {{"content", "array"}}));
  ASSERT_TRUE(change);
  EXPECT_EQ(change->retyped, (Lines{"content: array, was string"}));
}
TEST_F(Shapes, WhoseKeysAreDataAreNotToldForEver) {
  learn({kUsual});
  std::size_t told = 0;
  for (int i = 0; i < 5'000; ++i) {
    if (fold(with(kUsual, {{"x" + std::to_string(i), "string"}}))) ++told;
  }
  EXPECT_LE(told, SurfaceShapes::kMostPaths);
  EXPECT_LE(shapes_.state().ever.size(), SurfaceShapes::kMostPaths + 1);
}
TEST_F(Shapes, AreBounded) {
  learn({kUsual});
  for (int i = 0; i < 500; ++i) fold(with(kUsual, {{"x" + std::to_string(i), "string"}}));
  EXPECT_EQ(shapes_.state().shapes.size(), SurfaceShapes::kMostShapes);
}

Observation with_shape(const std::string& model, const Paths& paths, WallTime at) {
  Observation seen;
  seen.probe = "shape";
  seen.target.model = model;
  seen.at = at;
  seen.outcome = Outcome::kOk;
  seen.facts = ShapeFacts{"serving", std::to_string(paths.size()), paths};
  return seen;
}

TEST_F(LedgerTest, ANewShapeIsAnEventThatNamesThePaths) {
  for (int i = 0; i < 4; ++i) ledger_.apply({with_shape("a/b", kUsual, now_)}, now_);
  now_ += 7h;
  const Applied applied =
      ledger_.apply({with_shape("a/b", with(kUsual, {{"x", "string"}}), now_)}, now_);
  ASSERT_EQ(applied.changes.events.size(), 1U);
  EXPECT_EQ(applied.changes.events[0].kind, "shape");
  EXPECT_EQ(applied.changes.events[0].text,
            "a/b: the shape of serving answers changed; came: x string");
}
TEST_F(LedgerTest, TheShapeOfAListThatIsNotBelievedIsNoNews) {
  const auto list_with = [&](std::size_t models, const Paths& paths) {
    Observation catalog;
    catalog.probe = "catalog";
    catalog.target.part = "all";
    catalog.at = now_;
    catalog.outcome = Outcome::kOk;
    CatalogFacts facts{"all", {}, 0, 0};
    for (std::size_t i = 0; i < models; ++i) {
      facts.models.push_back({"m/" + std::to_string(i), Modality::kChat, "", "", {}});
    }
    catalog.facts = facts;
    return ledger_.apply({catalog, with_shape("", paths, now_)}, now_);
  };
  for (int i = 0; i < 4; ++i) list_with(100, with(kUsual, {{"x", "string"}}));
  now_ += 7h;
  for (const auto& event : list_with(50, kUsual).changes.events) EXPECT_NE(event.kind, "shape");
  const Applied whole = list_with(100, kUsual);
  EXPECT_EQ(whole.changes.events.back().kind, "shape") << "a whole list that lacks it is news";
}
TEST_F(LedgerTest, ShapesOutliveTheProcess) {
  std::vector<Belief> stored;
  for (int i = 0; i < 4; ++i) {
    for (auto& belief : ledger_.apply({with_shape("a/b", kUsual, now_)}, now_).changes.beliefs) {
      if (belief.kind == kShapeBelief) stored = {belief};
    }
  }
  ASSERT_EQ(stored.size(), 1U);
  Ledger after(settings(), {{"a/b", true, "search", {"c/d"}, 5min}}, now_);
  after.restore(stored, now_ + 7h);
  const auto& shapes = after.shapes().at({"serving", "a/b"});
  EXPECT_TRUE(shapes.known(now_ + 7h, 6h));
  EXPECT_EQ(shapes.state().ever.size(), kUsual.size());
  EXPECT_FALSE(read_shape_belief("{}"));
}
TEST_F(LedgerTest, ShapesOfAModelThatIsNotConfiguredAnyMoreAreForgotten) {
  std::vector<Belief> stored;
  for (auto& belief : ledger_.apply({with_shape("a/b", kUsual, now_)}, now_).changes.beliefs) {
    if (belief.kind == kShapeBelief) stored.push_back(belief);
  }
  ASSERT_EQ(stored.size(), 1U);
  Ledger after({}, {{"c/d", true, "", {}, 5min}}, now_);
  const Applied applied = after.restore(stored, now_);
  EXPECT_TRUE(after.shapes().empty());
  ASSERT_EQ(applied.changes.forgotten.size(), 1U);
  EXPECT_EQ(applied.changes.forgotten[0].second, "serving a/b");
}
TEST_F(LedgerTest, ShapesGoWithTheModel) {
  ledger_.apply({with_shape("a/b", kUsual, now_)}, now_);
  const Applied applied = ledger_.configure({}, {{"c/d", true, "", {}, 5min}}, now_);
  EXPECT_TRUE(ledger_.shapes().empty());
  const auto& forgotten = applied.changes.forgotten;
  EXPECT_NE(std::find(forgotten.begin(), forgotten.end(),
                      std::pair<std::string, std::string>(kShapeBelief, "serving a/b")),
            forgotten.end());
}

}  // namespace
}  // namespace together
