// The catalogue the simulator lists when no recording is replayed: invented, but believable.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "simulator/model.h"

namespace together::simulator {

/// A model that exists in public. Facts only: ids, prices and sizes of 2026-08.
struct KnownModel {
  std::string_view id;
  std::string_view kind;
  bool serverless = false;
  double input = 0;  ///< USD per million tokens
  double output = 0;
  double cached_input = -1;       ///< negative: not offered
  long long context_length = -1;  ///< negative: not given
  bool reasons = false;
  std::vector<int> shapes{};  ///< empty: given by the id
};

const std::vector<KnownModel>& known_models();

/// 281 models, 102 of them serverless, in the proportions of the list of 2026-08-17 and with its
/// oddities (together-api.md section 2). The known models come first. Same seed, same bytes.
std::vector<Model> generate_catalog(std::uint64_t seed);

}  // namespace together::simulator
