// docs/metrics.md says what the declarations say; what is exported is declared.
#include <fstream>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "exporter/cli/commands.h"
#include "tests/unit/engine/provider.h"

namespace together {
namespace {

using namespace std::chrono_literals;

TEST(MetricDocs, AreWhatMakeDocsWrites) {
  std::ifstream file(std::string(TE_SOURCE_DIR) + "/docs/metrics.md");
  std::stringstream committed;
  committed << file.rdbuf();
  testing::internal::CaptureStdout();
  print_metric_docs();
  EXPECT_EQ(testing::internal::GetCapturedStdout(), committed.str()) << "run `make docs`";
}

TEST(MetricDocs, EveryNameIsDeclaredOnceAndWellFormed) {
  std::set<std::string_view> names;
  for (const MetricDef* def : all_metrics(probe_types())) {
    EXPECT_TRUE(names.insert(def->name).second) << def->name;
    EXPECT_TRUE(def->name.starts_with("together_") || def->name.starts_with("process_"))
        << def->name;
    EXPECT_EQ(def->name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_"),
              std::string_view::npos)
        << def->name;
    EXPECT_EQ(def->name.ends_with("_total"), def->type == MetricType::kCounter) << def->name;
    EXPECT_EQ(def->buckets.empty(), def->type != MetricType::kHistogram) << def->name;
    EXPECT_FALSE(def->help.empty()) << def->name;
  }
}

TEST_F(EngineTest, ExportsOnlyWhatIsDeclared) {
  std::set<std::string> declared;
  for (const MetricDef* def : all_metrics(probe_types())) declared.insert(std::string(def->name));
  world_.pass(1min);
  std::istringstream lines(world_.metrics());
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("# TYPE ")) continue;
    const std::string name = line.substr(7, line.find(' ', 7) - 7);
    EXPECT_TRUE(declared.contains(name)) << name;
  }
}

}  // namespace
}  // namespace together
