// Mutated entries of the model list: every price read is one that can be told, and rounding it
// again changes nothing.
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "probes/pricing/prices.h"
#include "tests/fuzz/fuzz.h"

namespace together {
namespace {

const std::vector<std::string_view> kWords{"0",
                                           "-1",
                                           "1e308",
                                           "1e-320",
                                           "4.9e-324",
                                           "1e400",
                                           "-0.0",
                                           "\"0.5\"",
                                           "\"nan\"",
                                           "\"inf\"",
                                           "\"0x1p3\"",
                                           "null",
                                           "{}",
                                           "[]",
                                           "true",
                                           "18446744073709551616",
                                           "1.0399999999999998",
                                           "0.25999999999999995",
                                           "\"input\":",
                                           "\"hourly\":",
                                           "\"pricing\":",
                                           "\"cached_input\":",
                                           "\"image\"",
                                           "\"video\"",
                                           "\"audio\"",
                                           "\"transcribe\"",
                                           "\"chat\"",
                                           "{\"example_price\":0.04}",
                                           "{\"price_per_minute\":0.0015}",
                                           ",",
                                           "\"",
                                           "}"};

const std::vector<std::string> kCorpus{
    R"({"id":"a/b","type":"chat","pricing":{"hourly":0,"input":1.04,"output":1.04,"base":0,)"
    R"("cached_input":0.2,"image":0,"transcribe":0}})",
    R"({"id":"a/b","type":"chat","pricing":{"hourly":3.36,"input":0.25999999999999995,"output":0}})",
    R"({"id":"a/b","pricing":{"input":"0.5","output":1,"image":{"example_price":0.04}}})",
    R"({"id":"a/b","type":"image","pricing":{"input":0,"image_pixel":{"price_per_megapixel":0.0027,)"
    R"("min_steps":4},"image":{"example_price":0.0027,"example_description":"x"}}})",
    R"({"id":"a/b","type":"transcribe","pricing":{"input":0.27,"transcribe":)"
    R"({"price_per_minute":0.0015}}})",
    R"({"id":"a/b","type":"audio","pricing":{"hourly":0,"input":65,"output":0}})",
    R"({"id":"a/b","type":"video","pricing":{"video":{"example_price":0.28},"image":{}}})"};

bool is_price(double usd) { return std::isfinite(usd) && usd > 0 && round_price(usd) == usd; }
bool is_price_or_none(const std::optional<double>& usd) { return !usd || is_price(*usd); }

void expect_told(const ModelPrice& read) {
  EXPECT_EQ(read.id, "a/b");
  EXPECT_TRUE(is_price_or_none(read.per_token.input));
  EXPECT_TRUE(is_price_or_none(read.per_token.output));
  EXPECT_TRUE(is_price_or_none(read.per_token.cached_input));
  constexpr std::array<std::string_view, 6> kUnits{"image",     "video", "minute",
                                                   "megapixel", "hour",  "million_characters"};
  std::set<std::string_view> units;
  for (const auto& [unit, usd] : read.per_unit) {
    EXPECT_TRUE(is_price(usd)) << unit;
    EXPECT_TRUE(std::find(kUnits.begin(), kUnits.end(), unit) != kUnits.end()) << unit;
    EXPECT_TRUE(units.insert(unit).second) << unit << " is priced twice";
  }
}

/// `value` is any finite number.
void expect_rounded(double value) {
  const double rounded = round_price(value);
  EXPECT_TRUE(std::isfinite(rounded)) << value;
  EXPECT_EQ(round_price(rounded), rounded) << value;
  EXPECT_LE(std::abs(rounded - value), std::max(std::abs(value) * 1e-11, 1e-310)) << value;
}

TEST(PricesFuzz, MutatedEntries) {
  Mutator mutator(kWords);
  long long priced = 0;
  Runs runs;
  while (runs.next()) {
    const double number = std::bit_cast<double>(mutator.bits());
    if (std::isfinite(number)) expect_rounded(number);
    std::string text = mutator.one_of(kCorpus);
    mutator.mutate(text, mutator.one_of(kCorpus));
    const auto entry = parse_json(text);
    if (!entry) continue;
    const ModelPrice read = read_prices("a/b", *entry);
    expect_told(read);
    if (read.per_token.input || !read.per_unit.empty()) ++priced;
    if (HasFailure()) FAIL() << "run " << runs.count() << ": " << testing::PrintToString(text);
  }
  EXPECT_GT(priced, runs.count() / 20) << "many mutations must leave a price to read";
}

}  // namespace
}  // namespace together
