// What really happened, read from the recordings.
#include "tests/e2e/history_replay/past.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "exporter/core/text.h"

namespace together::history {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& file) {
  std::ifstream in(file);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

/// The cells of `| a | `b` | c |`, without their back quotes.
std::vector<std::string> cells(const std::string& line) {
  std::vector<std::string> cells;
  std::stringstream rest(line.substr(1));
  for (std::string cell; std::getline(rest, cell, '|');) {
    std::string text(trim(cell));
    std::erase(text, '`');
    cells.push_back(std::move(text));
  }
  return cells;
}

}  // namespace

Result<Past> read_past(const fs::path& folder) {
  Past past;
  std::string section;
  std::stringstream page(read(folder / "deprecations.md"));
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("#")) section = line.substr(line.find_first_not_of("# "));
    if (!line.starts_with("|") || line.starts_with("| :")) continue;
    const auto row = cells(line);
    if (row.size() < 2) continue;
    const auto date = parse_day(row[0]);
    if (section == "Inference" && date) past.removals.push_back({row[1], *date});
    if (section == "Active model redirects" && row[0] != "Original model") {
      past.redirects.emplace_back(row[0], row[1]);
    }
  }
  if (past.removals.empty())
    return fail("no removal row in " + (folder / "deprecations.md").string());
  for (const auto& file : fs::directory_iterator(folder)) {
    const std::string name = file.path().filename().string();
    if (!name.starts_with("models_") || file.path().extension() != ".json") continue;
    const auto date = parse_day(name.substr(7, 10));
    if (date) past.captures.push_back({*date, read(file.path())});
  }
  std::sort(past.captures.begin(), past.captures.end(),
            [](const Capture& a, const Capture& b) { return a.date < b.date; });
  if (past.captures.empty()) return fail("no recorded model list in " + folder.string());
  return past;
}

}  // namespace together::history
