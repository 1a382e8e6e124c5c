// LiteLLM's price map.
#include "probes/retirements/litellm_prices.h"

#include <string>

#include "probes/json/read.h"

namespace together {
namespace {

constexpr std::string_view kProvider = "together_ai/";

std::string without_provider(std::string_view id) {
  if (id.starts_with(kProvider)) id.remove_prefix(kProvider.size());
  return std::string(id);
}

}  // namespace

ParsedRows read_litellm_prices(std::string_view json) {
  const auto map = parse_json(json);
  if (!map) return tl::make_unexpected(map.error());
  if (!map->is_object()) return fail("the price map is no JSON object");
  RetirementRows read;
  int entries = 0;
  for (const auto& [key, entry] : map->items()) {
    if (!key.starts_with(kProvider) || key.size() == kProvider.size()) continue;
    ++entries;
    const std::string written(text_of(member(&entry, "deprecation_date")));
    if (written.empty()) continue;
    const std::string model = without_provider(key);
    const auto date = parse_day(written);
    if (!date || !is_name(model)) {
      ++read.unreadable;
      continue;
    }
    const std::string successor =
        without_provider(text_of(member(member(&entry, "metadata"), "successor")));
    read.rows.push_back({model, Surface::kInference, date, is_name(successor) ? successor : ""});
  }
  if (entries == 0) return fail("the price map has no entry that begins with together_ai/");
  return read;
}

}  // namespace together
