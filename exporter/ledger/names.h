// Which model a name means: sources write ids, slugs, other cases and display names.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace together {

/// Lower case, with everything but letters and digits as '-': `Gryphe/MythoMax-L2-13b` is
/// `gryphe-mythomax-l2-13b`, as older retirement rows write it.
std::string slug(std::string_view name);

/// Whether the two name the same model but for a date or version number at the end, as
/// `a/b` and `a/b-030424`.
bool is_revision(std::string_view a, std::string_view b);

/// Every id that is known from somewhere.
class Names {
 public:
  /// `display_name` may be "".
  void add(const std::string& id, std::string_view display_name);

  bool knows(const std::string& id) const { return ids_.contains(id); }
  const std::set<std::string>& ids() const { return ids_; }

  /// The known id that `name` stands for: the same, else the only one that differs in case, else
  /// the only one with the same slug; a name without an organisation also as the only display
  /// name or name without organisation, where `by_display_name`. Empty where none or several fit.
  std::optional<std::string> resolve(const std::string& name, bool by_display_name) const;

  /// At most `most` known ids that look like `id`, the likest first. Empty where none is near.
  std::vector<std::string> nearest(std::string_view id, std::size_t most) const;

 private:
  using Index = std::map<std::string, std::set<std::string>, std::less<>>;
  std::set<std::string> ids_;
  Index by_lower_;
  Index by_slug_;
  Index by_display_;  ///< slugs of display names and of names without organisation
};

}  // namespace together
