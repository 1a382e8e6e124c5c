// The deprecations page.
#include "simulator/deprecations.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

namespace together::simulator {
namespace {

struct Past {
  std::string_view date;
  std::string_view model;
  std::string_view last_column;
};

constexpr std::array<Past, 8> kInferenceHistory{
    {{"2026-09-15", "google/gemma-3-12b-it", "Yes"},
     {"2026-08-19", "moonshotai/Kimi-K2.6", "Yes"},
     {"2026-04-16", "Qwen/Qwen3-235B-A22B-Thinking-2507", "Yes"},
     {"2026-03-06", "Qwen/Qwen3-235B-A22B-Thinking-2507", "Yes"},
     {"2026-02-06", "Qwen/Qwen2.5-VL-72B-Instruct", "No"},
     {"2025-07-25", "arcee_ai/arcee-spotlight", "No"},
     {"2025-11-17", "Meta-Llama/Llama-Guard-7b", "Yes"},
     {"2025-06-16", "gryphe-mythomax-l2-13b", "No"}}};

constexpr std::array<Past, 3> kFineTuningHistory{
    {{"2026-07-29", "nvidia/NVIDIA-Nemotron-Nano-9B-v2", "`Qwen/Qwen3.5-9B`"},
     {"2026-07-29", "Qwen/Qwen2-72B-Instruct", ""},
     {"2026-07-29", "mistralai/Mistral-7B-Instruct-v0.3", "`Qwen/Qwen3.5-9B`"}}};

std::string code(std::string_view text) { return "`" + std::string(text) + "`"; }

std::string code_or_blank(std::string_view text) { return text.empty() ? "" : code(text); }

std::string row(std::string_view a, std::string_view b, std::string_view c) {
  std::string text = "| ";
  text.append(a).append(" | ").append(b).append(" | ").append(c).append(" |\n");
  return text;
}

/// The models that are announced for a surface, the first to go first.
std::vector<const ModelState*> announced(const World& world,
                                         const std::optional<Retirement> ModelState::*retirement) {
  std::vector<const ModelState*> going;
  for (const auto& state : world.models()) {
    if (state.*retirement) going.push_back(&state);
  }
  std::stable_sort(going.begin(), going.end(), [&](const ModelState* a, const ModelState* b) {
    return (a->*retirement)->date < (b->*retirement)->date;
  });
  return going;
}

/// "" where nothing is announced: the page of August 2026 had no such section.
std::string scheduled_section(const World& world) {
  const auto going = announced(world, &ModelState::retirement);
  if (going.empty()) return "";
  std::string text =
      "## Scheduled deprecations\n\n"
      "These models will leave serverless inference on the date shown.\n\n"
      "| Removal date | Model | Recommended replacement | Supported by on-demand dedicated "
      "endpoints |\n| :- | :- | :- | :- |\n";
  for (const auto* state : going) {
    const Retirement& retirement = *state->retirement;
    text += "| " + retirement.date + " | " + code(state->model.id) + " | " +
            code_or_blank(retirement.replacement) + " | " + (retirement.dedicated ? "Yes" : "No") +
            " |\n";
  }
  return text + "\n";
}

std::string redirects_section(const World& world) {
  std::string rows;
  for (const auto& state : world.models()) {
    if (!state.redirect_row) continue;
    rows += row(code(state.redirect_row->from), code(state.redirect_row->to),
                "Same lineage, upgraded version");
  }
  if (rows.empty()) return "";
  return "## Active model redirects\n\n| Original model | Redirects to | Notes |\n"
         "| :- | :- | :- |\n" +
         rows + "\n";
}

std::string history_table(const World& world) {
  std::string text =
      "| Removal date | Model | Supported by on-demand dedicated endpoints |\n| :- | :- | :- |\n";
  for (auto it = world.removals().rbegin(); it != world.removals().rend(); ++it) {
    text += row(it->date, code(it->model), it->dedicated ? "Yes" : "No");
  }
  for (const auto& past : kInferenceHistory)
    text += row(past.date, code(past.model), past.last_column);
  return text + row("**Notes on model support:**", "", "");
}

/// The real page has no section for what is still to come: dates ahead stand in the history.
std::string tuning_table(const World& world) {
  std::string text = "| Removal date | Model | Suggested replacement |\n| :- | :- | :- |\n";
  for (const auto* state : announced(world, &ModelState::tuning_retirement)) {
    const Retirement& retirement = *state->tuning_retirement;
    text += row(retirement.date, code(state->model.id), code_or_blank(retirement.replacement));
  }
  for (const auto& past : kFineTuningHistory) {
    text += row(past.date, code(past.model), past.last_column);
  }
  return text;
}

}  // namespace

std::string deprecations_page(const World& world) {
  std::string page =
      "# Deprecations\n\n"
      "> How long models stay, and which ones leave.\n\n"
      "## Model lifecycle policy\n\n"
      "Models move on. Redirects follow a **3-day notice**; other removals two or three "
      "weeks\\*.\n\n";
  page += redirects_section(world);
  page += scheduled_section(world);
  page +=
      "## Deprecation history\n\n### Inference\n\n"
      "The table below lists models that left serverless inference, most recent first.\n\n";
  page += history_table(world);
  page += "\n### Fine-tuning\n\n" + tuning_table(world);
  return page + "\n## Recommended actions\n\nTry the replacement before the date.\n";
}

}  // namespace together::simulator
