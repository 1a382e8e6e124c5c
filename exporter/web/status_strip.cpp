// The last looks at a model as a strip of bars.
#include "exporter/web/status_strip.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

namespace together {
namespace {

constexpr std::size_t kCellWidth = 7;  ///< of which one is the gap
constexpr std::size_t kStripHeight = 16;

struct Bars {
  std::string_view css_class;
  std::size_t height;
};

/// Heights differ, so that the colour is not the only sign.
constexpr std::array<Bars, 3> kBars{{{"good", 8}, {"odd", 12}, {"bad", 16}}};

std::size_t kind_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::kOk: return 0;
    case Outcome::kRateLimited:
    case Outcome::kCallerError:
    case Outcome::kInternal: return 1;
    default: return 2;
  }
}

/// "Last 20 looks: 17 ok, 3 not_found; the newest not_found."
std::string in_words(const std::vector<Outcome>& outcomes) {
  std::map<Outcome, int> counts;
  for (const Outcome outcome : outcomes) ++counts[outcome];
  std::string out = "Last " + std::to_string(outcomes.size()) + " looks: ";
  const char* separator = "";
  for (const auto& [outcome, count] : counts) {
    out.append(separator).append(std::to_string(count)).append(" ").append(to_string(outcome));
    separator = ", ";
  }
  return out.append("; the newest ").append(to_string(outcomes.back())).append(".");
}

std::string bar(std::size_t index, std::size_t height) {
  return "M" + std::to_string(index * kCellWidth) + " " + std::to_string(kStripHeight - height) +
         "h6v" + std::to_string(height) + "h-6z";
}

}  // namespace

std::string look_strip(const std::vector<Outcome>& outcomes) {
  if (outcomes.empty()) return "";
  std::array<std::string, kBars.size()> paths;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    const std::size_t kind = kind_of(outcomes[i]);
    paths[kind] += bar(i, kBars[kind].height);
  }
  const std::string width = std::to_string(outcomes.size() * kCellWidth);
  const std::string height = std::to_string(kStripHeight);
  const std::string words = in_words(outcomes);
  std::string out = "<svg class=\"strip\" role=\"img\" width=\"" + width + "\" height=\"" + height +
                    "\" viewBox=\"0 0 " + width + " " + height + "\"><title>" + words + "</title>";
  for (std::size_t kind = 0; kind < kBars.size(); ++kind) {
    if (paths[kind].empty()) continue;
    out.append("<path class=\"").append(kBars[kind].css_class).append("\" d=\"");
    out += paths[kind] + "\"></path>";
  }
  return out + "</svg>";
}

}  // namespace together
