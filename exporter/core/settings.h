// A probe's own settings: declared as data by the probe, read strictly by the configuration.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "exporter/core/clock.h"

namespace together {

using SettingValue = std::variant<Duration, long long, bool, std::vector<std::string>>;

/// `fallback` fixes the setting's kind as well as its default. `least` and `most` bound a number
/// (inclusive); durations are 1 s or more everywhere.
struct SettingDef {
  std::string name;
  SettingValue fallback;
  std::string help;
  long long least = 0;
  long long most = 1'000'000'000;
};

/// Every declared setting has a value here. Requires of each getter: the setting was declared,
/// with that kind (else std::out_of_range or std::bad_variant_access: a bug of ours).
class Settings {
 public:
  Settings() = default;
  explicit Settings(std::span<const SettingDef> defs) {
    for (const auto& def : defs) values_[def.name] = def.fallback;
  }
  void set(const std::string& name, SettingValue value) { values_[name] = std::move(value); }
  Duration duration(const std::string& name) const { return std::get<Duration>(values_.at(name)); }
  long long number(const std::string& name) const { return std::get<long long>(values_.at(name)); }
  bool flag(const std::string& name) const { return std::get<bool>(values_.at(name)); }
  const std::vector<std::string>& names(const std::string& name) const {
    return std::get<std::vector<std::string>>(values_.at(name));
  }
  friend bool operator==(const Settings&, const Settings&) = default;

 private:
  std::map<std::string, SettingValue> values_;
};

}  // namespace together
