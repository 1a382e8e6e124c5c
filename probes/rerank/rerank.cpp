// The rerank probe: two documents put in order, the authority on rerank models.
#include "probes/rerank/rerank.h"

#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "probes/answer/rules.h"
#include "probes/answer/surface.h"
#include "probes/chat/chat.h"

namespace together {
namespace {

using Rule = Observation::Rule;

constexpr const char* kQuery = "What is the capital of France?";
constexpr std::array<const char*, 2> kDocuments{"Bananas are yellow.",
                                                "Paris is the capital of France."};
constexpr long long kFitting = 1;  ///< the document that answers the query
constexpr std::array<std::string_view, 6> kAnswerFields{"id",      "object",  "model",
                                                        "results", "created", "usage"};
constexpr std::array<std::string_view, 3> kResultFields{"index", "relevance_score", "document"};

const ProbeInfo& rerank_info() {
  static const ProbeInfo info = [] {
    ProbeInfo i;
    i.name = "rerank";
    i.help = "Ranks two documents: is the model there, and does the one that fits come first.";
    i.scope = Scope::kModel;
    i.modalities = {Modality::kRerank};
    i.paid = true;
    i.for_fallbacks = true;
    i.authority = true;
    i.interval = std::chrono::minutes(5);
    i.max_interval = std::chrono::hours(1);
    i.metrics = {&kSurfaceRuleOk, &kSurfaceViolations};
    return i;
  }();
  return info;
}

struct Result {
  std::optional<long long> index;
  double score = 0;
};

/// Two results with a score each; empty where they are not.
std::optional<std::array<Result, 2>> read_results(const Json& answer, std::string& fault) {
  const Json* results = member(&answer, "results");
  if (results == nullptr || !results->is_array()) {
    fault = "the answer has no array of results";
    return std::nullopt;
  }
  if (results->size() != kDocuments.size()) {
    fault = std::to_string(results->size()) + " results for two documents";
    return std::nullopt;
  }
  std::array<Result, 2> read;
  for (std::size_t i = 0; i < read.size(); ++i) {
    const Json* score = member(&results->at(i), "relevance_score");
    if (score == nullptr || !score->is_number()) {
      fault = "a result has no relevance_score";
      return std::nullopt;
    }
    read[i] = {count_of(member(&results->at(i), "index")), score->get<double>()};
  }
  return read;
}

/// By the scores and not by the place, so that an answer in another order breaks `order` alone.
Rule judge_relevance(const std::array<Result, 2>& results) {
  const Result& fitting = results[0].index == kFitting ? results[0] : results[1];
  const Result& other = results[0].index == kFitting ? results[1] : results[0];
  if (fitting.score > other.score) return kept("relevance", "the document that fits comes first");
  return broken("relevance", "the document that fits does not come first");
}

/// A rule that the answer gives nothing to judge by is left out.
std::vector<Rule> judge_results(const Json& answer) {
  std::string fault;
  const auto results = read_results(answer, fault);
  if (!results) return {broken("results", fault)};
  const auto& [first, second] = *results;
  std::vector<Rule> rules{kept("results", "two results with scores")};
  const bool named = (first.index == 0 && second.index == 1) ||  //
                     (first.index == 1 && second.index == 0);
  rules.push_back(named ? kept("index", "each document is named once")
                        : broken("index", "the results do not name each document once"));
  rules.push_back(first.score >= second.score ? kept("order", "the scores descend")
                                              : broken("order", "the scores do not descend"));
  if (named) rules.push_back(judge_relevance(*results));
  return rules;
}

class RerankProbe final : public Probe {
 public:
  const ProbeInfo& info() const override { return rerank_info(); }

  Request request(const Target& target) const override {
    return post_json("/rerank", {{"model", target.model},
                                 {"query", kQuery},
                                 {"documents", kDocuments},
                                 {"top_n", kDocuments.size()}});
  }

  Observation judge(const Target& target, const Exchange& exchange,
                    std::string_view) const override {
    const auto answer = open_answer(exchange);
    if (!answer) return failed_look(answer.error(), true);
    Observation seen;
    seen.rules = judge_results(*answer);
    ServingFacts facts = served_as(target, answered_model(*answer));
    // What does not follow the contract and yet ranks is served.
    if (!seen.rules.front().ok) facts.look = Look::kFailing;
    facts.authority = true;
    seen.facts = std::move(facts);
    seen.usage = read_input_usage(member(&*answer, "usage"));
    remark_fields(&*answer, kAnswerFields, "", seen);
    if (seen.rules.front().ok) {
      remark_fields(&member(&*answer, "results")->front(), kResultFields, "results[].", seen);
    }
    conclude("rerank", target.model, "ranked", seen);
    return seen;
  }

  /// The query counts once for each document.
  Billed most_billed(const Target&) const override { return {.prompt = 128}; }
  Billed usually_billed(const Target&) const override { return {.prompt = 30}; }
};

}  // namespace

ProbeType rerank_probe() {
  return {rerank_info(), [](const ProbeInputs&) { return std::make_unique<RerankProbe>(); }};
}

}  // namespace together
