// Beliefs as JSON, for the store.
#pragma once

#include <optional>
#include <string>

#include "exporter/core/changes.h"
#include "exporter/ledger/budget.h"
#include "exporter/ledger/catalog_book.h"
#include "exporter/ledger/headers.h"
#include "exporter/ledger/ledger.h"
#include "exporter/ledger/remarks.h"
#include "exporter/ledger/shapes.h"

namespace together {

inline constexpr const char* kModelBelief = "model";
inline constexpr const char* kCatalogBelief = "catalog";               ///< a list's entries
inline constexpr const char* kCatalogTimeBelief = "catalog_accepted";  ///< when it was accepted
inline constexpr const char* kHeaderBelief = "header";
inline constexpr const char* kSourceBelief = "retirement_source";
inline constexpr const char* kDrawnBelief = "budget_drawn";
inline constexpr const char* kRemarksBelief = "remarks";
inline constexpr const char* kShapeBelief = "shape";

inline constexpr const char* kCatalogPricesBelief = "catalog_prices";  ///< of unwatched models

Belief model_belief(const ModelBelief& model);
Belief catalog_belief(const std::string& list, const CatalogList& entries);
Belief catalog_time_belief(const std::string& list, WallTime accepted_at);
Belief catalog_prices_belief(const std::map<std::string, Prices>& prices);
Belief header_belief(const std::string& header, const std::string& surface,
                     const HeaderBook::Surface& seen);

Belief source_belief(const SourceBelief& source);
Belief drawn_belief(const Drawn& drawn);
std::string shape_key(const std::string& surface, const std::string& model);
Belief shape_belief(const std::string& surface, const std::string& model,
                    const SurfaceShapes::State& state);
Belief remarks_belief(const std::string& model, const RemarkBook::Told& told);

/// Readers are total: text that is not what the writer wrote gives false (or nothing), and the
/// target is left as it was.
bool read_model_belief(const std::string& json, ModelBelief& into);
std::optional<std::vector<CatalogEntry>> read_catalog_belief(const std::string& json);
std::optional<WallTime> read_catalog_time_belief(const std::string& json);
std::optional<std::map<std::string, Prices>> read_catalog_prices_belief(const std::string& json);
/// `source` holds what tells whether it is still the same source. Validators are not kept: another
/// version may read more out of the same page.
std::optional<SourceBelief> read_source_belief(const std::string& json);
std::optional<RemarkBook::Told> read_remarks_belief(const std::string& json);
std::optional<Drawn> read_drawn_belief(const std::string& json);
struct StoredShapes {
  std::string surface;
  std::string model;
  SurfaceShapes::State state;
};
std::optional<StoredShapes> read_shape_belief(const std::string& json);
struct StoredHeader {
  std::string header;
  std::string surface;
  HeaderBook::Surface seen;
};
std::optional<StoredHeader> read_header_belief(const std::string& json);

}  // namespace together
