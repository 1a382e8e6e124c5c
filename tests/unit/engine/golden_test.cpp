// The whole page of a small, known world, byte for byte: tests/golden/scrape.txt.
#include <cstdlib>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "tests/unit/engine/provider.h"

namespace together {
namespace {

using namespace std::chrono_literals;

const std::string kGolden = std::string(TE_SOURCE_DIR) + "/tests/golden/scrape.txt";

/// process_* tells of the machine, not of us.
std::string without_process_metrics(const std::string& page) {
  std::string kept;
  std::istringstream lines(page);
  for (std::string line; std::getline(lines, line);) {
    const bool of_process = line.starts_with("process_") || line.starts_with("# HELP process_") ||
                            line.starts_with("# TYPE process_");
    if (!of_process) kept += line + "\n";
  }
  return kept;
}

std::string first_difference(const std::string& page, const std::string& golden) {
  std::istringstream ours(page);
  std::istringstream theirs(golden);
  std::string our_line;
  std::string their_line;
  while (std::getline(ours, our_line) && std::getline(theirs, their_line)) {
    if (our_line != their_line) return "page:   " + our_line + "\ngolden: " + their_line;
  }
  return "one of them is longer";
}

/// Where TE_UPDATE_GOLDEN is set, writes the page instead: look at the difference before you
/// commit.
TEST(Golden, Scrape) {
  ManualClock clock;
  RecordingStore store;
  World world(store, clock,
              "models:\n"
              "  - {id: a/b, fallbacks: [c/d], labels: {team: search}}\n"
              "  - {id: e/gone}\n"
              "migrations: [{from: e/gone, to: c/d}]\n"
              "workloads: [{name: bot, model: a/b, input_tokens_per_day: 200e6, "
              "output_tokens_per_day: 50e6}]\n"
              "probes: {stream: {interval: 1m}}\n"
              "state: {path: \"\"}\n");
  world.provider.by_model["e/gone"] = answer(404, kGone);
  world.provider.list =
      R"([{"id":"a/b","type":"chat","organization":"A","display_name":"B","context_length":131072,
           "pricing":{"input":0.88,"output":0.88,"cached_input":0.1}},
          {"id":"c/d","type":"chat","pricing":{"input":0.15,"output":0.6}},
          {"id":"f/image","type":"image","pricing":{"input":0,"image":{"example_price":0.04}}}])";
  world.pass(2min);
  world.provider.list.replace(world.provider.list.find("0.88"), 4, "1.04");
  world.pass(2min);

  const std::string page = without_process_metrics(world.metrics());
  if (std::getenv("TE_UPDATE_GOLDEN") != nullptr) std::ofstream(kGolden) << page;
  std::ifstream file(kGolden);
  std::stringstream golden;
  golden << file.rdbuf();
  EXPECT_TRUE(page == golden.str()) << first_difference(page, golden.str());
}

}  // namespace
}  // namespace together
