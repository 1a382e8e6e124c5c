// Every example scenario can happen on the default catalogue.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "simulator/catalog.h"
#include "simulator/default_scenario.h"
#include "simulator/scenario.h"
#include "simulator/world.h"

namespace together::simulator {
namespace {

std::string read(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

TEST(ScenarioFiles, EveryExampleCanHappen) {
  int files = 0;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(TE_SOURCE_DIR "/simulator/scenarios")) {
    if (!entry.is_regular_file()) continue;
    const std::string name = entry.path().filename();
    const auto scenario = parse_scenario(read(entry.path()), name);
    ASSERT_TRUE(scenario) << scenario.error().message;
    const auto world = World::make(generate_catalog(1), *scenario, name);
    EXPECT_TRUE(world) << world.error().message;
    ++files;
  }
  EXPECT_GE(files, 6);
}
TEST(ScenarioFiles, TheDefaultIsTheFileOfThatName) {
  EXPECT_EQ(default_scenario(), read(TE_SOURCE_DIR "/simulator/scenarios/default.yml"));
}
TEST(ScenarioFiles, TheDefaultSuitsEverySeed) {
  const auto scenario = parse_scenario(default_scenario(), "default");
  ASSERT_TRUE(scenario);
  EXPECT_TRUE(World::make(generate_catalog(12345), *scenario, "default"));
}

}  // namespace
}  // namespace together::simulator
