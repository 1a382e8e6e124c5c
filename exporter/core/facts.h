// Facts: what an observation tells the ledger. Only what the ledger must understand across probes
// stands here; what a probe merely counts or measures travels as readings.
#pragma once

#include <array>
#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "exporter/core/retirement.h"
#include "exporter/core/target.h"
#include "exporter/core/workload.h"

namespace together {

/// Units: USD per token, rounded to 12 significant digits. Empty: the list names no price (a zero
/// in Together's list means "not priced this way", never "free").
struct TokenPrices {
  std::optional<double> input;
  std::optional<double> output;
  std::optional<double> cached_input;
  bool empty() const { return !input && !output && !cached_input; }
  friend bool operator==(const TokenPrices&, const TokenPrices&) = default;
};

/// A price that is not per token. `unit`: image, video, minute, megapixel, hour,
/// million_characters.
struct UnitPrice {
  std::string unit;
  double usd = 0;
  friend bool operator==(const UnitPrice&, const UnitPrice&) = default;
};

struct CatalogEntry {
  std::string id;
  Modality modality = Modality::kUnknown;
  std::string organization;
  std::string display_name;
  std::optional<long long> context_length;  ///< tokens; absent where the list says 0 or nothing
  friend bool operator==(const CatalogEntry&, const CatalogEntry&) = default;
};

/// One valid model list. `list`: "all" or "serverless". Ids are unique here.
struct CatalogFacts {
  std::string list;
  std::vector<CatalogEntry> models;
  int duplicates = 0;  ///< entries left out because their id came twice
  int unreadable = 0;  ///< entries left out because they had no id
};

/// What is wrong with a price while the list still holds its model: a fault of the list, no change
/// of the price.
enum class PriceFault {
  kVanished,    ///< zero or absent where there was a price
  kReturned,    ///< readable again
  kKind,        ///< another kind of JSON value than prices have
  kUnreadable,  ///< negative, or a text that is no number
};

inline constexpr std::array kPriceFaults{PriceFault::kVanished, PriceFault::kReturned,
                                         PriceFault::kKind, PriceFault::kUnreadable};

constexpr std::string_view to_string(PriceFault fault) {
  switch (fault) {
    case PriceFault::kVanished: return "vanished";
    case PriceFault::kReturned: return "returned";
    case PriceFault::kKind: return "kind";
    case PriceFault::kUnreadable: return "unreadable";
  }
  return "unreadable";
}

/// A price that stands in the list and cannot be read. `name`: input, output, cached_input, a unit,
/// or kAllPrices.
struct UnreadPrice {
  std::string name;
  PriceFault fault = PriceFault::kUnreadable;
  friend bool operator==(const UnreadPrice&, const UnreadPrice&) = default;
};
inline constexpr std::string_view kAllPrices = "pricing";

struct ModelPrice {
  std::string id;
  TokenPrices per_token;
  std::vector<UnitPrice> per_unit;
  std::vector<UnreadPrice> unread{};
};

/// The prices of every model of one valid list.
struct PriceFacts {
  std::vector<ModelPrice> models;
};

/// What one look at a model says of it.
enum class Look {
  kNothing,        ///< no word about the model: 401, 402, our own request was bad
  kServed,         ///< answered, or proven to exist
  kServedByOther,  ///< answered, and the answer names another model
  kThrottled,      ///< 429: it exists
  kNotFound,
  kNonServerless,
  kBlocked,  ///< organisation's policy
  kStopped,  ///< dedicated endpoint stopped
  kFailing,  ///< 5xx, time-out, in-band error, malformed answer, no connection
};

struct ServingFacts {
  Look look = Look::kNothing;
  std::string served_model;  ///< the model the answer names, where it names one
  /// Whether absence and failure count as well. Where false, only "it was served" is evidence.
  bool authority = false;
  /// Whether an engine may have worked on it. A request that was refused for what it is proves a
  /// model, but no engine: it hides no outage.
  bool generated = true;
};

/// The watched headers of one exchange; empty value: absent.
struct HeaderFacts {
  struct Seen {
    std::string name;  ///< lower case
    std::optional<std::string> value;
  };
  std::string surface;  ///< the probe whose exchange it was
  std::vector<Seen> headers;
};

/// A place in an answer, and a type that stood there.
struct ShapePath {
  std::string path;  ///< "choices[].delta.content"
  std::string type;  ///< string, number, boolean, object, array, or null where nothing else stood
  friend auto operator<=>(const ShapePath&, const ShapePath&) = default;
};

/// The shape of one good answer.
struct ShapeFacts {
  std::string surface;
  std::string fingerprint;
  std::vector<ShapePath> paths;  ///< sorted
};

/// One good answer of a retirement source.
struct RetirementFacts {
  bool unchanged = false;  ///< as before (304): no rows are repeated
  std::vector<Retirement> rows;
  std::vector<Redirect> redirects;
  Validators validators;
};

/// What Prometheus says that a workload uses.
struct WorkloadFacts {
  WorkloadQuery query;
  double tokens_per_day = 0;
};

using Facts = std::variant<std::monostate, CatalogFacts, PriceFacts, ServingFacts, HeaderFacts,
                           ShapeFacts, RetirementFacts, WorkloadFacts>;

}  // namespace together
