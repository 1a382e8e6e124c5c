// The embeddings probe: one vector, the authority on embedding models.
#include "probes/embeddings/embeddings.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "exporter/core/text.h"
#include "probes/answer/rules.h"
#include "probes/answer/surface.h"
#include "probes/chat/chat.h"

namespace together {
namespace {

using Rule = Observation::Rule;

constexpr MetricDef kEmbeddingDimensions{
    .name = "together_embedding_dimensions",
    .type = MetricType::kGauge,
    .help =
        "Numbers in the vector of the last good embedding. An index is built for one such size.",
    .label_names = {"model"},
    .buckets = {}};
constexpr std::array<std::string_view, 6> kAnswerFields{"id",   "object",  "model",
                                                        "data", "created", "usage"};
constexpr std::array<std::string_view, 3> kItemFields{"object", "embedding", "index"};

const ProbeInfo& embeddings_info() {
  static const ProbeInfo info = [] {
    ProbeInfo i;
    i.name = "embeddings";
    i.help = "Embeds one letter: is the model there, and how long is its vector.";
    i.scope = Scope::kModel;
    i.modalities = {Modality::kEmbedding};
    i.paid = true;
    i.for_fallbacks = true;
    i.authority = true;
    i.interval = std::chrono::minutes(5);
    i.max_interval = std::chrono::hours(1);
    i.metrics = {&kSurfaceRuleOk, &kSurfaceViolations, &kEmbeddingDimensions};
    return i;
  }();
  return info;
}

/// The one item of `data`; null where there is none, or more.
const Json* only_item(const Json& answer) {
  const Json* data = member(&answer, "data");
  return data != nullptr && data->is_array() && data->size() == 1 ? &data->front() : nullptr;
}

Rule judge_data(const Json& answer) {
  const Json* data = member(&answer, "data");
  if (data == nullptr || !data->is_array()) return broken("data", "the answer has no array data");
  if (data->size() != 1) {
    return broken("data", "data holds " + std::to_string(data->size()) + " items for one input");
  }
  if (text_of(member(&data->front(), "object")) != "embedding") {
    return broken("data", "the item of data is no embedding");
  }
  if (count_of(member(&data->front(), "index")) != 0) {
    return broken("data", "the item of data has not index 0");
  }
  return kept("data", "one embedding");
}

Rule judge_vector(const Json& item) {
  const Json* vector = member(&item, "embedding");
  if (vector == nullptr) return broken("vector", "the item has no embedding");
  if (!vector->is_array()) {
    return broken("vector", "the embedding is " + std::string(vector->type_name()) + ", no array");
  }
  if (vector->empty()) return broken("vector", "the vector is empty");
  // Numbers that overflow never get here: the answer is no JSON then.
  const auto is_number = [](const Json& value) { return value.is_number(); };
  if (!std::all_of(vector->begin(), vector->end(), is_number)) {
    return broken("vector", "the vector holds what is no number");
  }
  const auto is_zero = [](const Json& value) { return value.get<double>() == 0; };
  if (std::all_of(vector->begin(), vector->end(), is_zero)) {
    return broken("vector", "the vector is all zero");
  }
  return kept("vector", std::to_string(vector->size()) + " dimensions");
}

class EmbeddingsProbe final : public Probe {
 public:
  const ProbeInfo& info() const override { return embeddings_info(); }

  Request request(const Target& target) const override {
    return post_json("/embeddings", {{"model", target.model}, {"input", "a"}});
  }

  Observation judge(const Target& target, const Exchange& exchange,
                    std::string_view) const override {
    const auto answer = open_answer(exchange);
    if (!answer) return failed_look(answer.error(), true);
    Observation seen;
    const Json* item = only_item(*answer);
    seen.rules = {judge_list_object(*answer), judge_data(*answer)};
    if (item != nullptr) seen.rules.push_back(judge_vector(*item));
    const Rule& last = seen.rules.back();
    const bool has_vector = item != nullptr && last.ok;
    const std::string size = last.detail;
    ServingFacts facts = served_as(target, answered_model(*answer));
    // What does not follow the contract and yet brings its vector is served.
    if (!has_vector) facts.look = Look::kFailing;
    facts.authority = true;
    seen.facts = std::move(facts);
    seen.usage = read_input_usage(member(&*answer, "usage"));
    remark_fields(&*answer, kAnswerFields, "", seen);
    remark_fields(item, kItemFields, "data[].", seen);
    conclude("embeddings", target.model, "embedded in " + size, seen);
    if (has_vector) {
      const auto dimensions = static_cast<double>(member(item, "embedding")->size());
      seen.readings.push_back({&kEmbeddingDimensions, {target.model}, dimensions});
    }
    return seen;
  }

  Billed most_billed(const Target&) const override { return {.prompt = 16}; }
  Billed usually_billed(const Target&) const override { return {.prompt = 3}; }
};

}  // namespace

ProbeType embeddings_probe() {
  return {embeddings_info(),
          [](const ProbeInputs&) { return std::make_unique<EmbeddingsProbe>(); }};
}

}  // namespace together
