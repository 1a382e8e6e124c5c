// A believable view for tests of the page and the API.
#pragma once

#include "exporter/web/status_view.h"

namespace together {

inline StatusView sample_view() {
  using std::chrono::hours;
  using std::chrono::minutes;
  using std::chrono::seconds;
  const WallTime now = from_unix_seconds(1763689200);  // 2025-11-21T01:40:00Z
  StatusView view;
  view.now = now;
  view.version = "0.1.0";
  view.upstream = "https://api.together.ai/v1";
  view.started = now - hours(30);
  view.gates = {{"key_rejected", false}, {"spend_limited", false}};
  view.catalogues = {{"all", 281, now - seconds(20), "ok"},
                     {"serverless", 102, now - minutes(4), "timeout"}};
  view.models = {
      {"meta-llama/Llama-3.3-70B-Instruct-Turbo",
       "available",
       now - hours(29),
       now - minutes(2),
       "",
       {{"openai/gpt-oss-120b", "available"}},
       0.88,
       0.88,
       {{"serving", "ok", "", now - minutes(2)}, {"stream", "ok", "", now - minutes(9)}}},
      {"zai-org/GLM-5.1",
       "removed",
       now - minutes(31),
       now - hours(3),
       "non_serverless",
       {{"zai-org/GLM-5.2", "available"}, {"moonshotai/Kimi-K3", "suspect"}},
       1.4,
       4.4,
       {{"serving", "non_serverless", "status 400: Unable to access non-serverless model",
         now - seconds(40)}}},
      {"Qwen/Qwen3.5-9B",
       "throttled",
       now - minutes(1),
       now - minutes(6),
       "",
       {},
       0.17,
       0.25,
       {{"serving", "rate_limited", "status 429, Retry-After 2 s", now - minutes(1)}}},
      {"moonshotai/Kimi-K3",
       "suspect",
       now - seconds(30),
       now - minutes(10),
       "",
       {},
       1.2,
       4.0,
       {{"serving", "not_found", "status 404: model_not_available, 1 of 3", now - seconds(30)}}},
      {"black-forest-labs/FLUX.2-pro",
       "blocked",
       now - hours(60),
       std::nullopt,
       "organisation_policy",
       {},
       std::nullopt,
       std::nullopt,
       {}},
      {"deepseek-ai/DeepSeek-V4-Pro",
       "unknown",
       std::nullopt,
       std::nullopt,
       "",
       {},
       1.74,
       3.48,
       {}},
  };
  view.models[0].prices = {
      {"input", "million_tokens", 0.88, StatusView::PriceStep{0.60, 0.88, now - hours(5)}},
      {"output", "million_tokens", 0.88, StatusView::PriceStep{1.20, 0.88, now - hours(50)}}};
  view.models[0].authority = "serving";
  for (int i = 20; i > 0; --i) {
    const Outcome outcome = i == 7 ? Outcome::kRateLimited : Outcome::kOk;
    view.models[0].recent_outcomes.push_back(outcome);
  }
  view.models[4].prices = {{"image", "image", 0.03, {}}};
  const Day today = day_of_time(now);
  view.models[0].retirements = {{"inference", today + std::chrono::days(12), "together",
                                 "openai/gpt-oss-120b", now - hours(70)},
                                {"fine_tuning", today + std::chrono::days(40), "together", "", {}}};
  view.models[0].replacements = {{"openai/gpt-oss-120b", "together", "available", 0.17, 0.68, 1.0}};
  view.models[0].successor = "openai/gpt-oss-120b";
  view.models[1].retirements = {
      {"inference", today - std::chrono::days(1), "together", "zai-org/GLM-5.2", now - hours(400)}};
  view.models[2].retirements = {
      {"inference", today - std::chrono::days(3), "ours", "", now - hours(400)}};
  view.models[5].nearest = {"deepseek-ai/DeepSeek-V3.1", "deepseek-ai/DeepSeek-R1"};
  view.sources = {{"together", true, 316, 5, now - hours(2), ""},
                  {"ours", false, 2, 0, now - hours(50), "retirements.yml:3: date: is no day"}};
  view.events = {{3, now - minutes(31), "state", "zai-org/GLM-5.1",
                  "suspect -> removed: model_not_available three times in a row."},
                 {2, now - hours(5), "price", "Qwen/Qwen3.5-9B",
                  "Input price rose from 0.10 to 0.17 USD per million tokens."},
                 {1, now - hours(29), "catalog", "", "First valid list: 281 models."}};
  view.probes = {{"catalog", 3540, 12, now - seconds(20)},
                 {"serving", 2160, 41, now - seconds(30)},
                 {"stream", 700, 0, now - minutes(9)}};
  view.budget = {1.00, 0.0421, 0.9579, 0.62};
  view.links = {{"Metrics", "/metrics"},
                {"Models (JSON)", "/api/v1/models"},
                {"Events (JSON)", "/api/v1/events"},
                {"Runbooks", "https://example.org/runbooks"}};
  return view;
}

}  // namespace together
