// The rules of the streaming contract, judged one by one.
#include "probes/stream/rules.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "exporter/core/text.h"

namespace together {
namespace {

using Rule = Observation::Rule;

constexpr std::array<std::string_view, 6> kFinishReasons{"stop", "tool_calls",    "length",
                                                         "eos",  "function_call", "content_filter"};

Rule kept(std::string name, std::string detail) {
  return {std::move(name), true, std::move(detail)};
}
Rule broken(std::string name, std::string detail) {
  return {std::move(name), false, std::move(detail)};
}
Rule by_fault(std::string name, const std::optional<std::string>& fault, std::string good) {
  return fault ? broken(std::move(name), *fault) : kept(std::move(name), std::move(good));
}

std::string join(const std::vector<std::string>& words, std::size_t most) {
  std::string text;
  for (std::size_t i = 0; i < std::min(words.size(), most); ++i) {
    text += (i == 0 ? "" : ", ") + words[i];
  }
  if (words.size() > most) text += " and " + std::to_string(words.size() - most) + " more";
  return text;
}

bool is_event_stream(std::string_view content_type) {
  const std::string_view media_type = trim(content_type.substr(0, content_type.find(';')));
  return equals_ignoring_case(media_type, "text/event-stream");
}

Rule judge_content_type(const Exchange& exchange) {
  const auto type = exchange.header("content-type");
  if (!type) return broken("content_type", "the answer has no content-type");
  const std::string shown = one_line(*type, 100);
  if (is_event_stream(*type)) return kept("content_type", shown);
  return broken("content_type", "the content-type is " + shown);
}

Rule judge_framing(const StreamReading& reading) {
  if (reading.oversized_events > 0) return broken("framing", "an event is larger than 256 KiB");
  if (reading.partial_event) return broken("framing", "the stream ends inside an event");
  if (reading.events == 0) return broken("framing", "the stream holds no event");
  return kept("framing", std::to_string(reading.events) + " complete events");
}

Rule judge_finish_reason(const StreamReading& reading) {
  if (reading.finish_reasons.empty()) return broken("finish_reason", "no finish_reason came");
  for (const std::string& reason : reading.finish_reasons) {
    if (!is_known_finish_reason(reason)) {
      return broken("finish_reason", "finish_reason is " + reason);
    }
  }
  return kept("finish_reason", "finish_reason " + join(reading.finish_reasons, 4));
}

Rule judge_done(const StreamReading& reading) {
  if (reading.done_events == 0) return broken("done_once_and_last", "no [DONE] came");
  if (reading.done_events > 1) {
    return broken("done_once_and_last",
                  "[DONE] came " + std::to_string(reading.done_events) + " times");
  }
  if (reading.event_after_done) return broken("done_once_and_last", "an event follows [DONE]");
  return kept("done_once_and_last", "[DONE] came once and last");
}

Rule judge_truncation(const Exchange& exchange, const StreamReading& reading) {
  if (exchange.error != TransportError::kNone) {
    return broken("not_truncated",
                  "the transport ended early: " + std::string(to_string(exchange.error)));
  }
  if (reading.done_events == 0 && reading.finish_reasons.empty()) {
    return broken("not_truncated", "the stream ends without finish_reason and without [DONE]");
  }
  return kept("not_truncated", "the stream came to its end");
}

Rule judge_usage(const StreamReading& reading) {
  const std::string good =
      reading.usage ? std::to_string(reading.usage->prompt_tokens) + " prompt and " +
                          std::to_string(reading.usage->completion_tokens) + " completion tokens"
                    : "no usage came, which is allowed";
  return by_fault("usage_plausible", reading.usage_fault, good);
}

Rule judge_fields(const StreamReading& reading) {
  if (reading.unknown_fields.empty()) return kept("known_fields", "every field is known");
  return broken("known_fields", "unknown: " + join(reading.unknown_fields, 5));
}

}  // namespace

std::vector<Rule> judge_rules(const Exchange& exchange, const StreamReading& reading) {
  std::vector<Rule> rules;
  const std::string status = "HTTP " + std::to_string(exchange.status);
  if (exchange.status != 200) return {broken("status", status)};
  rules.push_back(kept("status", status));
  rules.push_back(judge_content_type(exchange));
  if (!rules.back().ok && reading.events == 0) return rules;
  rules.push_back(judge_framing(reading));
  rules.push_back(by_fault("json", reading.json_fault, "every event is a JSON object"));
  rules.push_back(
      by_fault("object", reading.shape_fault, "every chunk is a chat.completion.chunk"));
  rules.push_back(judge_finish_reason(reading));
  rules.push_back(judge_done(reading));
  rules.push_back(by_fault("no_error", reading.error, "no error inside the stream"));
  rules.push_back(judge_truncation(exchange, reading));
  rules.push_back(judge_usage(reading));
  rules.push_back(judge_fields(reading));
  return rules;
}

bool is_broken(const std::vector<Rule>& rules, std::string_view name) {
  return std::any_of(rules.begin(), rules.end(),
                     [&](const Rule& rule) { return rule.name == name && !rule.ok; });
}

bool is_known_finish_reason(std::string_view reason) {
  return std::find(kFinishReasons.begin(), kFinishReasons.end(), reason) != kFinishReasons.end();
}

}  // namespace together
