// What a parser of retirement sources gives: every kind of source gives the same.
#pragma once

#include <string_view>
#include <vector>

#include "exporter/core/result.h"
#include "exporter/core/retirement.h"
#include "exporter/yaml/words.h"

namespace together {

struct RetirementRows {
  std::vector<Retirement> rows;
  std::vector<Redirect> redirects;
  int unreadable = 0;  ///< rows of a table that was understood, which name no model or no date
};

/// Errors of all parsers: one sentence that says what is missing. Total: any bytes.
using ParsedRows = Result<RetirementRows>;

/// Fit to become a model's name in a belief or a label. U+FFFD stands for bytes that were broken.
inline bool is_name(std::string_view text) {
  return fault_of_model_id(text).empty() && text.find("\xEF\xBF\xBD") == std::string_view::npos;
}

}  // namespace together
