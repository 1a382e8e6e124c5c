// From a configuration file to a Config, or to everything that is wrong with it.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "exporter/config/config.h"
#include "exporter/core/probe.h"
#include "exporter/yaml/problem.h"

namespace together {

/// Reads and validates the file, and the model files that it names.
/// Errors: every problem, not only the first; those of `path` first, each file's in order of line.
tl::expected<Config, std::vector<Problem>> load_config(const std::string& path,
                                                       std::span<const ProbeInfo> probes);

/// The same from a text. `path` is the name in problems, and relative paths are relative to it.
tl::expected<Config, std::vector<Problem>> parse_config(std::string_view yaml,
                                                        const std::string& path,
                                                        std::span<const ProbeInfo> probes);

}  // namespace together
