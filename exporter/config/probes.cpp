// The section `probes`: what every probe has, and the settings that each declares for itself.
#include <algorithm>
#include <set>

#include "exporter/config/sections.h"
#include "exporter/core/duration.h"
#include "exporter/core/text.h"
#include "exporter/yaml/section.h"
#include "exporter/yaml/words.h"

namespace together {
namespace {

// A list setting of this name holds names of HTTP headers.
constexpr std::string_view kHeaders = "headers";

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

// Source: RFC 9110, section 5.6.2.
bool is_token(std::string_view text) {
  constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           kMarks.find(c) != std::string_view::npos;
  });
}

// Header names come back in lower case, as exchanges carry them.
std::optional<std::vector<std::string>> read_names(const Field& field, bool headers) {
  const auto entries = field.list();
  if (!entries) return std::nullopt;
  std::vector<std::string> names;
  std::set<std::string> seen;
  for (const auto& entry : *entries) {
    auto name = entry.name();
    if (!name) continue;
    if (headers && !is_token(*name)) {
      entry.wrong(in_quotes(*name) + " is no header name; use letters, digits and -");
      continue;
    }
    if (headers) name = lower_ascii(*name);
    if (!seen.insert(*name).second) {
      entry.wrong(in_quotes(*name) + " is listed twice; keep one");
      continue;
    }
    names.push_back(*name);
  }
  return names;
}

void read_setting(const Field& field, const SettingDef& def, Settings& settings) {
  const auto store = [&](auto value) {
    if (value) settings.set(def.name, std::move(*value));
  };
  std::visit(
      Overloaded{
          [&](Duration) { store(field.duration()); },
          [&](long long) { store(field.integer(def.least, def.most)); },
          [&](bool) { store(field.flag()); },
          [&](const std::vector<std::string>&) { store(read_names(field, def.name == kHeaders)); },
      },
      def.fallback);
}

void read_max_interval(const Section& section, ProbeConfig& probe) {
  const Field* field = section.find("max_interval");
  if (field == nullptr) {
    // Who names an interval gets that one.
    if (section.find("interval") != nullptr) probe.max_interval = Duration{};
    return;
  }
  section.read("max_interval", probe.max_interval);
  if (probe.max_interval < probe.interval) {
    field->wrong("it is shorter than the interval, " + format_duration(probe.interval) +
                 "; write that or more");
  }
}

void read_probe(const Field& field, const ProbeInfo& info, ProbeConfig& probe) {
  std::vector<std::string> known{"enabled", "interval", "max_interval", "timeout"};
  for (const auto& def : info.settings) known.push_back(def.name);
  const Section section(field, known);
  section.read("enabled", probe.enabled);
  probe.forbidden = section.find("enabled") != nullptr && !probe.enabled;
  if (info.scope == Scope::kRider) {
    for (const char* key : {"interval", "max_interval", "timeout"}) {
      if (const Field* value = section.find(key)) {
        value->wrong("probe " + in_quotes(info.name) + " sends no requests of its own and has no " +
                     key + "; remove the key");
      }
    }
  } else {
    section.read("interval", probe.interval);
    section.read("timeout", probe.timeout);
    read_max_interval(section, probe);
  }
  for (const auto& def : info.settings) {
    if (const Field* value = section.find(def.name)) read_setting(*value, def, probe.settings);
  }
}

}  // namespace

std::map<std::string, ProbeConfig> default_probes(std::span<const ProbeInfo> known) {
  std::map<std::string, ProbeConfig> probes;
  for (const auto& info : known) {
    probes[info.name] = {info.enabled,      false,        info.interval,
                         info.max_interval, info.timeout, Settings(info.settings)};
  }
  return probes;
}

void read_probes(const Field& field, std::span<const ProbeInfo> known,
                 std::map<std::string, ProbeConfig>& probes) {
  const auto entries = field.map();
  if (!entries) return;
  for (const auto& entry : *entries) {
    const auto info = std::find_if(known.begin(), known.end(),
                                   [&](const ProbeInfo& p) { return p.name == entry.key; });
    if (info != known.end()) {
      read_probe(entry.value, *info, probes.at(info->name));
      continue;
    }
    std::vector<std::string> names;
    for (const auto& probe : known) names.push_back(probe.name);
    field.wrong_at(entry.key_line, entry.key, unknown_word("probe", entry.key, names));
  }
}

}  // namespace together
