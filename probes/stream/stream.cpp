// The stream probe: a streamed chat answer, judged rule by rule and timed token by token.
#include "probes/stream/stream.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

#include "probes/api_error/verdict.h"
#include "probes/chat/chat.h"
#include "probes/chat/gateway_times.h"
#include "probes/stream/clocks.h"
#include "probes/stream/metrics.h"
#include "probes/stream/reading.h"
#include "probes/stream/rules.h"

namespace together {
namespace {

const ProbeInfo& stream_info() {
  static const ProbeInfo info = [] {
    ProbeInfo i;
    i.name = "stream";
    i.help = "Streams a short answer: does it keep the contract, and how fast do tokens come.";
    i.scope = Scope::kModel;
    i.modalities = {Modality::kChat, Modality::kLanguage, Modality::kCode, Modality::kUnknown};
    i.paid = true;
    i.interval = std::chrono::minutes(15);
    i.max_interval = std::chrono::hours(6);
    i.settings = {{"max_tokens", 16LL, "Tokens to ask for; more of them time better.", 1, 2048}};
    i.metrics = {&kStreamRuleOk,        &kStreamViolations, &kStreamFinishReasons,
                 &kStreamUnknownEvents, &kStreamFirstByte,  &kStreamFirstEvent,
                 &kStreamFirstToken,    &kStreamTokenGap,   &kStreamOutputRate,
                 &kGatewayTime,         &kEngineTime};
    return i;
  }();
  return info;
}

std::string summarize(const StreamReading& reading) {
  std::string text = std::to_string(reading.events) + " events, " +
                     std::to_string(reading.tokens.size()) + " with tokens";
  if (!reading.finish_reasons.empty()) text += ", finish_reason " + reading.finish_reasons.back();
  return text;
}

const std::string& detail_of(const std::vector<Observation::Rule>& rules, std::string_view name) {
  static const std::string none;
  for (const auto& rule : rules) {
    if (rule.name == name) return rule.detail;
  }
  return none;
}

/// Requires: status 200, and not cancelled.
ApiVerdict judge_stream(const Exchange& exchange, const StreamReading& reading,
                        const std::vector<Observation::Rule>& rules) {
  if (reading.error) return {Outcome::kInBandError, Look::kFailing, *reading.error};
  if (exchange.error != TransportError::kNone) return judge_failure(exchange);
  if (is_broken(rules, "not_truncated")) {
    return {Outcome::kTruncated, Look::kFailing, detail_of(rules, "not_truncated")};
  }
  for (const std::string_view name : {"content_type", "framing", "json", "object"}) {
    if (is_broken(rules, name)) {
      return {Outcome::kBadResponse, Look::kFailing, detail_of(rules, name)};
    }
  }
  // A [DONE] that never came after a finish_reason costs a client nothing.
  if (reading.done_events > 0 && is_broken(rules, "done_once_and_last")) {
    return {Outcome::kBadResponse, Look::kFailing, detail_of(rules, "done_once_and_last")};
  }
  return {Outcome::kOk, Look::kServed, summarize(reading)};
}

void add_rule_readings(const std::string& model, Observation& seen) {
  for (const auto& rule : seen.rules) {
    seen.readings.push_back({&kStreamRuleOk, {model, rule.name}, rule.ok ? 1.0 : 0.0});
    seen.readings.push_back({&kStreamViolations, {model, rule.name}, rule.ok ? 0.0 : 1.0});
  }
}

bool is_named_finish_reason(const std::string& reason) {
  return is_known_finish_reason(reason) || reason == "error";
}

void add_counts(const std::string& model, const StreamReading& reading, Observation& seen) {
  for (const std::string& reason : reading.finish_reasons) {
    const std::string name = is_named_finish_reason(reason) ? reason : "other";
    seen.readings.push_back({&kStreamFinishReasons, {model, name}, 1});
  }
  seen.readings.push_back(
      {&kStreamUnknownEvents, {model}, static_cast<double>(reading.unknown_events)});
}

void add_clocks(const std::string& model, const Exchange& exchange, const StreamReading& reading,
                Observation& seen) {
  for (Reading& time : gateway_times(model, exchange)) seen.readings.push_back(std::move(time));
  for (Reading& clock : read_clocks(model, exchange, reading)) {
    seen.readings.push_back(std::move(clock));
  }
}

/// What the stream holds that nobody documents, each once.
std::vector<Remark> remarks_on(const StreamReading& reading) {
  constexpr std::size_t kMostRemarks = 8;
  std::vector<Remark> remarks;
  const auto add = [&](const char* kind, const std::string& text) {
    const bool told = std::any_of(remarks.begin(), remarks.end(), [&](const Remark& remark) {
      return remark.kind == kind && remark.text == text;
    });
    if (!told && remarks.size() < kMostRemarks) remarks.push_back({kind, text});
  };
  for (const std::string& type : reading.unknown_types) add("event_type", type);
  for (const std::string& reason : reading.finish_reasons) {
    if (!is_named_finish_reason(reason)) add("finish_reason", reason);
  }
  for (const std::string& field : reading.unknown_fields) add("field", field);
  return remarks;
}

void set_verdict(ApiVerdict verdict, ServingFacts facts, Observation& seen) {
  seen.outcome = verdict.outcome;
  seen.detail = std::move(verdict.detail);
  seen.facts = std::move(facts);
}

class StreamProbe final : public Probe {
 public:
  explicit StreamProbe(const Settings& settings) : max_tokens_(settings.number("max_tokens")) {}

  const ProbeInfo& info() const override { return stream_info(); }

  Request request(const Target& target) const override {
    return chat_request({.model = target.model,
                         .text = "Count from one to fifty in words.",
                         .max_tokens = max_tokens_,
                         .stream = true});
  }

  Observation judge(const Target& target, const Exchange& exchange,
                    std::string_view) const override {
    Observation seen;
    if (exchange.status != 200 || exchange.error == TransportError::kCancelled) {
      const ApiVerdict verdict = judge_failure(exchange);
      // A refusal that says nothing against the model says nothing about its stream either.
      const bool against_model = verdict.look != Look::kNothing &&
                                 verdict.look != Look::kThrottled && verdict.look != Look::kServed;
      if (exchange.status != 0 && against_model) seen.rules = judge_rules(exchange, {});
      add_rule_readings(target.model, seen);
      set_verdict(verdict, {.look = verdict.look, .served_model = ""}, seen);
      return seen;
    }
    const StreamReading reading = read_stream(exchange.body, max_tokens_);
    seen.rules = judge_rules(exchange, reading);
    add_rule_readings(target.model, seen);
    add_counts(target.model, reading, seen);
    add_clocks(target.model, exchange, reading, seen);
    seen.remarks = remarks_on(reading);
    seen.usage = reading.usage;
    ApiVerdict verdict = judge_stream(exchange, reading, seen.rules);
    ServingFacts facts{.look = verdict.look, .served_model = reading.model};
    if (verdict.outcome == Outcome::kOk) facts = served_as(target, reading.model);
    set_verdict(std::move(verdict), std::move(facts), seen);
    return seen;
  }

  Billed most_billed(const Target&) const override { return most_chat_bill(max_tokens_); }
  Billed usually_billed(const Target&) const override { return usual_chat_bill(max_tokens_); }

 private:
  long long max_tokens_;
};

}  // namespace

ProbeType stream_probe() {
  return {stream_info(),
          [](const ProbeInputs& inputs) { return std::make_unique<StreamProbe>(inputs.settings); }};
}

}  // namespace together
