// The purse.
#include "exporter/engine/purse.h"

namespace together {
namespace {

constexpr double kUnknownPrice = 20e-6;  ///< USD per token, before any price list was read

/// No usage was told, and yet an engine may have worked for us.
bool may_be_billed(const Seen& look) {
  const Outcome outcome = look.observations.front().outcome;
  return look.cancelled || look.status == 200 ||
         (look.status == 0 && (outcome == Outcome::kTimeout || outcome == Outcome::kTruncated));
}

}  // namespace

/// An unknown price is taken for the highest that is known: a budget errs on the safe side.
double Purse::dollars(const std::string& model, const Probe::MostTokens& tokens) const {
  const double unknown = ledger_.highest_price().value_or(kUnknownPrice);
  double input = unknown;
  double output = unknown;
  if (const auto found = ledger_.models().find(model); found != ledger_.models().end()) {
    const auto& prices = found->second.prices.per_token;
    input = prices[0].current.value_or(unknown);
    output = prices[1].current.value_or(unknown);
  }
  return static_cast<double>(tokens.prompt) * input +
         static_cast<double>(tokens.completion) * output;
}

bool Purse::reserve(const JobKey& job, const Probe::MostTokens& most, WallTime now) {
  const double usd = dollars(job.model, most);
  if (!budget_.reserve(usd, now)) return false;
  reserved_[job] = usd;
  return true;
}

std::optional<Spend> Purse::settle(const Seen& look, WallTime now) {
  double reserved = 0;  // a free probe reserves nothing, and may be billed all the same
  if (const auto found = reserved_.find(look.job); found != reserved_.end()) {
    reserved = found->second;
    reserved_.erase(found);
  }
  double usd = 0;
  if (const auto& usage = look.observations.front().usage) {
    usd = dollars(look.job.model, {usage->prompt_tokens, usage->completion_tokens});
  } else if (may_be_billed(look)) {
    usd = reserved;
  }
  if (reserved > 0 || usd > 0) {
    budget_.settle(reserved, usd, look.job.probe, look.job.model, now);
  }
  if (usd <= 0) return std::nullopt;
  return Spend{day_of(now), look.job.probe, look.job.model, usd};
}

}  // namespace together
