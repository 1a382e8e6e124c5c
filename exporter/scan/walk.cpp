// Finds the files of a source tree.
#include "exporter/scan/walk.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "exporter/core/text.h"
#include "exporter/scan/text_file.h"

namespace together {
namespace {

namespace fs = std::filesystem;

std::string join(std::string folder, const std::string& name) {
  if (!folder.ends_with('/')) folder += '/';
  return folder += name;
}

class Walk {
 public:
  Walk(const OnFile& on_file, const OnWarning& on_warning)
      : on_file_(on_file), on_warning_(on_warning) {}

  void list(const std::string& shown, const std::string& real, IgnoreRules& rules) {
    for (const auto& [name, is_directory] : entries(shown)) {
      if (rules.ignores(name, is_directory)) continue;
      const std::string shown_entry = join(shown, name);
      const std::string real_entry = join(real, name);
      if (!is_directory) {
        on_file_(shown_entry, real_entry);
      } else if (is_repository(shown_entry)) {
        // A submodule: the rules of the repository around it end here.
        IgnoreRules own(real_entry, on_warning_);
        list(shown_entry, real_entry, own);
      } else {
        rules.enter(name);
        list(shown_entry, real_entry, rules);
        rules.leave();
      }
    }
  }

  void warn(const std::string& shown, const std::error_code& error) {
    on_warning_(one_line(shown, kMaxShownPathBytes) + ": " + error.message());
  }

 private:
  struct Entry {
    std::string name;
    bool is_directory = false;
  };

  std::vector<Entry> entries(const std::string& shown) {
    std::vector<Entry> found;
    std::error_code error;
    for (fs::directory_iterator at(shown, error), end; !error && at != end; at.increment(error)) {
      Entry entry{at->path().filename().string(), false};
      if (entry.name == ".git") continue;
      std::error_code gone;  // an entry that vanished meanwhile is of no kind, and left out
      if (at->is_symlink(gone)) continue;
      entry.is_directory = at->is_directory(gone);
      if (entry.is_directory || at->is_regular_file(gone)) found.push_back(std::move(entry));
    }
    if (error) warn(shown, error);
    // As whole paths sort: a folder counts with its slash.
    const auto key = [](const Entry& e) { return e.is_directory ? e.name + '/' : e.name; };
    std::sort(found.begin(), found.end(),
              [&](const Entry& a, const Entry& b) { return key(a) < key(b); });
    return found;
  }

  const OnFile& on_file_;
  const OnWarning& on_warning_;
};

}  // namespace

void walk(const std::string& given, const OnFile& on_file, const OnWarning& on_warning) {
  Walk walk(on_file, on_warning);
  std::error_code error;
  const auto status = fs::status(given, error);
  if (error) return walk.warn(given, error);
  const auto real = fs::canonical(given, error);
  if (error) return walk.warn(given, error);
  if (fs::is_directory(status)) {
    IgnoreRules rules(real, on_warning);
    walk.list(given, real.string(), rules);
  } else {
    on_file(given, real.string());
  }
}

}  // namespace together
