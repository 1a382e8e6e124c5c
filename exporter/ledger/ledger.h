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
#include "exporter/ledger/names.h"
#include "exporter/ledger/prices.h"
#include "exporter/ledger/remarks.h"
#include "exporter/ledger/retirements.h"
#include "exporter/ledger/shapes.h"
#include "exporter/ledger/state.h"
#include "exporter/ledger/workloads.h"

namespace together {

struct LedgerSettings {
  Confirmations confirmations;
  Duration confirm_interval = std::chrono::seconds(30);  ///< until a bad word is confirmed
  Duration look_interval = std::chrono::minutes(5);      ///< of models that nobody tracks
  std::vector<std::string> watched_headers;
  Duration shape_learning = std::chrono::hours(6);  ///< how long shapes are only learned
  std::map<std::string, std::string> migrations;    ///< from, to
  std::vector<RetirementSource> sources;
  std::vector<WorkloadQuery> workload_queries;
};

/// A model whose state is kept: tracked, or a fallback or replacement of a tracked one.
struct WatchedModel {
  std::string id;
  bool tracked = false;
  std::string team{};
  std::vector<std::string> fallbacks{};
  Duration look_interval = std::chrono::minutes(5);  ///< its evidence is old after three of these
};

/// A model that is named as taking another's place.
struct Replacement {
  std::string id;
  std::string source;  ///< a retirement source, kRedirectSource or kMigrationSource
  friend bool operator==(const Replacement&, const Replacement&) = default;
};

inline constexpr const char* kRedirectSource = "redirect";
inline constexpr const char* kMigrationSource = "migration";

/// How far replacements of replacements are followed.
inline constexpr int kLongestChain = 5;

struct ModelBelief {
  WatchedModel watched;
  CatalogEntry entry;  ///< as last listed; id only where never listed
  bool ever_listed = false;
  bool ever_proven = false;                  ///< some answer showed that Together knows the id
  bool questioned = false;                   ///< it was told that nothing knows the id
  std::vector<std::string> nearest;          ///< known ids that looked like it then
  std::vector<Notice> notices;               ///< as told in events
  std::vector<AnnouncedRedirect> redirects;  ///< as told in events
  Looks looks;
  Duration word_lasts{};  ///< three looks at the pace of its last word; zero: of look_interval
  Duration pace{};        ///< how often it is looked at now; zero: not known
  std::optional<WallTime> asked;  ///< when it was last asked to keep a failing model company
  bool account_worked = false;    ///< since the first absence of the row under way
  Prices prices;
  std::set<std::string> beyond_policy;  ///< redirects that were told to cost too much
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
  bool models_changed = false;       ///< others are watched, or a modality may have become known
  std::vector<std::string> dropped;  ///< models that are not watched any more
};

/// The nearest model along a chain of replacements that is proven available.
struct Successor {
  std::string id;
  int hops = 0;  ///< 1: a direct replacement
};

/// Threads: one (the loop). No I/O.
class Ledger {
 public:
  /// `tracked`: with their fallbacks. What else is watched follows from these.
  Ledger(LedgerSettings settings, std::vector<WatchedModel> tracked, WallTime now);

  /// Takes up beliefs that an earlier process saved. What cannot be read is left out.
  Applied restore(const std::vector<Belief>& beliefs, WallTime now);

  /// New configuration: models that stay keep what is believed of them.
  Applied configure(LedgerSettings settings, std::vector<WatchedModel> tracked, WallTime now);

  /// Another key or another upstream: what was said of the account does not hold any more.
  void account_changed() { gates_ = Gates(); }

  /// The observations of one exchange, the owner's first.
  Applied apply(const std::vector<Observation>& observations, WallTime now);

  /// The model's authority looks that often from now on: evidence lasts three times as long. What
  /// was said at a slower pace keeps its time.
  void set_pace(const std::string& model, Duration interval);

  /// How long nothing has been odd about the model: it is available, nothing is under way, and no
  /// retirement is within two weeks of now. Zero where anything is.
  Duration well_for(const ModelBelief& belief, WallTime now) const;

  /// Time passed: evidence may have grown old.
  Changes tick(WallTime now);

  const std::map<std::string, ModelBelief>& models() const { return models_; }
  const std::map<std::string, CatalogList>& lists() const { return lists_; }
  const std::map<std::string, Prices>& catalog_prices() const { return catalog_prices_; }
  const HeaderBook& headers() const { return headers_; }
  const ShapeBook& shapes() const { return shapes_; }
  Duration shape_learning() const { return settings_.shape_learning; }
  const RetirementBook& retirements() const { return retirements_; }
  const Announcements& announcements() const { return announcements_; }
  const Names& names() const { return names_; }
  const WorkloadBook& workloads() const { return workloads_; }

  /// Whether any list, answer, source or migration ever named the id: if not, it is probably
  /// misspelt, and a 404 says nothing of a removal.
  bool is_known(const ModelBelief& belief) const;
  /// What takes the model's place on inference, by anybody's word; never itself.
  std::vector<Replacement> replacements(const std::string& id) const;
  std::optional<Successor> successor(const std::string& id) const;
  bool gate(Gate gate) const { return gates_.active(gate, watched_count()); }
  bool gated() const { return gates_.any(watched_count()); }
  /// Empty before the first catalogue verdict.
  std::optional<bool> up() const { return up_; }
  Evidence evidence(const ModelBelief& belief, WallTime now) const;
  /// Of a watched model, else of a listed one; null where no list ever held it.
  const Prices* prices_of(const std::string& id) const;
  /// The other's price over the last that the model had; `direction` is an index into kDirections.
  std::optional<double> price_ratio(const std::string& model, const std::string& other,
                                    std::size_t direction) const;
  /// Where requests for the model go, as a source announced or an answer showed.
  std::set<std::string> redirected_to(const ModelBelief& model) const;
  /// The highest price any listed model asks, USD per token: what an unknown price is taken for.
  std::optional<double> highest_price() const;
  /// The same of a picture, USD.
  std::optional<double> highest_image_price() const;

 private:
  struct Draft;  // what one call gathers
  struct Link {
    std::string id;
    int hops = 0;
  };
  void refresh(Draft& draft);
  void name_all();
  void rewatch(Draft& draft);
  void forget_unwatched(Draft& draft);
  void tell_announcements(Draft& draft);
  void question_unknown(Draft& draft);
  std::vector<Link> chain(const std::string& id) const;
  ModelBelief new_belief(const std::string& id, WallTime now);
  void fold_source(const Observation& seen, Draft& draft);
  void fold_catalog(const Observation& seen, const CatalogFacts& facts, Draft& draft);
  void fold_prices(const PriceFacts& facts, Draft& draft);
  void tell_price_policy(Draft& draft);
  void fold_serving(const Observation& seen, const ServingFacts& facts, Draft& draft);
  void fold_headers(const HeaderFacts& facts, Draft& draft);
  void fold_shape(const Observation& seen, const ShapeFacts& facts, Draft& draft);
  void fold_remarks(const Observation& seen, Draft& draft);
  void fold_gates(const Observation& owner, Draft& draft);
  void decide_all(Draft& draft);
  Evidence evidence(const ModelBelief& belief, WallTime now, bool is_gated) const;
  void ask_others(const std::string& but, Draft& draft);
  void forgive_failures(Draft& draft);
  Listing listing(const ModelBelief& belief) const;
  Schedule schedule(const ModelBelief& belief, WallTime now) const;
  int watched_count() const;

  LedgerSettings settings_;
  std::vector<WatchedModel> tracked_;
  std::map<std::string, ModelBelief> models_;
  std::map<std::string, CatalogList> lists_;      ///< by list name
  std::map<std::string, Prices> catalog_prices_;  ///< of listed models nobody watches
  HeaderBook headers_;
  RemarkBook remarks_;
  ShapeBook shapes_;
  RetirementBook retirements_;
  WorkloadBook workloads_;
  Names names_;                  ///< of the lists and the configuration
  Announcements announcements_;  ///< of the sources, by the ids of `names_`
  std::set<std::string> named_;  ///< models that somebody names as a tracked one's replacement
  Gates gates_;
  std::set<std::string> failed_alone_;  ///< as of the last moment without a closed gate
  std::map<Gate, bool> gates_told_;     ///< as of the last decision, so that changes become events
  std::optional<bool> up_;
};

}  // namespace together
