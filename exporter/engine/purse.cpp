// The purse.
#include "exporter/engine/purse.h"

namespace together {
namespace {

constexpr double kUnknownPrice = 20e-6;     ///< USD per token, before any price list was read
constexpr double kUnknownImagePrice = 0.1;  ///< USD

/// No usage was told, and yet an engine may have worked for us.
bool may_be_billed(const Seen& look) {
  const Outcome outcome = look.observations.front().outcome;
  return look.cancelled || look.status == 200 ||
         (look.status == 0 && (outcome == Outcome::kTimeout || outcome == Outcome::kTruncated));
}

/// A small picture costs less than one of the list's example, and less than a megapixel.
std::optional<double> image_price(const Prices& prices) {
  for (const auto& [unit, price] : prices.per_unit) {
    if (price.current && (unit == "image" || unit == "megapixel")) return price.current;
  }
  return std::nullopt;
}

}  // namespace

double Purse::dollars(const std::string& model, const Probe::Billed& billed) const {
  const auto found = ledger_.models().find(model);
  const Prices none;
  const Prices& prices = found == ledger_.models().end() ? none : found->second.prices;
  const double unknown = ledger_.highest_price().value_or(kUnknownPrice);
  const double input = prices.per_token[0].current.value_or(unknown);
  const double output = prices.per_token[1].current.value_or(unknown);
  const double image =
      image_price(prices).value_or(ledger_.highest_image_price().value_or(kUnknownImagePrice));
  return static_cast<double>(billed.prompt) * input +
         static_cast<double>(billed.completion) * output +
         static_cast<double>(billed.images) * image;
}

bool Purse::reserve(const JobKey& job, const Probe::Billed& most, WallTime now) {
  const double usd = dollars(job.model, most);
  if (!budget_.reserve(usd, now)) return false;
  reserved_[job] = usd;
  return true;
}

std::optional<Spend> Purse::settle(const Seen& look, const Probe::Billed& most, WallTime now) {
  double reserved = 0;  // a free probe reserves nothing, and may be billed all the same
  if (const auto found = reserved_.find(look.job); found != reserved_.end()) {
    reserved = found->second;
    reserved_.erase(found);
  }
  double usd = 0;
  if (const auto& usage = look.observations.front().usage) {
    usd = dollars(look.job.model, {usage->prompt_tokens, usage->completion_tokens, 0});
  } else if (may_be_billed(look)) {
    const bool is_free = reserved <= 0 && look.status == 200;
    usd = is_free ? dollars(look.job.model, most) : reserved;
  }
  if (reserved > 0 || usd > 0) {
    budget_.settle(reserved, usd, look.job.probe, look.job.model, now);
  }
  if (usd <= 0) return std::nullopt;
  return Spend{day_of(now), look.job.probe, look.job.model, usd};
}

}  // namespace together
