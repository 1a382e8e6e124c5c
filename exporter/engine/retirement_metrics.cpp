// Metrics of retirements.
#include "exporter/engine/retirement_metrics.h"

#include <algorithm>
#include <set>

#include "exporter/engine/comparison.h"

namespace together {
namespace {

using enum MetricType;

constexpr MetricDef kRetirement{
    "together_model_retirement_timestamp_seconds",
    kGauge,
    "The day on which the source lets the model go (00:00 UTC), ahead or past. Of several rows the "
    "latest counts. A date alone changes no state: pages are wrong by weeks.",
    {"model", "surface", "source"},
    {}};
constexpr MetricDef kAnnounced{"together_model_retirement_announced_timestamp_seconds",
                               kGauge,
                               "When this exporter first saw the source name the retirement; "
                               "survives restarts and moved dates.",
                               {"model", "surface", "source"},
                               {}};
constexpr MetricDef kReplacementInfo{
    "together_model_replacement_info",
    kGauge,
    "A model that is named as taking this one's place on inference, and by whom: a retirement "
    "source, "
    "`redirect` (announced or observed) or `migration` (configured).",
    {"model", "replacement", "source"},
    {}};
constexpr MetricDef kReplacementAvailable{
    "together_model_replacement_available",
    kGauge,
    "Whether the replacement is available. Absent: not known.",
    {"model", "replacement"},
    {}};
constexpr MetricDef kReplacementRatio{"together_model_replacement_price_ratio",
                                      kGauge,
                                      "Price per token of the replacement over that of the model.",
                                      {"model", "replacement", "direction"},
                                      {}};
constexpr MetricDef kContextRatio{
    "together_model_replacement_context_length_ratio",
    kGauge,
    "Context length of the replacement over that of the model, as listed.",
    {"model", "replacement"},
    {}};
constexpr MetricDef kSuccessor{
    "together_model_successor_info",
    kGauge,
    "The nearest model along the chain of replacements that is proven available; `hops` is 1 for a "
    "direct replacement. Absent: there is none.",
    {"model", "successor", "hops"},
    {}};
constexpr MetricDef kFineTuningReplacement{"together_model_fine_tuning_replacement_info",
                                           kGauge,
                                           "The base model that a source names for fine-tuning in "
                                           "this one's place.",
                                           {"model", "replacement", "source"},
                                           {}};
constexpr MetricDef kRedirect{"together_model_redirect_info",
                              kGauge,
                              "Another model answers for this one: `announced` by a source, "
                              "`observed` in an answer, or both.",
                              {"model", "to", "evidence"},
                              {}};
constexpr MetricDef kRedirectRatio{"together_model_redirect_price_ratio",
                                   kGauge,
                                   "Price per token of the model that answers over that of the "
                                   "model that is asked for. Together's "
                                   "own policy for redirects is 1.1 at most.",
                                   {"model", "to", "direction"},
                                   {}};

constexpr MetricDef kSourceUp{
    "together_retirement_source_up",
    kGauge,
    "Whether the last look at the source gave rows that can be believed. Where not, its last good "
    "answer stays.",
    {"source"},
    {}};
constexpr MetricDef kSourceRows{"together_retirement_source_rows",
                                kGauge,
                                "Retirement rows in the source's last good answer.",
                                {"source"},
                                {}};
constexpr MetricDef kSourceRedirects{"together_retirement_source_redirects",
                                     kGauge,
                                     "Redirect rows in the source's last good answer.",
                                     {"source"},
                                     {}};
constexpr MetricDef kSourceFirst{"together_retirement_source_first_success_timestamp_seconds",
                                 kGauge,
                                 "When this exporter first believed an answer of the source; "
                                 "survives restarts. What it announced "
                                 "then may have been on the page for long.",
                                 {"source"},
                                 {}};
constexpr MetricDef kSourceSuccess{"together_retirement_source_last_success_timestamp_seconds",
                                   kGauge,
                                   "When the source last gave an answer that was believed.",
                                   {"source"},
                                   {}};

double flag(bool b) { return b ? 1 : 0; }

void collect_redirects(const Ledger& ledger, const ModelBelief& model, SampleSink& sink) {
  std::set<std::string> announced;
  for (const auto& redirect : model.redirects) announced.insert(redirect.to);
  const std::string observed = model.state == ModelState::kRedirected
                                   ? ledger.names()
                                         .resolve(model.looks.served_model, false)
                                         .value_or(model.looks.served_model)
                                   : "";
  for (const auto& to : announced) {
    sink.add(kRedirect, {model.watched.id, to, to == observed ? "both" : "announced"}, 1);
  }
  if (!observed.empty() && !announced.contains(observed)) {
    sink.add(kRedirect, {model.watched.id, observed, "observed"}, 1);
  }
  for (const auto& to : ledger.redirected_to(model)) {
    for (std::size_t i = 0; i < kDirections.size(); ++i) {
      if (const auto ratio = ledger.price_ratio(model.watched.id, to, i)) {
        sink.add(kRedirectRatio, {model.watched.id, to, kDirections[i]}, *ratio);
      }
    }
  }
}

}  // namespace

void collect_retirements(const Ledger& ledger, const std::string& id, SampleSink& sink) {
  const auto found = ledger.announcements().notices.find(id);
  if (found == ledger.announcements().notices.end()) return;
  for (const auto& notice : found->second) {
    const std::string_view surface = to_string(notice.surface);
    if (notice.date) {
      sink.add(kRetirement, {id, surface, notice.source}, to_unix_seconds(*notice.date));
      sink.add(kAnnounced, {id, surface, notice.source}, to_unix_seconds(notice.announced));
    }
    if (notice.surface == Surface::kFineTuning && !notice.replacement.empty()) {
      sink.add(kFineTuningReplacement, {id, notice.replacement, notice.source}, 1);
    }
  }
}

void collect_replacements(const Ledger& ledger, const ModelBelief& model, SampleSink& sink) {
  const std::string& id = model.watched.id;
  std::set<std::string> compared;
  for (const auto& [other, source] : ledger.replacements(id)) {
    sink.add(kReplacementInfo, {id, other, source}, 1);
    if (!compared.insert(other).second) continue;  // several may name the same
    const auto watched = ledger.models().find(other);
    if (watched != ledger.models().end() && watched->second.state != ModelState::kUnknown) {
      sink.add(kReplacementAvailable, {id, other},
               flag(watched->second.state == ModelState::kAvailable));
    }
    for (std::size_t i = 0; i < kDirections.size(); ++i) {
      if (const auto ratio = ledger.price_ratio(id, other, i)) {
        sink.add(kReplacementRatio, {id, other, kDirections[i]}, *ratio);
      }
    }
    if (const auto ratio = context_length_ratio(ledger, id, other)) {
      sink.add(kContextRatio, {id, other}, *ratio);
    }
  }
  if (const auto successor = ledger.successor(id)) {
    sink.add(kSuccessor, {id, successor->id, std::to_string(successor->hops)}, 1);
  }
  collect_redirects(ledger, model, sink);
}

void collect_sources(const Ledger& ledger, SampleSink& sink) {
  for (const auto& [name, source] : ledger.retirements().sources()) {
    if (source.up) sink.add(kSourceUp, {name}, flag(*source.up));
    if (!source.last_success) continue;
    sink.add(kSourceRows, {name}, static_cast<double>(source.rows.size()));
    sink.add(kSourceRedirects, {name}, static_cast<double>(source.redirects.size()));
    if (source.first_success)
      sink.add(kSourceFirst, {name}, to_unix_seconds(*source.first_success));
    sink.add(kSourceSuccess, {name}, to_unix_seconds(*source.last_success));
  }
}

std::vector<const MetricDef*> retirement_metrics() {
  return {&kRetirement,       &kAnnounced,     &kReplacementInfo, &kReplacementAvailable,
          &kReplacementRatio, &kContextRatio,  &kSuccessor,       &kFineTuningReplacement,
          &kRedirect,         &kRedirectRatio, &kSourceUp,        &kSourceRows,
          &kSourceRedirects,  &kSourceFirst,   &kSourceSuccess};
}

}  // namespace together
