// What the status page and /api/v1 show: plain values, filled by the loop.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "exporter/core/changes.h"
#include "exporter/core/clock.h"
#include "exporter/core/day.h"
#include "exporter/core/outcome.h"

namespace together {

/// The unit of prices per token.
inline constexpr std::string_view kMillionTokens = "million_tokens";

/// Texts may be any bytes: whoever renders them makes them safe. Units: USD.
struct StatusView {
  struct Gate {
    std::string name;  ///< "key_rejected", ...
    bool active = false;
  };
  struct Catalogue {
    std::string list;  ///< "all" or "serverless"
    std::optional<long long> models;
    std::optional<WallTime> last_success;
    std::string last_outcome;
  };
  struct Fallback {
    std::string id;
    std::string state;
  };
  struct ProbeResult {
    std::string probe;
    std::string outcome;
    std::string detail;
    std::optional<WallTime> at;
    std::vector<std::string> broken_rules{};
  };
  struct PriceStep {
    double before_usd = 0;
    double after_usd = 0;
    std::optional<WallTime> at;
  };
  struct Price {
    std::string name;           ///< "input", "output", "cached_input", or the unit
    std::string unit;           ///< "million_tokens", "image", ...
    std::optional<double> usd;  ///< empty while the list names none
    std::optional<PriceStep> last_change;
  };
  /// A date on which a source lets a model go.
  struct Retirement {
    std::string surface;  ///< "inference" or "fine_tuning"
    Day date{};
    std::string source;
    std::string replacement;  ///< "" where the source names none
    std::optional<WallTime> announced;
  };
  struct Replacement {
    std::string id;
    std::string source;  ///< a retirement source, "redirect" or "migration"
    std::string state;
    std::optional<double> input_price_ratio;  ///< its price over the model's
    std::optional<double> output_price_ratio;
    std::optional<double> context_length_ratio;
  };
  struct Source {
    std::string name;
    bool up = false;
    long long rows = 0;
    long long redirects = 0;
    std::optional<WallTime> last_success;
    std::string trouble;  ///< why it is not up; "" where it is
  };
  struct Model {
    std::string id;
    std::string state;
    std::optional<WallTime> state_since;
    std::optional<WallTime> last_served;
    std::string reason;  ///< why it is unavailable; "" where there is nothing to say
    std::vector<Fallback> fallbacks;
    std::optional<double> input_usd_per_million_tokens;
    std::optional<double> output_usd_per_million_tokens;
    std::vector<ProbeResult> probes;
    std::vector<Retirement> retirements{};  ///< by date
    std::vector<Replacement> replacements{};
    std::string successor{};  ///< the nearest along the chain of replacements that answers; or ""
    std::vector<std::string> nearest{};  ///< known ids that look like this one, where it is unknown
    std::vector<Price> prices{};         ///< every one that was ever named
    std::string authority{};  ///< the probe that decides the state; "" before its first look
    std::vector<Outcome> recent_outcomes{};  ///< of the authority's looks, oldest first
  };
  struct ProbeCount {
    std::string name;
    long long ok = 0;
    long long failed = 0;
    std::optional<WallTime> last_run;
  };
  struct Budget {
    double usd_per_day = 0;
    double spent_usd = 0;
    double left_usd = 0;
    double forecast_usd_per_day = 0;  ///< what paid looks usually cost a day at the pace in force
  };
  /// Something is wrong with the exporter itself.
  struct Trouble {
    std::string text;   ///< one sentence
    std::string alert;  ///< whose runbook tells what to do
  };
  struct Link {
    std::string text;
    std::string href;  ///< a path of ours, http:// or https://; anything else is shown as text
  };

  WallTime now{};  ///< ages are counted from here
  std::string version;
  std::string upstream;
  WallTime started{};
  std::vector<Gate> gates;
  std::vector<Trouble> troubles{};
  std::vector<Catalogue> catalogues;
  std::vector<Model> models;  ///< the tracked ones, in any order
  std::vector<Source> sources{};
  std::vector<Event> events;  ///< newest first
  std::vector<ProbeCount> probes;
  Budget budget;
  std::vector<Link> links;
};

/// What wants to be looked at first: removed, blocked, down, redirected, suspect, unknown; a state
/// that is none of the contract's stands with unknown. Then what answers and gives concern, by its
/// next date; then throttled, available. Then by id.
std::vector<const StatusView::Model*> by_attention(const StatusView& view);

/// The state says that the model itself answers.
bool answers(const StatusView::Model& model);

/// The next date to come, else the last that passed; null where there is none.
const StatusView::Retirement* next_retirement(const StatusView::Model& model, Day today);

/// What has gone on its day is no news, and of fine-tuning nothing is known but the day.
bool is_settled(const StatusView::Model& model, const StatusView::Retirement& retirement,
                Day today);

/// Days before a retirement from which on it gives concern, as its alert does.
inline constexpr std::chrono::days kRetirementNear{30};

/// The model's newest look of that probe; null where there was none.
const StatusView::ProbeResult* probe_result(const StatusView::Model& model, std::string_view probe);

/// Whether the look broke a rule besides `known_fields`, which every field breaks that Together
/// adds.
bool breaks_contract(const StatusView::ProbeResult& result);

/// How many of its fallbacks are proven available.
std::size_t fallbacks_available(const StatusView::Model& model);

/// It has fallbacks, and all are known not to answer.
bool fallbacks_exhausted(const StatusView::Model& model);

/// A state's name where the contract has it, else "unknown". Safe as a CSS class.
std::string_view known_state(std::string_view state);

/// The eight states, what wants to be looked at first in front.
std::span<const std::string_view> states_by_attention();

}  // namespace together
