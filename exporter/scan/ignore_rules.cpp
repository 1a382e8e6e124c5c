// What git ignores in a folder and in those below it.
#include "exporter/scan/ignore_rules.h"

#include <utility>

#include "exporter/core/text.h"
#include "exporter/scan/text_file.h"

namespace together {
namespace {

namespace fs = std::filesystem;

/// What the first line of a small file says behind `key`; empty where it does not begin so.
std::optional<fs::path> pointed_to(const fs::path& file, std::string_view key) {
  std::error_code ignored;
  if (!fs::is_regular_file(file, ignored)) return std::nullopt;
  const auto text = read_bytes(file.string());
  if (!text || !text->starts_with(key)) return std::nullopt;
  const auto line = std::string_view(*text).substr(key.size());
  return file.parent_path() / trim(line.substr(0, line.find('\n')));
}

/// Where the repository keeps what its worktrees share.
fs::path git_folder(const fs::path& root) {
  const fs::path own = pointed_to(root / ".git", "gitdir:").value_or(root / ".git");
  return pointed_to(own / "commondir", "").value_or(own);
}

}  // namespace

bool is_repository(const fs::path& folder) {
  std::error_code ignored;
  return fs::is_regular_file(folder / ".git/HEAD", ignored) ||
         pointed_to(folder / ".git", "gitdir:").has_value();
}

IgnoreRules::IgnoreRules(const fs::path& folder, OnWarning on_warning)
    : on_warning_(std::move(on_warning)), root_(folder) {
  while (!is_repository(root_) && root_ != root_.parent_path()) root_ = root_.parent_path();
  if (!is_repository(root_)) root_ = folder;
  read(git_folder(root_) / "info/exclude");
  read_folder();
  if (folder == root_) return;
  for (const auto& name : folder.lexically_relative(root_)) enter(name.string());
}

void IgnoreRules::enter(const std::string& name) {
  folder_ += name + '/';
  read_folder();
}

void IgnoreRules::leave() {
  levels_.pop_back();
  folder_.pop_back();
  folder_.erase(folder_.rfind('/') + 1);
}

void IgnoreRules::read_folder() {
  const auto file = root_ / (folder_ + ".gitignore");
  std::error_code ignored;
  if (fs::is_symlink(file, ignored)) {
    // git does not follow it either.
    on_warning_(one_line(file.string(), kMaxShownPathBytes) + ": it is a link and not followed");
    levels_.emplace_back();
  } else {
    read(file);
  }
}

void IgnoreRules::read(const fs::path& file) {
  levels_.emplace_back();
  std::error_code ignored;
  if (!fs::is_regular_file(file, ignored)) return;
  const auto text = read_bytes(file.string());
  if (text) {
    levels_.back().emplace(*text, folder_);
  } else {
    on_warning_(one_line(file.string(), kMaxShownPathBytes) + ": " + text.error().message);
  }
}

bool IgnoreRules::ignores(const std::string& name, bool is_directory) const {
  const std::string path = folder_ + name;
  for (auto level = levels_.rbegin(); level != levels_.rend(); ++level) {
    const auto verdict = *level ? (*level)->ignores(path, is_directory) : std::nullopt;
    if (verdict) return *verdict;
  }
  return false;
}

}  // namespace together
