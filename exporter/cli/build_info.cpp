// What is running.
#include "exporter/cli/commands.h"

namespace together {

BuildInfo build_info() { return {TE_VERSION, TE_REVISION, TE_COMPILER}; }

}  // namespace together
