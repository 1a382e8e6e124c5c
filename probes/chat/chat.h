// What the chat probes share: the question, and the parts of an answer that mean the same in both.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "exporter/core/facts.h"
#include "exporter/core/observation.h"
#include "exporter/core/probe.h"
#include "exporter/core/request.h"
#include "exporter/core/target.h"
#include "probes/json/read.h"

namespace together {

struct ChatQuestion {
  std::string_view model;
  std::string_view text;
  long long max_tokens = 1;
  bool stream = false;
};

/// POST /chat/completions. A stream also asks for its usage.
Request chat_request(const ChatQuestion& question);
Request chat_request(const nlohmann::ordered_json& body);

/// The most that `chat_request` bills for a question of a few words: chat templates add up to 80
/// prompt tokens (gpt-oss, recorded 2026-05-31), and reasoning engines overrun `max_tokens`.
Probe::Billed most_chat_bill(long long max_tokens);

/// What it usually bills: a chat template of some sixty tokens around the question (13 to 152 in
/// recorded answers), and every token that was asked for.
Probe::Billed usual_chat_bill(long long max_tokens);

/// Empty where there is no usage, where a count is no whole number, or where it is above ten
/// million: a budget must not be eaten by a slip of the engine.
std::optional<Usage> read_usage(const Json* usage);

/// The model an answer names, as one printable line; "" where it names none.
std::string answered_model(const Json& answer);

/// kServed, or kServedByOther where `served_model` is another model. Together's ids occur in two
/// spellings, so case does not count.
ServingFacts served_as(const Target& target, std::string served_model);

/// What an `error` member says, as one printable line.
std::string error_text(const Json& error);

}  // namespace together
