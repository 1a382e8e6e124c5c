// A map whose keys are known: refuses the others and hands out its values.
#include "exporter/yaml/section.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "exporter/yaml/words.h"

namespace together {
namespace {

template <class T>
void assign(T& into, std::optional<T> value) {
  if (value) into = std::move(*value);
}

}  // namespace

Section::Section(const Field& field, std::vector<std::string> known) : field_(field) {
  auto entries = field.map();
  if (!entries) return;
  for (auto& entry : *entries) {
    if (std::find(known.begin(), known.end(), entry.key) != known.end()) {
      entries_.push_back(std::move(entry));
    } else if (entry.key == "api_key") {
      field.wrong_at(entry.key_line, entry.key,
                     "keys do not belong into this file; name a file with upstream.api_key_file or "
                     "an environment variable with upstream.api_key_env");
    } else {
      field.wrong_at(entry.key_line, entry.key, unknown_word("key", entry.key, known));
    }
  }
}

const Field* Section::find(std::string_view key) const {
  for (const auto& entry : entries_) {
    if (entry.key == key) return &entry.value;
  }
  return nullptr;
}

const Field* Section::need(std::string_view key, std::string_view needs) const {
  const Field* value = find(key);
  if (!value && field_.is_map()) {
    field_.wrong_at(field_.line(), key, "missing; " + std::string(needs));
  }
  return value;
}

void Section::read(std::string_view key, Duration& into) const {
  if (const Field* value = find(key)) assign(into, value->duration());
}

void Section::read(std::string_view key, double& into) const {
  if (const Field* value = find(key)) assign(into, value->number());
}

void Section::read(std::string_view key, bool& into) const {
  if (const Field* value = find(key)) assign(into, value->flag());
}

void Section::read(std::string_view key, int& into, int least, int most) const {
  const Field* value = find(key);
  if (!value) return;
  if (const auto number = value->integer(least, most)) into = static_cast<int>(*number);
}

void Section::read_path(std::string_view key, std::string& into) const {
  if (const Field* value = find(key)) assign(into, value->path());
}

std::string Section::choice(std::string_view key, const std::vector<std::string>& choices,
                            std::string fallback) const {
  const Field* value = find(key);
  if (!value) return fallback;
  const auto text = value->text();
  if (!text) return fallback;
  if (std::find(choices.begin(), choices.end(), *text) != choices.end()) return *text;
  value->wrong(unknown_word("value", *text, choices));
  return fallback;
}

}  // namespace together
