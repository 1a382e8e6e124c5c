// One small page of every layout and kind that the retirement parsers read.
#pragma once

namespace together {

/// Together's page of November 2025: ids without back quotes in a stale planned row, no redirects.
inline constexpr const char* kPageOfNovember2025 = R"(# Deprecations

## Deprecation Policy

| Model Type          | Deprecation Notice                | Notes                          |
| :------------------ | :-------------------------------- | :----------------------------- |
| Preview Model       | \<24 hrs of notice, after 30 days | Marked with a “Preview” tag    |
| Serverless Endpoint | 2 or 3 weeks\*                    |                                |

## Planned Deprecations

| Planned Deprecation Date | Model               | Recommended Model Replacement |
| :----------------------- | :------------------ | :---------------------------- |
| 2025-06-19               | acme-tiny-14b-lora  | acme/Tiny-8B-lora             |

## Deprecation History

| Removal Date | Model                | Supported by on-demand dedicated endpoints           |
| :----------- | :------------------- | :--------------------------------------------------- |
| 2025-08-28   | `acme/Vision-72B`    | Yes                                                  |
| 2025-08-28   | `acme/r1-1776`       | No (coming soon!)                                    |
| 2024-08-22   | `Acme/Old_Guard-7b`  | [Yes](https://api.example.com/models/acme#dedicated) |

\*\*Notes on model support: \*\*

## Recommended Actions
)";

/// December 2025: the same stale row, a policy in words, redirects.
inline constexpr const char* kPageOfDecember2025 = R"(# Deprecations

## Model Lifecycle Policy

A redirect follows a **3-day notice**; an upgrade | downgrade is announced.

## Active Model Redirects

| Original Model | Redirects To   | Notes                     |
| :------------- | :------------- | :------------------------ |
| `Kimi-K2`      | `Kimi-K2-0905` | Same architecture         |
| `DeepSeek-V3`  | `DeepSeek-V3.1`| Same architecture         |
| `acme/A 1`     | `acme/A-2`     | Display names have blanks |

## Planned Deprecations

| Planned Deprecation Date | Model              | Recommended Model Replacement |
| :----------------------- | :----------------- | :---------------------------- |
| 2025-06-19               | acme-tiny-14b-lora | acme/Tiny-8B-lora             |

## Deprecation History

| Removal Date | Model             | Supported by on-demand dedicated endpoints |
| :----------- | :---------------- | :----------------------------------------- |
| 2025-12-23   | `acme/New-1`      | No                                         |
| 2025-12-23   | `acme/New-2`      | Yes                                        |
| 2025-08-28   | `acme/Vision-72B` | Yes                                        |
)";

/// August 2026: nothing scheduled; a day ahead inside the history, an id twice, fine-tuning.
inline constexpr const char* kPageOfAugust2026 = R"(# Deprecations

## Active model redirects

| Original model | Redirects to    | Notes        |
| :------------- | :-------------- | :----------- |
| `DeepSeek-R1`  | `DeepSeek-R1-2` | Same lineage |

## Deprecation policy

| Model type    | Deprecation notice                  | Notes |
| :------------ | :---------------------------------- | :---- |
| Preview model | \<24 hours of notice, after 30 days |       |

## Deprecation history

### Inference

| Removal date                | Model                  | Supported by on-demand dedicated endpoints |
| :-------------------------- | :--------------------- | :----------------------------------------- |
| 2026-08-21                  | `acme/Ahead-671b`      | No                                         |
| 2026-04-16                  | `acme/Thinking-2507`   | Yes                                        |
| 2025-07-25                  | `arcee_ai/spotlight`   | No                                         |
| 2026-03-06                  | `acme/Thinking-2507`   | Yes                                        |
| **Notes on model support:** |                        |                                            |

* The support column reflects the [catalog](/docs/models).

### Fine-tuning

| Removal date | Model                | Suggested replacement |
| :----------- | :------------------- | :-------------------- |
| 2026-07-29   | `acme/Thinking-2507` | `acme/Small-9B`       |
| 2026-07-29   | `acme/Base-7B`       |                       |
)";

/// September 2026: a section of scheduled removals, short delimiter rows.
inline constexpr const char* kPageOfSeptember2026 = R"(# Deprecations

## Scheduled deprecations

| Removal date | Model | Recommended replacement | Supported by on-demand dedicated endpoints |
| :- | :- | :- | :- |
| 2026-09-14 | `acme/Small-20b` | `acme/Small-9B` | Yes |
| TBD | `acme/Soon-1` | | No |

## Deprecation history

### Inference

| Removal date | Model | Supported by on-demand dedicated endpoints |
| :- | :- | :- |
| 2026-08-19 | `acme/Gone-1` | Yes |
| **Notes on model support:** | | |

### Fine-tuning

| Removal date | Model | Suggested replacement |
| :- | :- | :- |
| 2026-07-29 | `acme/Base-7B` | `acme/Small-9B` |
)";

/// Databricks' page in English: families are about fine-tuning, models about pay-per-token.
inline constexpr const char* kFamiliesAndModels = R"(# Retired models

## Model customisation

| Model family | Retirement date | Recommended replacement model family |
| --- | --- | --- |
| Llama 2 | January 7, 2025 | Llama 3.1 |
| Mistral | Apr 30, 2025 | Llama 3.1 |

## Pay-per-token

| Model | Retirement date | Recommended replacement model |
|---|---|---|
| Acme 70B Chat | April 30, 2025 | Acme-3.1-70B |
| Acme Code | 7 June 2025 | |
)";

/// The same in Chinese.
inline constexpr const char* kFamiliesAndModelsInChinese = R"(# 已停用的模型

| 模型系列 | 停用日期 | 推荐的替换模型系列 |
| --- | --- | --- |
| Llama 2 | 2025 年 1 月 7 日 | Llama 3.1 |

| 模型 | 停用日期 | 推荐的替换模型 |
| --- | --- | --- |
| Acme 70B Chat | 2025年4月30日 | Acme-3.1-70B |
| Acme Code | 2025　年　6　月　7　日 | |
)";

/// LiteLLM's price map, an entry a line.
inline constexpr const char* kPriceMap = R"({
"sample_spec": {"deprecation_date": "date when the model becomes deprecated, as YYYY-MM-DD"},
"gpt-1": {"deprecation_date": "2026-01-01", "litellm_provider": "openai"},
"together_ai/acme/Gone-1": {"deprecation_date": "2026-08-19", "metadata": {"successor": "together_ai/acme/New-1"}},
"together_ai/acme/Gone-2": {"deprecation_date": "2026-08-20", "metadata": {"successor": "acme/New-2"}},
"together_ai/acme/Gone-3": {"deprecation_date": "2026-08-21", "metadata": {"notes": "none"}},
"together_ai/acme/Here": {"input_cost_per_token": 8e-07}
}
)";

/// An operator's own list.
inline constexpr const char* kOwnList = R"(# what we know from mails
- {model: acme/Gone-1, date: 2026-10-01, replacement: acme/New-1}
- model: acme/Base-7B
  date: 2026-11-02
  surface: fine_tuning
)";

}  // namespace together
