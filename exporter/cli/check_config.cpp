// `check-config FILE`: is this configuration valid?
#include <iostream>

#include "exporter/cli/commands.h"
#include "exporter/cli/loading.h"

namespace together {

int check_config(const std::string& file) {
  const auto config = load(file);
  if (!config) {
    std::cerr << config.error().message << '\n';
    return kExitBad;
  }
  const auto models = config->models.size();
  std::cout << file << ": valid, " << models
            << (models == 1 ? " tracked model\n" : " tracked models\n");
  return kExitOk;
}

}  // namespace together
