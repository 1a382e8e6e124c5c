// The ledger: folds observations into what is believed, and says which events happened.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "exporter/core/changes.h"
#include "exporter/core/clock.h"
#include "exporter/core/observation.h"
#include "exporter/ledger/catalog_book.h"
#include "exporter/ledger/gates.h"
#include "exporter/ledger/headers.h"
#include "exporter/ledger/looks.h"
#include "exporter/ledger/prices.h"
#include "exporter/ledger/state.h"

namespace together {

struct LedgerSettings {
  Confirmations confirmations;
  Duration confirm_interval = std::chrono::seconds(30);  ///< until a bad word is confirmed
  std::vector<std::string> watched_headers;
};

/// A model whose state is kept: tracked, or a fallback or migration target of a tracked one.
struct WatchedModel {
  std::string id;
  bool tracked = false;
  std::string team;
  std::vector<std::string> fallbacks;
  std::vector<std::string> replacements;             ///< of the configured migrations
  Duration look_interval = std::chrono::minutes(5);  ///< its evidence is old after three of these
};

struct ModelBelief {
  WatchedModel watched;
  CatalogEntry entry;  ///< as last listed; id only where never listed
  bool ever_listed = false;
  Looks looks;
  bool account_worked = false;  ///< since the first absence of the row under way
  Prices prices;
  ModelState state = ModelState::kUnknown;
  WallTime state_since{};
  std::map<ModelState, double> entered;  ///< since this process started
};

/// Please look at this model again, that soon.
struct Sooner {
  std::string model;
  Duration in{};
};

struct Applied {
  Changes changes;
  std::vector<Sooner> sooner;
  bool models_changed = false;  ///< a watched model's modality may have become known
};

/// Threads: one (the loop). No I/O.
class Ledger {
 public:
  Ledger(LedgerSettings settings, std::vector<WatchedModel> watched, WallTime now);

  /// Takes up beliefs that an earlier process saved. What cannot be read is left out.
  Changes restore(const std::vector<Belief>& beliefs, WallTime now);

  /// New configuration: models that stay keep what is believed of them.
  Changes configure(LedgerSettings settings, std::vector<WatchedModel> watched, WallTime now);

  /// Another key or another upstream: what was said of the account does not hold any more.
  void account_changed() { gates_ = Gates(); }

  /// The observations of one exchange, the owner's first.
  Applied apply(const std::vector<Observation>& observations, WallTime now);

  /// Time passed: evidence may have grown old.
  Changes tick(WallTime now);

  const std::map<std::string, ModelBelief>& models() const { return models_; }
  const std::map<std::string, CatalogList>& lists() const { return lists_; }
  const std::map<std::string, Prices>& catalog_prices() const { return catalog_prices_; }
  const HeaderBook& headers() const { return headers_; }
  bool gate(Gate gate) const { return gates_.active(gate, watched_count()); }
  bool gated() const { return gates_.any(watched_count()); }
  /// Empty before the first catalogue verdict.
  std::optional<bool> up() const { return up_; }
  Evidence evidence(const ModelBelief& belief, WallTime now) const;
  /// The highest price any listed model asks, USD per token: what an unknown price is taken for.
  std::optional<double> highest_price() const;

 private:
  struct Draft;  // what one apply or tick gathers
  void fold_catalog(const Observation& seen, const CatalogFacts& facts, Draft& draft);
  void fold_prices(const PriceFacts& facts, Draft& draft);
  void fold_serving(const Observation& seen, const ServingFacts& facts, Draft& draft);
  void fold_headers(const HeaderFacts& facts, Draft& draft);
  void fold_gates(const Observation& owner, Draft& draft);
  void decide_all(Draft& draft);
  void ask_others(const std::string& but, Draft& draft) const;
  void forgive_failures(Draft& draft);
  Listing listing(const ModelBelief& belief) const;
  int watched_count() const;

  LedgerSettings settings_;
  std::map<std::string, ModelBelief> models_;
  std::map<std::string, CatalogList> lists_;      ///< by list name
  std::map<std::string, Prices> catalog_prices_;  ///< of listed models nobody watches
  HeaderBook headers_;
  Gates gates_;
  std::set<std::string> failed_alone_;  ///< as of the last moment without a closed gate
  std::map<Gate, bool> gates_told_;     ///< as of the last decision, so that changes become events
  std::optional<bool> up_;
};

}  // namespace together
