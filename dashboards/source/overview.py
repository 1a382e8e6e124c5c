"""Overview: is anything wrong, and what is next."""

from board import dashboard, row
from panels import (BAD_BELOW_ONE, DAYS_LEFT, FAINT, KEPT, MODELS, NONE_IS_PLAIN, PLAIN, RATIO,
                    RUNBOOKS, STATES, STATE_CODES, WHERE, YES_NO, bars, column, grown, latest,
                    lines, mapping, model_column, moment, price_column, runbook, stat, state_code,
                    state_column, steps, table, target, timeline, when_column, yes_no_column)


def colored_from_one(state, color):
    """Zero models in a bad state must not look bad."""
    return column(state, thresholds=steps((None, FAINT), (1, color)))


# An alert about the account or the job has no instance.
ALERTS = ('ALERTS{alertname=~"Together.+", job=~"$job", instance=~"$instance"} '
          'or ALERTS{alertname=~"Together.+", job=~"$job", instance=""}')

# The date of every model that is not gone yet.
DATE = latest("together_model_retirement_timestamp_seconds", where=MODELS + ', surface="inference"')
AHEAD = f'({DATE} unless on (model) together_model_state{{{MODELS}, state="removed"}} == 1)'

BROKEN = (f'label_replace(max by (model, rule) (together_stream_rule_ok{{{MODELS}}} == 0), '
          '"surface", "stream", "", "") or '
          f"max by (surface, model, rule) (together_surface_rule_ok{{{MODELS}}} == 0)")

ATTENTION = row(
    "Is anything wrong",
    stat("Gates", "Reasons why nothing can be said of any model. While one is active every model "
         "is unknown, and its alert stands for all of theirs.",
         [target(latest("together_gate_active", "gate", WHERE), "{{gate}}")],
         "none", (8, 5), mappings=mapping({0: ("clear", "green"), 1: ("active", "red")}),
         thresholds=steps((None, "green"), (1, "red")),
         links=[runbook("TogetherProviderOutage"), runbook("TogetherKeyRejected"),
                runbook("TogetherSpendLimited"), runbook("TogetherExporterOffline")]),
    stat("Watched models by state", "How many models are in each state: tracked ones, their "
         "fallbacks and their replacements.",
         [target(f"sum by (state) (max by (model, state) (together_model_state{{{MODELS}}}))",
                 "{{state}}")],
         "none", (10, 5),
         overrides=[colored_from_one(state, color) for state, (_, color) in STATES.items()],
         links=[runbook("TogetherModelRemoved"), runbook("TogetherModelDown"),
                runbook("TogetherModelSuspect"), runbook("TogetherModelBlocked"),
                runbook("TogetherModelUnknown")]),
    stat("Exporter", "Whether Prometheus reaches the exporter, whether Together AI's model list "
         "came with the last call, whether state reaches the disk, and whether the newest "
         "configuration was taken up.",
         [target(f"min(up{{{WHERE}}})", "scraped"),
          target(f"min(together_up{{{WHERE}}})", "model list"),
          target(f"min(together_exporter_state_writable{{{WHERE}}})", "state written"),
          target(f"min(together_exporter_config_last_reload_successful{{{WHERE}}})", "configured")],
         "none", (6, 5), mappings=YES_NO, thresholds=BAD_BELOW_ONE,
         links=[runbook("TogetherExporterDown"), runbook("TogetherStateNotWritable"),
                runbook("TogetherConfigReloadFailed")]),
    table("Alerts", "Every alert of together-exporter that fires, or will if things stay as they "
          "are; the name leads to its runbook. Empty as well where Prometheus does not load the "
          "rules.", (14, 9),
          {"alertstate": column("State", unit="string", mappings=mapping(
              {"firing": ("firing", "red"), "pending": ("pending", "yellow")})),
           "severity": "Severity",
           "alertname": column("Alert", unit="string", links=[{
               "title": "Runbook", "targetBlank": True, "url": RUNBOOKS + "/${__value.raw}.md"}]),
           "model": model_column(), "team": "Team"},
          [(f"max by (alertstate, severity, alertname, model, team) ({ALERTS})", None)],
          sort="State", links=[runbook("TogetherWatchdog")]),
    table("Rules that are broken", "Rules of the streaming contract and of other surfaces that the "
          "newest answer broke.", (10, 9),
          {"surface": "Surface", "model": model_column(), "rule": "Rule"}, [(BROKEN, None)],
          links=[runbook("TogetherStreamContractBroken"), runbook("TogetherToolCallsBroken")]),
)

NEXT = row(
    "What is next",
    table("Next retirements", "Models that somebody lets go on inference and that are not gone "
          "yet. Past dates are negative: the model still answers.", (14, 8),
          {"model": model_column(), "replacement": "Replacement"},
          [(f"({AHEAD} - time()) / 86400", column("Days left", decimals=1, thresholds=DAYS_LEFT)),
           (moment(AHEAD), column("Date", unit="dateTimeAsIso")),
           (f'{latest("together_model_replacement_info", "model, replacement")} '
            f"and on (model) {AHEAD}", None),
           (f'{latest("together_model_replacement_available", "model, replacement")} '
            f"and on (model) {AHEAD}", yes_no_column("Replacement available"))],
          sort="Days left",
          links=[runbook("TogetherRetirementScheduled"), runbook("TogetherRetirementOverdue"),
                 runbook("TogetherReplacementUnavailable")]),
    table("Prices that changed", "Each price that ever changed: today's over the one before, and "
          "when. Above 1 it rose.", (10, 8),
          {"model": model_column(), "direction": "Direction"},
          [("max by (model, direction) "
            f"(together_model_price_usd_per_token{{{MODELS}}} / "
            f"together_model_previous_price_usd_per_token{{{MODELS}}})",
            column("New over old", decimals=3, thresholds=RATIO)),
           (moment(latest("together_model_price_last_change_timestamp_seconds",
                          "model, direction")), when_column("Changed"))],
          links=[runbook("TogetherPriceIncreased")]),
)

MODEL_ROW = row(
    "Models",
    timeline("State of each model", "The state over time. Grey is unknown: nothing could be said, "
             "because a gate was active or no look was recent.",
             [target(state_code(), "{{model}}")], (24, 9), STATE_CODES,
             links=[runbook("TogetherModelRemoved"), runbook("TogetherModelDown"),
                    runbook("TogetherModelRedirected")]),
    table("Models, replacements, fallbacks, prices", "One line a model; more where it has several "
          "replacements. Prices in USD per million tokens, as listed.", (24, 10),
          {"model": model_column(), "state": state_column(), "replacement": "Replacement"},
          [(f"max by (model, state) (together_model_state{{{MODELS}}} == 1)", None),
           (moment(latest("together_model_state_since_timestamp_seconds")), when_column("Since")),
           (moment(latest("together_model_last_served_timestamp_seconds")),
            when_column("Last served")),
           (latest("together_model_replacement_info", "model, replacement"), None),
           (latest("together_model_fallbacks_available"),
            column("Fallbacks available", decimals=0, thresholds=NONE_IS_PLAIN)),
           ("1e6 * " + latest("together_model_price_usd_per_token",
                              where=MODELS + ', direction="input"'), price_column("Input price")),
           ("1e6 * " + latest("together_model_price_usd_per_token",
                              where=MODELS + ', direction="output"'),
            price_column("Output price"))],
          links=[runbook("TogetherFallbacksExhausted")]),
)

LOOKS = row(
    "Looks",
    lines("Looks that succeed", "Share of targets whose last look ended well, by probe.",
          [target(f"avg by (probe) (together_probe_success{{{WHERE}}})", "{{probe}}")],
          "percentunit", (8, 8), defaults={"max": 1},
          thresholds=steps((None, "red"), (0.9, "yellow"), (0.99, "green"))),
    bars("How looks fail", "Looks that did not end well, by probe and outcome.",
         [target(grown("together_probe_runs_total", "probe, outcome", WHERE + ', outcome!="ok"')
                 + " > 0", "{{probe}}: {{outcome}}")], (8, 8)),
    timeline("Rules of the streaming contract", "Whether the last stream of every chosen model "
             "kept each rule.",
             [target(f"min by (rule) (together_stream_rule_ok{{{MODELS}}})", "{{rule}}")], (8, 8),
             KEPT, thresholds=BAD_BELOW_ONE, links=[runbook("TogetherStreamContractBroken")]),
    lines("Models in the list", "Size of Together AI's model lists as last believed. A sudden fall "
          "is not believed until it is repeated.",
          [target(f"max by (list) (sum by (instance, list) (together_catalog_models{{{WHERE}}}))",
                  "{{list}}")], "none", (8, 7), links=[runbook("TogetherCatalogStale")]),
    stat("Budget left today", "What paid probes may still spend before midnight UTC, and the day's "
         "whole budget. At zero they pause; free ones go on.",
         [target(f"min(together_probe_budget_remaining_usd{{{WHERE}}})", "left"),
          target(f"min(together_probe_budget_usd_per_day{{{WHERE}}})", "a day")],
         "currencyUSD", (8, 7), defaults={"decimals": 4},
         thresholds=steps((None, "red"), (0.01, "yellow"), (0.1, "green")),
         links=[runbook("TogetherProbeBudgetExhausted")]),
    stat("Workloads", "What each configured workload costs a day, as far as its tokens and prices "
         "are known.",
         [target('max by (workload) (together_workload_cost_usd_per_day'
                 f'{{{MODELS}, pricing="current"}})', "{{workload}}")],
         "currencyUSD", (8, 7), defaults={"decimals": 2}, thresholds=PLAIN,
         links=[runbook("TogetherWorkloadCostSpike")]),
)

DASHBOARD = dashboard(
    "together-overview", "Together AI: overview",
    "Is anything wrong with the models we use on Together AI, and what is next.",
    [ATTENTION, NEXT, MODEL_ROW, LOOKS])
