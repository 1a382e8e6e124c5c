// One value of a YAML file together with its place: reads it strictly and reports what is wrong.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "exporter/core/clock.h"
#include "exporter/yaml/problem.h"
#include "exporter/yaml/yaml_tree.h"

namespace together {

/// Collects the problems of one file. Requires: `problems` outlives it.
class Report {
 public:
  Report(std::string file, std::vector<Problem>& problems)
      : file_(std::move(file)), problems_(&problems) {}

  void add(int line, std::string key, std::string_view message);
  const std::string& file() const { return file_; }
  std::vector<Problem>& problems() const { return *problems_; }

 private:
  std::string file_;
  std::vector<Problem>* problems_;
};

/// Requires: the report outlives it.
class Field {
 public:
  struct Entry;

  /// `key`: the way to the value, "" for the whole file.
  Field(YamlPtr node, std::string key, Report& report)
      : node_(std::move(node)), key_(std::move(key)), report_(&report) {}

  const std::string& key() const { return key_; }
  int line() const { return node_->line; }
  bool is_map() const { return node_->kind == YamlNode::Kind::kMap; }
  Report& report() const { return *report_; }
  void wrong(std::string_view message) const { report_->add(line(), key_, message); }
  void wrong_at(int line, std::string_view child, std::string_view message) const;

  // Each reads the value as one kind. Where it is of another kind, malformed or out of bounds,
  // that is reported and nothing comes back.
  std::optional<std::string> text() const;
  std::optional<Duration> duration() const;  ///< 1s to 1y
  std::optional<double> number() const;      ///< 0 or more
  std::optional<long long> integer(long long least, long long most) const;
  std::optional<bool> flag() const;
  std::optional<std::vector<Field>> list() const;
  /// Keys that come twice or are no text are reported and left out.
  std::optional<std::vector<Entry>> map() const;

  /// A path, absolute; a relative one is relative to the file's folder. "" stays "".
  std::optional<std::string> path() const;
  std::optional<std::string> model_id() const;
  std::optional<std::string> name() const;  ///< fit to be a label value

 private:
  const std::string* scalar(std::string_view belongs) const;
  std::string child_key(std::string_view child) const;

  YamlPtr node_;
  std::string key_;
  Report* report_;
};

struct Field::Entry {
  std::string key;
  int key_line = 1;
  Field value;
};

}  // namespace together
