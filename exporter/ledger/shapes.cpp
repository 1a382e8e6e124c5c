// The shapes of surfaces.
#include "exporter/ledger/shapes.h"

#include <algorithm>
#include <iterator>

namespace together {
namespace {

/// The place that `path` stands in: "a.b" for "a.b.c", "a" for "a[]"; "" for the whole answer.
std::string parent_of(const std::string& path) {
  if (path.ends_with("[]")) return path.substr(0, path.size() - 2);
  const std::size_t dot = path.rfind('.');
  const std::size_t items = path.rfind("[]");
  if (dot == std::string::npos && items == std::string::npos) return "";
  if (items != std::string::npos && (dot == std::string::npos || items > dot)) {
    return path.substr(0, items + 2);
  }
  return path.substr(0, dot);
}

using Paths = std::set<ShapePath>;

bool has_place(const Paths& paths, const std::string& path) {
  const auto found = paths.lower_bound({path, ""});
  return found != paths.end() && found->path == path;
}

/// Whether anything could stand at `path`: its array had items, its parent was more than null.
bool was_open(const Paths& paths, const std::string& path) {
  for (std::string at = path; !at.empty();) {
    const std::string above = parent_of(at);
    if (at.ends_with("[]") && !has_place(paths, at)) return false;
    if (has_place(paths, above) && !has_place(paths, at)) {
      return !(paths.contains({above, "null"}) && !paths.contains({above, "object"}));
    }
    at = above;
  }
  return true;
}

std::string shown(const std::string& path) { return path.empty() ? "the whole answer" : path; }

/// "null" only where nothing else stood there.
std::string type_at(const Paths& paths, const std::string& path) {
  std::string type;
  for (auto at = paths.lower_bound({path, ""}); at != paths.end() && at->path == path; ++at) {
    if (type.empty() || type == "null") type = at->type;
  }
  return type;
}

/// Topmost paths only: what comes or goes with its parent need not be named.
bool is_topmost(const ShapePath& one, const Paths& among) {
  const std::string above = parent_of(one.path);
  return one.path.empty() || !has_place(among, above);
}

}  // namespace

std::optional<ShapeChange> SurfaceShapes::fold(const ShapeFacts& facts, WallTime at,
                                               Duration learning) {
  const Paths now(facts.paths.begin(), facts.paths.end());
  const bool first = state_.shapes.empty();
  if (first) {
    state_.first_seen = at;
    state_.ever = state_.always = now;
  }
  ++state_.answers;
  state_.fingerprint = facts.fingerprint;
  if (state_.shapes.contains(facts.fingerprint)) return std::nullopt;
  if (state_.ever.size() > kMostPaths) return std::nullopt;  // its keys are data, not structure

  Paths came;
  Paths went;
  for (const ShapePath& path : now) {
    if (!state_.ever.contains(path) && was_open(state_.ever, path.path)) came.insert(path);
  }
  for (const ShapePath& path : state_.always) {
    if (!now.contains(path) && was_open(now, path.path)) went.insert(path);
  }
  // A value that is null today, or was always null, has no type to compare.
  std::erase_if(
      came, [&](const ShapePath& p) { return p.type == "null" && has_place(state_.ever, p.path); });
  std::erase_if(
      came, [&](const ShapePath& p) { return type_at(state_.ever, p.path) == "null" && !first; });
  std::erase_if(went, [&](const ShapePath& p) {
    return type_at(now, p.path) == "null" || (p.type == "null" && has_place(now, p.path));
  });

  const bool is_learning = at - state_.first_seen < learning || state_.answers <= kAnswersToLearn;
  const bool is_new = !first && !is_learning && (!came.empty() || !went.empty());
  if (state_.shapes.size() >= kMostShapes) {
    state_.shapes.erase(
        std::min_element(state_.shapes.begin(), state_.shapes.end(),
                         [](const auto& a, const auto& b) { return a.second < b.second; }));
  }
  state_.shapes[facts.fingerprint] = is_new ? at : WallTime{};
  Paths common;
  std::set_intersection(state_.always.begin(), state_.always.end(), now.begin(), now.end(),
                        std::inserter(common, common.end()));
  const Paths before = state_.ever;
  state_.always = std::move(common);
  state_.ever.insert(now.begin(), now.end());
  if (!is_new) return std::nullopt;

  ShapeChange change;
  for (const ShapePath& path : came) {
    if (has_place(before, path.path)) {
      change.retyped.push_back(shown(path.path) + ": " + path.type + ", was " +
                               type_at(before, path.path));
    } else if (is_topmost(path, came)) {
      change.came.push_back(shown(path.path) + " " + path.type);
    }
  }
  for (const ShapePath& path : went) {
    if (!has_place(now, path.path) && is_topmost(path, went)) {
      change.went.push_back(shown(path.path) + " " + path.type);
    }
  }
  ++changes_;
  return change;
}

bool SurfaceShapes::known(WallTime now, Duration learning) const {
  const auto found = state_.shapes.find(state_.fingerprint);
  if (found == state_.shapes.end() || found->second == WallTime{}) return true;
  return now - found->second >= learning;
}

}  // namespace together
