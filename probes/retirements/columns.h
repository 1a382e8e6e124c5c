// Which column of a table is which, and what a table is about.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exporter/core/retirement.h"
#include "probes/retirements/markdown.h"

namespace together {

/// Indices into a table's header.
struct Columns {
  std::optional<std::size_t> model;
  std::optional<std::size_t> date;
  std::optional<std::size_t> replacement;
};

/// By English words, without case: "Model", "Model family"; "Removal date", "Planned Deprecation
/// Date", "Date", but not "Release date"; "Recommended replacement".
Columns english_columns(const std::vector<std::string>& header);

/// The column whose header is `wanted`, else the only one that begins with it; without ASCII case.
std::optional<std::size_t> column_named(const std::vector<std::string>& header,
                                        std::string_view wanted);

/// The first column whose header mentions `words`.
std::optional<std::size_t> column_with(const std::vector<std::string>& header,
                                       std::string_view words);

/// Fine-tuning where a heading above or the header of the model column says so, or where the
/// models are families; else inference.
Surface surface_of(const MarkdownTable& table, std::size_t model_column);

/// Whether one of the headings above mentions `words`.
bool is_under(const MarkdownTable& table, std::string_view words);

/// Whether `words`, in lower case, occur in `text`; without ASCII case.
bool mentions(std::string_view text, std::string_view words);

}  // namespace together
