// A ledger that watches two models, and the observations a test feeds it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "exporter/ledger/ledger.h"

namespace together {

using namespace std::chrono_literals;

class LedgerTest : public testing::Test {
 protected:
  WallTime now_ = from_unix_seconds(1'790'000'000);
  Ledger ledger_{settings(), {{"a/b", true, "search", {"c/d"}, 5min}}, now_};

  /// Both models are known, or a 404 would say nothing of them.
  static LedgerSettings settings() {
    LedgerSettings settings;
    settings.watched_headers = {"x-inference-version"};
    settings.migrations = {{"a/b", "c/d"}};
    return settings;
  }

  Applied look(const std::string& model, Look word, Outcome outcome, bool authority = true,
               const std::string& answered_by = "") {
    now_ += 1s;
    Observation seen;
    seen.probe = authority ? "serving" : "stream";
    seen.target.model = model;
    seen.at = now_;
    seen.outcome = outcome;
    seen.facts = ServingFacts{word, answered_by, authority};
    return ledger_.apply({seen}, now_);
  }
  /// Refused for what it is: proves that the gateway finds the model.
  Applied routed(const std::string& model, Outcome outcome = Outcome::kOk) {
    now_ += 1s;
    Observation seen;
    seen.probe = "routing";
    seen.target.model = model;
    seen.at = now_;
    seen.outcome = outcome;
    seen.facts = ServingFacts{Look::kNothing, "", false, false};
    return ledger_.apply({seen}, now_);
  }
  Applied served(const std::string& model) { return look(model, Look::kServed, Outcome::kOk); }
  Applied absent(const std::string& model) {
    return look(model, Look::kNotFound, Outcome::kNotFound);
  }
  Applied failing(const std::string& model) {
    return look(model, Look::kFailing, Outcome::kUpstreamError);
  }
  Applied list(const std::vector<std::string>& ids, std::optional<double> price = 1e-6) {
    now_ += 1s;
    Observation catalog;
    catalog.probe = "catalog";
    catalog.target.part = "all";
    catalog.at = now_;
    catalog.outcome = Outcome::kOk;
    CatalogFacts facts{"all", {}, 0, 0};
    PriceFacts prices;
    for (const auto& id : ids) {
      facts.models.push_back({id, Modality::kChat, "", "", {}});
      prices.models.push_back({id, {price, price, {}}, {}});
    }
    catalog.facts = facts;
    Observation pricing = catalog;
    pricing.probe = "pricing";
    pricing.facts = prices;
    return ledger_.apply({catalog, pricing}, now_);
  }
  Applied account(Outcome outcome) {
    now_ += 1s;
    Observation catalog;
    catalog.probe = "catalog";
    catalog.at = now_;
    catalog.outcome = outcome;
    return ledger_.apply({catalog}, now_);
  }
  Applied source(const std::string& name, RetirementFacts facts) {
    now_ += 1s;
    Observation seen;
    seen.probe = "retirements";
    seen.target.part = name;
    seen.at = now_;
    seen.foreign = true;
    seen.outcome = Outcome::kOk;
    seen.facts = std::move(facts);
    return ledger_.apply({seen}, now_);
  }
  ModelState state(const std::string& model) const { return ledger_.models().at(model).state; }
  static std::vector<std::string> texts(const Applied& applied) {
    std::vector<std::string> texts;
    for (const auto& event : applied.changes.events) texts.push_back(event.text);
    return texts;
  }
};

}  // namespace together
