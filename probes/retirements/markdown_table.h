// Any Markdown page with a table of models and dates.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "probes/retirements/rows.h"

namespace together {

/// Every table that has a column of models and one of dates. `columns`: header cells for the keys
/// model, date and replacement, for pages that are not in English; a key that is left out is found
/// by English words. Model families, and what stands under a heading on fine-tuning, are about
/// fine-tuning. Errors: no such table, no row in any, or no date that can be read.
/// Source: Databricks' page of retired models, early 2025: two tables, one of each surface.
ParsedRows read_markdown_table(std::string_view page,
                               const std::map<std::string, std::string>& columns);

}  // namespace together
