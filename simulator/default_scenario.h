// The scenario that is followed where no file is named: simulator/scenarios/default.yml, compiled
// in.
#pragma once

#include <string_view>

namespace together::simulator {

std::string_view default_scenario();

}  // namespace together::simulator
