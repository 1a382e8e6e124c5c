// What every surface of inference does before an engine answers: find it, or refuse.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <tl/expected.hpp>

#include "exporter/core/result.h"
#include "simulator/script.h"
#include "simulator/stamp.h"
#include "simulator/world.h"

namespace together::simulator {

struct ModelRequest {
  std::string model;
  nlohmann::json body;
};

/// Errors: what is no JSON object or names no model.
Result<ModelRequest> parse_model_request(const std::string& body);

/// The model that answers, redirects followed, or how it is refused.
tl::expected<const ModelState*, Script> find_engine(const World& world, const std::string& model,
                                                    const Stamp& stamp);

/// Spreads failures evenly: of any n requests in a row, n x rate fail, give or take one.
bool flaps(double rate, std::uint64_t turn);

/// The `model` its answers name.
const std::string& answered_name(const ModelState& state);

/// A good answer of an engine, which takes its first token's time.
Script engine_answer(const World& world, const ModelState& state, const Json& body,
                     const Stamp& stamp);

}  // namespace together::simulator
