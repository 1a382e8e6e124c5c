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

bool is_empty(const Json& value) {
  return value.is_null() || (value.is_string() && text_of(&value).empty());
}

/// Reads the prices of one entry, and remembers those that it could not read.
struct Reader {
  ModelPrice read{};

  std::optional<double> price(std::string_view name, const Json* value, double units = 1) {
    if (value == nullptr || is_empty(*value)) return std::nullopt;
    const auto usd = number_of(value);
    if (!usd || *usd < 0) {
      const bool is_kind = value->is_number() || value->is_string();
      unread(name, is_kind ? PriceFault::kUnreadable : PriceFault::kKind);
      return std::nullopt;
    }
    const double each = round_price(*usd / units);
    return each > 0 ? std::optional(each) : std::nullopt;
  }

  /// `holder` is an object, or a number that is 0 where the model is not priced this way.
  void unit_price(std::string_view unit, const Json* holder, std::string_view field) {
    if (holder != nullptr && !holder->is_object()) {
      if (!is_empty(*holder) && number_of(holder) != 0) unread(unit, PriceFault::kKind);
      return;
    }
    add_unit(unit, price(unit, member(holder, field)));
  }

  void add_unit(std::string_view unit, std::optional<double> usd) {
    if (usd) read.per_unit.push_back({std::string(unit), *usd});
  }

  void unread(std::string_view name, PriceFault fault) {
    read.unread.push_back({std::string(name), fault});
  }
};

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
  Reader reader;
  ModelPrice& read = reader.read;
  read.id = std::move(id);
  const Json* pricing = member(&entry, "pricing");
  if (pricing != nullptr && !pricing->is_object() && !pricing->is_null()) {
    reader.unread(kAllPrices, PriceFault::kKind);
  }
  const Modality modality = modality_from(text_of(member(&entry, "type")));
  for (const auto& [kind, field, unit] : kUnitFields) {
    reader.unit_price(unit, member(pricing, kind), field);
  }
  const bool by_token =
      !is_media(modality) && (modality != Modality::kUnknown || read.per_unit.empty());
  if (by_token) {
    const auto token_price = [&](const char* direction) {
      return reader.price(direction, member(pricing, direction), kMillion);
    };
    read.per_token = {.input = token_price("input"),
                      .output = token_price("output"),
                      .cached_input = token_price("cached_input")};
  }
  if (modality == Modality::kAudio) {
    reader.add_unit("million_characters",
                    reader.price("million_characters", member(pricing, "input")));
  }
  reader.add_unit("hour", reader.price("hour", member(pricing, "hourly")));
  return std::move(reader.read);
}

}  // namespace together
