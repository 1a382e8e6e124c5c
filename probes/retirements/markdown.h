// Tables in Markdown, as GitHub and Mintlify write them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "exporter/core/result.h"

namespace together {

/// A table with what stands above it. Cells are plain text: no back quotes, emphasis, links or
/// backslash escapes, blanks trimmed. Cells and headings are cut at 1 KiB.
struct MarkdownTable {
  std::vector<std::string> headings;  ///< those it stands under, outermost first
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;  ///< each as wide as the header
};

/// Total: any bytes. A table in a fenced code block or a comment is none. Errors: more than 10,000
/// rows. Source: GitHub Flavored Markdown 4.10, and the recordings of 2025-11 to 2026-09.
Result<std::vector<MarkdownTable>> read_tables(std::string_view page);

}  // namespace together
