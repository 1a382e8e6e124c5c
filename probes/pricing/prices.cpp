// What one entry of the model list says a model costs.
#include "probes/pricing/prices.h"

#include <array>
#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

#include "exporter/core/target.h"

namespace together {
namespace {

/// Where the list keeps a unit price: `pricing.<kind>.<field>`.
struct UnitField {
  std::string_view kind;
  std::string_view field;
  std::string_view unit;
};
constexpr std::array kUnitFields{
    UnitField{"image", "example_price", "image"},
    UnitField{"video", "example_price", "video"},
    UnitField{"transcribe", "price_per_minute", "minute"},
    UnitField{"image_pixel", "price_per_megapixel", "megapixel"},
};

std::optional<double> price(const Json* value, double units = 1) {
  const auto usd = number_of(value);
  if (!usd) return std::nullopt;
  const double each = round_price(*usd / units);
  return each > 0 ? std::optional(each) : std::nullopt;
}

bool is_media(Modality modality) {
  return modality == Modality::kImage || modality == Modality::kVideo ||
         modality == Modality::kAudio || modality == Modality::kTranscribe;
}

}  // namespace

double round_price(double value) {
  std::array<char, 32> text{};
  const auto end =
      std::to_chars(text.begin(), text.end(), value, std::chars_format::scientific, 11).ptr;
  double rounded = 0;
  std::from_chars(text.begin(), end, rounded);
  return rounded;
}

ModelPrice read_prices(std::string id, const Json& entry) {
  constexpr double kMillion = 1e6;
  ModelPrice read;
  read.id = std::move(id);
  const Json* pricing = member(&entry, "pricing");
  const Modality modality = modality_from(text_of(member(&entry, "type")));
  for (const auto& [kind, field, unit] : kUnitFields) {
    if (const auto usd = price(member(member(pricing, kind), field))) {
      read.per_unit.push_back({std::string(unit), *usd});
    }
  }
  const bool by_token =
      !is_media(modality) && (modality != Modality::kUnknown || read.per_unit.empty());
  if (by_token) {
    read.per_token = {.input = price(member(pricing, "input"), kMillion),
                      .output = price(member(pricing, "output"), kMillion),
                      .cached_input = price(member(pricing, "cached_input"), kMillion)};
  }
  if (modality == Modality::kAudio) {
    if (const auto usd = price(member(pricing, "input"))) {
      read.per_unit.push_back({"million_characters", *usd});
    }
  }
  if (const auto usd = price(member(pricing, "hourly"))) read.per_unit.push_back({"hour", *usd});
  return read;
}

}  // namespace together
