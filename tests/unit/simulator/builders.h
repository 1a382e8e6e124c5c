// Small worlds for the tests of this folder.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "simulator/scenario.h"
#include "simulator/script.h"
#include "simulator/world.h"

namespace together::simulator {

inline const WallTime kNoon{std::chrono::seconds(1795262400)};  // 2026-11-21T12:00:00Z

inline Model chat_model(const std::string& id, int shape = 1) {
  ModelSpec spec;
  spec.id = id;
  spec.shapes = {shape};
  spec.input = 0.5;
  spec.output = 1.5;
  return make_model(spec);
}

/// Serverless a/b and c/d; x/dedicated, listed but not callable.
inline std::vector<Model> three_models() {
  Model dedicated = chat_model("x/dedicated");
  dedicated.serverless = false;
  return {chat_model("a/b"), chat_model("c/d"), dedicated};
}

inline World world_of(const std::string& yaml, std::vector<Model> models = three_models()) {
  auto scenario = parse_scenario(yaml, "s.yml");
  if (!scenario) {
    ADD_FAILURE() << scenario.error().message;
    scenario.emplace();
  }
  auto world = World::make(std::move(models), std::move(*scenario), "s.yml");
  if (!world) {
    ADD_FAILURE() << world.error().message;
    world = World::make({}, {}, "");
  }
  return std::move(*world);
}

/// The world after these events have happened at its start.
inline World world_after(const std::string& events) {
  World world = world_of("events:\n" + events);
  world.advance_to(Duration{}, kNoon);
  return world;
}

inline std::string header_of(const Script& script, const std::string& name) {
  for (const auto& [key, value] : script.headers) {
    if (key == name) return value;
  }
  return "";
}

inline std::string body_of(const Script& script) {
  std::string body;
  for (const auto& part : script.parts) body += part.bytes;
  return body;
}

}  // namespace together::simulator
