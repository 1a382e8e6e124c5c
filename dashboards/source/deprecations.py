"""Deprecation calendar: what goes when, what takes its place, and who says so."""

from board import dashboard, row
from panels import (BAD_ABOVE_ZERO, BAD_BELOW_ONE, DAYS_LEFT, MODELS, NONE_IS_PLAIN, PLAIN,
                    PLAIN_YES_NO, RATIO, WHERE, YES_NO, column, gauges, latest, lines, model_column,
                    moment, runbook, stat, state_column, steps, table, target, timeline,
                    when_column, yes_no_column)

# Tracked models, and no other, have a number of fallbacks.
TRACKED = f"and on (model) together_model_fallbacks_available{{{MODELS}}}"
WITH_FALLBACKS = f"and on (model) together_model_fallback_available{{{MODELS}}}"
RETIRES = "together_model_retirement_timestamp_seconds"
INFERENCE = MODELS + ', surface="inference"'
DATE = latest(RETIRES, where=INFERENCE)
GONE = f'together_model_state{{{MODELS}, state="removed"}} == 1'


def number_of(expr):
    """0 where there is none: the truth, as long as an exporter runs."""
    return f"count({expr}) or 0 * count(together_exporter_build_info{{{WHERE}}})"


CALENDAR = row(
    "What goes, and when",
    stat("Dates", "Models that a source lets go on inference: with a day ahead, within 30 days, "
         "and past their day but still answering.",
         [target(number_of(f"{DATE} > time()"), "ahead"),
          target(number_of(f"{DATE} > time() < time() + 2592000"), "within 30 days"),
          target(number_of(f"({DATE} < time()) and on (model) "
                           f"together_model_available{{{MODELS}}} == 1"), "overdue")],
         "none", (12, 4), thresholds=PLAIN,
         overrides=[column("within 30 days", thresholds=steps((None, "green"), (1, "yellow"))),
                    column("overdue", thresholds=steps((None, "green"), (1, "yellow")))],
         links=[runbook("TogetherRetirementScheduled"), runbook("TogetherRetirementShortNotice"),
                runbook("TogetherRetirementOverdue")]),
    stat("Trouble", "Tracked models that are gone, that have a replacement which does not answer, "
         "and that have fallbacks of which none answers.",
         [target(number_of(f"group by (model) ({GONE}) {TRACKED}"), "gone"),
          target(number_of(f"group by (model) (together_model_replacement_available{{{MODELS}}} "
                           "== 0)"), "replacement fails"),
          target(number_of(f"group by (model) (together_model_fallbacks_available{{{MODELS}}} "
                           f"== 0) {WITH_FALLBACKS}"), "fallbacks exhausted")],
         "none", (12, 4), thresholds=BAD_ABOVE_ZERO,
         links=[runbook("TogetherModelRemoved"), runbook("TogetherReplacementUnavailable"),
                runbook("TogetherFallbacksExhausted")]),
    table("Tracked models", "Every tracked model. Of several dates the latest counts. Negative: "
          "days since. The successor is the nearest model along the chain of replacements that "
          "answers. A model with several replacements has several lines.", (24, 11),
          {"model": model_column(), "state": state_column(), "replacement": "Replacement",
           "successor": "Successor"},
          [(f"max by (model, state) (together_model_state{{{MODELS}}} == 1) {TRACKED}", None),
           (f"({DATE} - time()) / 86400 {TRACKED}",
            column("Days left", decimals=1, thresholds=DAYS_LEFT)),
           (f"{moment(DATE)} {TRACKED}", column("Inference ends", unit="dateTimeAsIso")),
           (moment(latest(RETIRES, where=MODELS + ', surface="fine_tuning"')) + f" {TRACKED}",
            column("Fine-tuning ends", unit="dateTimeAsIso")),
           (f'{latest("together_model_replacement_info", "model, replacement")} {TRACKED}', None),
           (f'{latest("together_model_replacement_available", "model, replacement")} {TRACKED}',
            yes_no_column("Replacement up")),
           (f'{latest("together_model_successor_info", "model, successor")} {TRACKED}', None),
           (f"count by (model) (max by (model, fallback) "
            f"(together_model_fallback_available{{{MODELS}}}))", column("Fallbacks")),
           (latest("together_model_fallbacks_available"),
            column("Fallbacks left", thresholds=NONE_IS_PLAIN))],
          sort="Days left",
          links=[runbook("TogetherRetirementScheduled"), runbook("TogetherFallbacksExhausted"),
                 runbook("TogetherReplacementUnavailable")]),
    gauges("Days left", "Days until the latest date on inference, nearest first; models that are "
           "past it are not here.",
           [target(f"sort(({DATE} - time()) / 86400 > 0)", "{{model}}", instant=True)],
           "none", (10, 9), defaults={"decimals": 1, "min": 0, "max": 90}, thresholds=DAYS_LEFT,
           links=[runbook("TogetherRetirementScheduled")]),
    table("Every date, by source", "One line for each date that a source names, and when this "
          "exporter first saw it.", (14, 9),
          {"model": model_column(), "surface": "Surface", "source": "Source"},
          [(moment(latest(RETIRES, "model, surface, source")),
            column("Date", unit="dateTimeAsIso")),
           (f'({latest(RETIRES, "model, surface, source")} - time()) / 86400',
            column("Days left", decimals=1, thresholds=DAYS_LEFT)),
           (moment(latest("together_model_retirement_announced_timestamp_seconds",
                          "model, surface, source")), when_column("First seen"))],
          sort="Days left",
          links=[runbook("TogetherRetirementShortNotice"),
                 runbook("TogetherFineTuningModelRetired")]),
)

INSTEAD = row(
    "What takes its place",
    table("Replacements", "Who names which model, whether it answers, and its price per token and "
          "context length over those of the model it replaces.", (24, 9),
          {"model": model_column(), "replacement": "Replacement", "source": "Named by"},
          [(latest("together_model_replacement_info", "model, replacement, source"), None),
           (latest("together_model_replacement_available", "model, replacement"),
            yes_no_column("Available")),
           (latest("together_model_replacement_price_ratio", "model, replacement",
                   MODELS + ', direction="input"'),
            column("Input price ratio", decimals=2, thresholds=RATIO)),
           (latest("together_model_replacement_price_ratio", "model, replacement",
                   MODELS + ', direction="output"'),
            column("Output price ratio", decimals=2, thresholds=RATIO)),
           (latest("together_model_replacement_context_length_ratio", "model, replacement"),
            column("Context ratio", decimals=2,
                   thresholds=steps((None, "red"), (1, "green"))))],
          links=[runbook("TogetherReplacementUnavailable")]),
    table("Redirects", "Models in whose name another answers: announced by a source, observed in "
          "an answer, or both. Together's own policy allows a price ratio of 1.1.", (12, 8),
          {"model": model_column(), "to": "Answered by", "evidence": "Evidence"},
          [(latest("together_model_redirect_info", "model, to, evidence"), None),
           (latest("together_model_redirect_price_ratio", "model, to",
                   MODELS + ', direction="input"'),
            column("Input ratio", decimals=2, thresholds=RATIO)),
           (latest("together_model_redirect_price_ratio", "model, to",
                   MODELS + ', direction="output"'),
            column("Output ratio", decimals=2, thresholds=RATIO))],
          links=[runbook("TogetherModelRedirected"), runbook("TogetherPriceOutsidePolicy")]),
    table("Fallbacks", "The configured fallbacks of each tracked model in their order, and whether "
          "each is proven available.", (12, 8),
          {"model": model_column(), "position": "Position", "fallback": "Fallback"},
          [(latest("together_model_fallback_available", "model, position, fallback"),
            yes_no_column("Available"))],
          sort="Model", links=[runbook("TogetherFallbacksExhausted")]),
    table("Fine-tuning", "Base models for fine-tuning that a source replaces, and whether the "
          "configured ones are still offered.", (12, 7),
          {"model": model_column(), "replacement": "Replacement", "source": "Named by"},
          [(latest("together_model_fine_tuning_replacement_info", "model, replacement, source"),
            None),
           (latest("together_fine_tuning_model_supported"), yes_no_column("Offered"))],
          links=[runbook("TogetherFineTuningModelRetired")]),
    timeline("Fallback depth", "How many fallbacks were proven available, of each tracked model "
             "that has any.",
             [target(f'{latest("together_model_fallbacks_available")} {WITH_FALLBACKS}',
                     "{{model}}")], (12, 7), [],
             thresholds=BAD_BELOW_ONE, links=[runbook("TogetherFallbacksExhausted")]),
)

SOURCES = row(
    "Who says so",
    table("Sources", "Whether the last look at each source gave rows that can be believed, how "
          "many, and how old its last good answer is. Where it failed, that answer stays.", (12, 8),
          {"source": "Source"},
          [(latest("together_retirement_source_up", "source", WHERE),
            column("Believed", mappings=YES_NO)),
           (latest("together_retirement_source_rows", "source", WHERE), column("Rows")),
           (latest("together_retirement_source_redirects", "source", WHERE), column("Redirects")),
           (moment(latest("together_retirement_source_last_success_timestamp_seconds", "source",
                          WHERE)), when_column("Last good answer"))],
          links=[runbook("TogetherRetirementSourceBroken")]),
    lines("Age of sources", "Time since each source last gave an answer that was believed.",
          [target("time() - " + latest("together_retirement_source_last_success_timestamp_seconds",
                                       "source", WHERE), "{{source}}")], "s", (6, 8),
          thresholds=steps((None, "green"), (86400, "yellow"), (604800, "red")),
          links=[runbook("TogetherRetirementSourceBroken")]),
    lines("Rows of sources", "Retirement rows in each source's last good answer.",
          [target(latest("together_retirement_source_rows", "source", WHERE), "{{source}}")],
          "none", (6, 8), links=[runbook("TogetherRetirementSourceBroken")]),
    table("Listed", "Whether the believed lists hold the model. Listed is not callable.", (24, 7),
          {"model": model_column()},
          [(latest("together_model_listed", where=MODELS + ', list="all"'),
            column("In the whole list", mappings=PLAIN_YES_NO)),
           (latest("together_model_listed", where=MODELS + ', list="serverless"'),
            column("In the serverless list", mappings=PLAIN_YES_NO)),
           (latest("together_model_available"), yes_no_column("Available"))]),
)

DASHBOARD = dashboard(
    "together-deprecations", "Together AI: deprecation calendar",
    "What Together AI lets go, when, who says so, and what to use instead.",
    [CALENDAR, INSTEAD, SOURCES])
