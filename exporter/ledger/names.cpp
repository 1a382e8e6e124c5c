// Which model a name means.
#include "exporter/ledger/names.h"

#include <algorithm>
#include <numeric>

#include "exporter/core/text.h"

namespace together {
namespace {

constexpr std::size_t kComparedBytes = 200;
constexpr double kNear = 0.34;              ///< more than a third differs: another model
constexpr double kOrganizationPart = 0.02;  ///< so that of equal names the same organisation wins

std::string_view without_organization(std::string_view id) {
  const auto slash = id.rfind('/');
  return slash == std::string_view::npos ? id : id.substr(slash + 1);
}

/// How many letters must be put in, taken out, changed or swapped with their neighbour.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> two_up;
  std::vector<std::size_t> up(b.size() + 1);
  std::iota(up.begin(), up.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::vector<std::size_t> row(b.size() + 1);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({up[j] + 1, row[j - 1] + 1, up[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], two_up[j - 2] + 1);
      }
    }
    two_up = std::move(up);
    up = std::move(row);
  }
  return up.back();
}

/// The part of the longer text that differs.
double share(std::string_view a, std::string_view b) {
  const auto longer = std::max({a.size(), b.size(), std::size_t{1}});
  return static_cast<double>(distance(a, b)) / static_cast<double>(longer);
}

std::optional<std::string> only(const std::set<std::string>* ids) {
  return ids != nullptr && ids->size() == 1 ? std::optional(*ids->begin()) : std::nullopt;
}

}  // namespace

std::string slug(std::string_view name) {
  std::string text = lower_ascii(name);
  for (char& c : text) {
    const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80) != 0;
    if (!kept) c = '-';
  }
  return text;
}

bool is_revision(std::string_view a, std::string_view b) {
  const auto stem = [](std::string_view id) {
    auto end = id.size();
    while (end > 0 && id[end - 1] >= '0' && id[end - 1] <= '9') --end;
    const bool dated =
        id.size() - end >= 4 && end > 1 && (id[end - 1] == '-' || id[end - 1] == '@');
    return dated ? id.substr(0, end - 1) : id;
  };
  return !equals_ignoring_case(a, b) && equals_ignoring_case(stem(a), stem(b));
}

void Names::add(const std::string& id, std::string_view display_name) {
  ids_.insert(id);
  by_lower_[lower_ascii(id)].insert(id);
  by_slug_[slug(id)].insert(id);
  by_display_[slug(without_organization(id))].insert(id);
  if (!display_name.empty()) by_display_[slug(display_name)].insert(id);
}

std::optional<std::string> Names::resolve(const std::string& name, bool by_display_name) const {
  if (knows(name)) return name;
  const auto in = [](const Index& index, const std::string& key) {
    const auto found = index.find(key);
    return found == index.end() ? nullptr : &found->second;
  };
  if (const auto* same = in(by_lower_, lower_ascii(name))) return only(same);
  if (const auto* same = in(by_slug_, slug(name))) return only(same);
  if (!by_display_name || name.find('/') != std::string::npos) return std::nullopt;
  return only(in(by_display_, slug(name)));
}

std::vector<std::string> Names::nearest(std::string_view id, std::size_t most) const {
  const std::string asked = lower_ascii(id.substr(0, kComparedBytes));
  const std::string_view asked_name = without_organization(asked);
  std::vector<std::pair<double, std::string_view>> ranked;
  for (const auto& [lower, ids] : by_lower_) {
    const std::string_view whole = std::string_view(lower).substr(0, kComparedBytes);
    const std::string_view name = without_organization(whole);
    // The organisation is often the wrong part: what follows it counts by itself.
    const double far = std::min(share(asked, whole), kOrganizationPart + share(asked_name, name));
    if (far > kNear) continue;
    for (const auto& one : ids) {
      if (one != id) ranked.emplace_back(far, one);
    }
  }
  std::sort(ranked.begin(), ranked.end());
  std::vector<std::string> nearest;
  for (const auto& [far, one] : ranked) {
    if (nearest.size() == most) break;
    nearest.emplace_back(one);
  }
  return nearest;
}

}  // namespace together
