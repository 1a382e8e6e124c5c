// Which column of a table is which, and what a table is about.
#include "probes/retirements/columns.h"

#include <algorithm>
#include <array>

#include "exporter/core/text.h"

namespace together {
namespace {

constexpr std::array<std::string_view, 6> kEnds{"removal", "deprecation", "retirement",
                                                "retired", "shutdown",    "sunset"};
constexpr std::array<std::string_view, 4> kModels{"model name", "model id", "model family",
                                                  "model families"};
constexpr std::array<std::string_view, 4> kTuning{"fine-tun", "fine tun", "finetun", "微调"};
constexpr std::array<std::string_view, 3> kFamilies{"family", "families", "系列"};

template <class Words>
bool mentions_any(std::string_view text, const Words& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return mentions(text, word); });
}

bool is_end_date(std::string_view cell) {
  return mentions(cell, "date") && mentions_any(cell, kEnds);
}

bool is_model(std::string_view cell) {
  return equals_ignoring_case(cell, "model") || equals_ignoring_case(cell, "models") ||
         mentions_any(cell, kModels);
}

}  // namespace

bool mentions(std::string_view text, std::string_view words) {
  return lower_ascii(text).find(words) != std::string::npos;
}

Columns english_columns(const std::vector<std::string>& header) {
  Columns columns;
  std::optional<std::size_t> plain_date;
  const auto take = [](std::optional<std::size_t>& column, std::size_t index) {
    if (!column) column = index;
  };
  for (std::size_t i = 0; i < header.size(); ++i) {
    const std::string& cell = header[i];
    if (mentions(cell, "replacement")) {
      take(columns.replacement, i);
    } else if (is_end_date(cell)) {
      take(columns.date, i);
    } else if (equals_ignoring_case(cell, "date")) {
      take(plain_date, i);
    } else if (is_model(cell)) {
      take(columns.model, i);
    }
  }
  if (!columns.date) columns.date = plain_date;
  return columns;
}

std::optional<std::size_t> column_named(const std::vector<std::string>& header,
                                        std::string_view wanted) {
  const std::string start = lower_ascii(wanted);
  std::vector<std::size_t> begins;
  for (std::size_t i = 0; i < header.size(); ++i) {
    const std::string cell = lower_ascii(header[i]);
    if (cell == start) return i;
    if (cell.starts_with(start)) begins.push_back(i);
  }
  return begins.size() == 1 ? std::optional(begins.front()) : std::nullopt;
}

std::optional<std::size_t> column_with(const std::vector<std::string>& header,
                                       std::string_view words) {
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (mentions(header[i], words)) return i;
  }
  return std::nullopt;
}

Surface surface_of(const MarkdownTable& table, std::size_t model_column) {
  const std::string& header = table.header[model_column];
  const bool tuning =
      mentions_any(header, kFamilies) || mentions_any(header, kTuning) ||
      std::any_of(table.headings.begin(), table.headings.end(),
                  [](const std::string& heading) { return mentions_any(heading, kTuning); });
  return tuning ? Surface::kFineTuning : Surface::kInference;
}

bool is_under(const MarkdownTable& table, std::string_view words) {
  return std::any_of(table.headings.begin(), table.headings.end(),
                     [&](const std::string& heading) { return mentions(heading, words); });
}

}  // namespace together
