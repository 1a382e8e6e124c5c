// POST /v1/embeddings.
#include "simulator/embeddings.h"

#include <cmath>
#include <vector>

#include "simulator/random.h"
#include "simulator/refusals.h"

namespace together::simulator {
namespace {

using nlohmann::json;

constexpr std::size_t kMostInputs = 512;

/// The texts to embed; none where the input is bad.
std::vector<std::string> texts_of(const json& body) {
  std::vector<std::string> texts;
  const auto input = body.find("input");
  if (input == body.end()) return texts;
  if (input->is_string()) return {input->get<std::string>()};
  if (!input->is_array() || input->size() > kMostInputs) return texts;
  for (const auto& item : *input) {
    if (!item.is_string()) return {};
    texts.push_back(item.get<std::string>());
  }
  return texts;
}

/// Of length 1.
Json vector_of(const std::string& text, int dimensions, std::uint64_t seed) {
  Random random(mix(seed) ^ hash_text(text));
  std::vector<double> numbers;
  double squares = 0;
  for (int i = 0; i < dimensions; ++i) {
    const double number = static_cast<double>(random.below(2'000'001)) / 1e6 - 1;
    squares += number * number;
    numbers.push_back(number);
  }
  Json vector = Json::array();
  for (const double number : numbers) {
    vector.push_back(squares > 0 ? number / std::sqrt(squares) : 1.0);
  }
  return vector;
}

}  // namespace

Script answer_embeddings(const World& world, const ModelRequest& request, std::uint64_t seed,
                         const Stamp& stamp) {
  const auto found = find_engine(world, request.model, stamp);
  if (!found) return found.error();
  const ModelState& state = **found;
  if (state.model.kind != "embedding") {
    return bad_input(stamp, world.account(), state.model.id + " is not supported for embeddings");
  }
  const std::vector<std::string> texts = texts_of(request.body);
  if (texts.empty()) return bad_input(stamp, world.account(), "Input validation error");
  Json data = Json::array();
  std::size_t tokens = 0;
  for (const auto& text : texts) {
    tokens += text.size() / 4 + 2;
    data.push_back({{"object", "embedding"},
                    {"embedding", vector_of(text, state.model.dimensions, seed)},
                    {"index", data.size()}});
  }
  const Json body{{"object", "list"},
                  {"model", answered_name(state)},
                  {"data", std::move(data)},
                  {"usage", {{"prompt_tokens", tokens}, {"total_tokens", tokens}}}};
  return engine_answer(world, state, body, stamp);
}

}  // namespace together::simulator
