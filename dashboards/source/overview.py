"""Overview: is anything wrong, and what is next."""

from panels import (MODELS, RUNBOOKS, STATES, WHERE, column, dashboard, lines, mapping, panel, row,
                    runbook, stat, steps, table, target, timeline)

YES_NO = mapping({0: ("no", "red"), 1: ("yes", "green")})
STATE_CODES = mapping({code: (state, color) for state, (code, color) in STATES.items()})
STATE_COLORS = [{"type": "value", "options": {
    state: {"index": code, "text": state, "color": color}
    for state, (code, color) in STATES.items()}}]
STATE_CODE = "max by (model) (" + " or ".join(
    f'{code} * together_model_state{{{MODELS}, state="{state}"}}'
    for state, (code, _) in STATES.items()) + ")"


def colored_from_one(state, color):
    """Zero models in a bad state must not look bad."""
    return column(state, thresholds=steps((None, "rgba(128, 128, 128, 0.25)"), (1, color)))


ATTENTION = row(
    "Is anything wrong",
    stat("Gates", "Reasons why nothing can be said of any model. While one is active every model is "
         "unknown, and its alert stands for all of theirs.",
         [target(f"max by (gate) (together_gate_active{{{WHERE}}})", "{{gate}}")],
         "none", (8, 5), mappings=mapping({0: ("clear", "green"), 1: ("active", "red")}),
         thresholds=steps((None, "green"), (1, "red")),
         links=[runbook("TogetherProviderOutage"), runbook("TogetherKeyRejected")]),
    stat("Watched models by state", "How many models are in each state: tracked ones, their "
         "fallbacks and their replacements.",
         [target(f"sum by (state) (together_model_state{{{MODELS}}})", "{{state}}")],
         "none", (10, 5),
         overrides=[colored_from_one(state, color) for state, (_, color) in STATES.items()],
         links=[runbook("TogetherModelRemoved"), runbook("TogetherModelDown")]),
    stat("Exporter", "Whether Prometheus reaches the exporter, whether Together AI's model list "
         "came with the last call, whether state reaches the disk, and whether the newest "
         "configuration was taken up.",
         [target('min(up{job=~"$job", instance=~"$instance"})', "scraped"),
          target(f"min(together_up{{{WHERE}}})", "model list"),
          target(f"min(together_exporter_state_writable{{{WHERE}}})", "state written"),
          target(f"min(together_exporter_config_last_reload_successful{{{WHERE}}})", "configured")],
         "none", (6, 5), mappings=YES_NO, thresholds=steps((None, "red"), (1, "green")),
         links=[runbook("TogetherExporterDown")]),
    table("Alerts that fire", "Every alert of together-exporter that fires now; the name leads to "
          "its runbook.",
          [target('ALERTS{alertname=~"Together.+", alertstate="firing", job=~"$job"}', table=True)],
          (24, 5),
          {"severity": "Severity", "alertname": "Alert", "model": "Model", "team": "Team",
           "direction": "Direction", "header": "Header", "instance": "Exporter", "job": "Job"},
          hidden=("Value", "__name__", "alertstate", "gate"),
          overrides=[column("Alert", links=[{
              "title": "Runbook", "targetBlank": True,
              "url": RUNBOOKS + "/${__value.raw}.md"}])]),
)

MODEL_ROW = row(
    "Models",
    timeline("State of each model", "The state over time. Grey is unknown: nothing could be said, "
             "because a gate was active or no look was recent.",
             [target(STATE_CODE, "{{model}}")], (24, 9), STATE_CODES,
             links=[runbook("TogetherModelRemoved"), runbook("TogetherModelDown")]),
    table("Models, replacements, fallbacks, prices", "One line a model; more where it has several "
          "replacements. Prices in USD per million tokens, as listed.",
          [target(f"max by (model, state) (together_model_state{{{MODELS}}} == 1)", table=True),
           target(f"1000 * max by (model) (together_model_state_since_timestamp_seconds{{{MODELS}}})",
                  table=True),
           target("1000 * max by (model) "
                  f"(together_model_last_served_timestamp_seconds{{{MODELS}}})", table=True),
           target(f"max by (model, replacement, source) (together_model_replacement_info{{{MODELS}}})",
                  table=True),
           target(f"max by (model) (together_model_fallbacks_available{{{MODELS}}})", table=True),
           target("1e6 * max by (model) "
                  f'(together_model_price_usd_per_token{{{MODELS}, direction="input"}})', table=True),
           target("1e6 * max by (model) "
                  f'(together_model_price_usd_per_token{{{MODELS}, direction="output"}})',
                  table=True)],
          (24, 10),
          {"model": "Model", "state": "State", "Value #B": "Since", "Value #C": "Last served",
           "replacement": "Replacement", "source": "Named by", "Value #E": "Fallbacks available",
           "Value #F": "Input price", "Value #G": "Output price"},
          hidden=("Value #A", "Value #D"),
          overrides=[
              column("State", mappings=STATE_COLORS,
                     **{"custom.cellOptions": {"type": "color-background", "mode": "basic"}}),
              column("Since", unit="dateTimeFromNow"),
              column("Last served", unit="dateTimeFromNow"),
              column("Fallbacks available", unit="none",
                     thresholds=steps((None, "red"), (1, "green")),
                     **{"custom.cellOptions": {"type": "color-text"}}),
              column("Input price", unit="currencyUSD", decimals=3),
              column("Output price", unit="currencyUSD", decimals=3)]),
)

PROBE_ROW = row(
    "Model list and probes",
    lines("Models in the list", "Size of Together AI's model lists as last believed. A sudden fall "
          "is not believed until it is repeated.",
          [target(f"max by (list) (sum by (instance, list) (together_catalog_models{{{WHERE}}}))",
                  "{{list}}")], "none", (8, 8)),
    lines("Age of the model list", "Time since a list was last fetched and believed.",
          [target(f"time() - max by (list) (together_catalog_last_success_timestamp_seconds{{{WHERE}}})",
                  "{{list}}")], "s", (8, 8),
          thresholds=steps((None, "green"), (600, "yellow"), (3600, "red"))),
    lines("Looks that succeed", "Share of targets whose last look ended well, by probe.",
          [target(f"avg by (probe) (together_probe_success{{{WHERE}}})", "{{probe}}")],
          "percentunit", (8, 8), defaults={"min": 0, "max": 1},
          thresholds=steps((None, "red"), (0.9, "yellow"), (0.99, "green"))),
    lines("How looks fail", "Looks in the last hour that did not end well, by probe and outcome.",
          [target("sum by (probe, outcome) "
                  f'(increase(together_probe_runs_total{{{WHERE}, outcome!="ok"}}[1h])) > 0',
                  "{{probe}}: {{outcome}}")], "short", (8, 8), defaults={"min": 0, "decimals": 0}),
    lines("Duration of looks, 95th percentile", "How long whole looks took in the last hour; streams "
          "last as long as their text.",
          [target("histogram_quantile(0.95, sum by (le, probe) "
                  f"(rate(together_probe_duration_seconds_bucket{{{WHERE}}}[1h])))", "{{probe}}")],
          "s", (8, 8), defaults={"min": 0},
          thresholds=steps((None, "green"), (10, "yellow"), (30, "red"))),
    lines("Looks left out", "Looks in the last hour that were due and not made: no budget left, asked "
          "to wait, or a gate.",
          [target("sum by (probe, reason) "
                  f"(increase(together_probe_skipped_total{{{WHERE}}}[1h])) > 0",
                  "{{probe}}: {{reason}}")], "short", (8, 8), defaults={"min": 0, "decimals": 0}),
)

STREAM_ROW = row(
    "Streams",
    timeline("Rules of the streaming contract", "Whether the last stream of every chosen model kept "
             "each rule.",
             [target(f"min by (rule) (together_stream_rule_ok{{{MODELS}}})", "{{rule}}")], (12, 9),
             mapping({0: ("broken", "red"), 1: ("kept", "green")}),
             thresholds=steps((None, "red"), (1, "green")),
             links=[runbook("TogetherStreamContractBroken")]),
    lines("Broken rules by model", "Streams in the last hour that broke a rule.",
          [target("sum by (model, rule) "
                  f"(increase(together_stream_violations_total{{{MODELS}}}[1h])) > 0",
                  "{{model}}: {{rule}}")], "short", (12, 9), defaults={"min": 0, "decimals": 0},
          links=[runbook("TogetherStreamContractBroken")]),
    panel("heatmap", "Time to first token", "When the first token of any kind came, over all chosen "
          "models. One stream a model and interval.",
          [target("sum by (le) (increase(together_stream_time_to_first_token_seconds_bucket"
                  f'{{{MODELS}, channel="any"}}[$__rate_interval]))', "{{le}}", heatmap=True)],
          "short", (12, 9), interval="15m",
          options={"calculate": False, "cellGap": 1,
                   "yAxis": {"unit": "s", "axisPlacement": "left"},
                   "color": {"mode": "scheme", "scheme": "Oranges", "steps": 64, "fill": "orange",
                             "exponent": 0.5},
                   "cellValues": {"unit": "short"}, "rowsFrame": {"layout": "auto"},
                   "tooltip": {"mode": "single", "yHistogram": False},
                   "legend": {"show": True}, "filterValues": {"le": 1e-9}}),
    lines("Output tokens a second", "Speed of each model's last stream, from its first token to its "
          "last.",
          [target(f"max by (model) (together_stream_output_tokens_per_second{{{MODELS}}})",
                  "{{model}}")], "short", (12, 9), defaults={"min": 0}),
)

MONEY_ROW = row(
    "Prices and budget",
    lines("Prices", "Listed price in USD per million tokens.",
          [target("1e6 * max by (model, direction) "
                  f"(together_model_price_usd_per_token{{{MODELS}}})", "{{model}}: {{direction}}")],
          "currencyUSD", (12, 9), defaults={"min": 0, "decimals": 3},
          links=[runbook("TogetherPriceIncreased")]),
    table("Prices that changed", "Each price that ever changed: today's over the one before, and when. "
          "Above 1 it rose.",
          [target("max by (model, direction) "
                  f"(together_model_price_usd_per_token{{{MODELS}}} / "
                  f"together_model_previous_price_usd_per_token{{{MODELS}}})", table=True),
           target("1000 * max by (model, direction) "
                  f"(together_model_price_last_change_timestamp_seconds{{{MODELS}}})", table=True)],
          (12, 9),
          {"model": "Model", "direction": "Direction", "Value #A": "New over old",
           "Value #B": "Changed"},
          overrides=[
              column("New over old", unit="none", decimals=3,
                     thresholds=steps((None, "green"), (1, "text"), (1.000001, "red")),
                     **{"custom.cellOptions": {"type": "color-text"}}),
              column("Changed", unit="dateTimeFromNow")],
          links=[runbook("TogetherPriceIncreased")]),
    stat("Budget left today", "What paid probes may still spend before midnight UTC, and the day's "
         "whole budget. At zero they pause; free ones go on.",
         [target(f"min(together_probe_budget_remaining_usd{{{WHERE}}})", "left"),
          target(f"min(together_probe_budget_usd_per_day{{{WHERE}}})", "a day")],
         "currencyUSD", (8, 7), defaults={"color": {"mode": "thresholds"}, "decimals": 4},
         thresholds=steps((None, "red"), (0.01, "yellow"), (0.1, "green"))),
    lines("Spend of probes", "What looks have cost in the last day, by probe.",
          [target("sum by (probe) "
                  f"(increase(together_probe_spend_usd_total{{{WHERE}}}[1d]))", "{{probe}}")],
          "currencyUSD", (16, 7), defaults={"min": 0, "decimals": 4}),
)

CONTRACT_ROW = row(
    "API version and exporter",
    table("Version headers", "Every value of a watched header that answers carry now. An absent "
          "header is normal.",
          [target(f"max by (header, value) (together_api_version_info{{{WHERE}}})", table=True),
           target(f"max by (header) (together_api_version_header_present{{{WHERE}}})", table=True),
           target(f"max by (header) (together_api_version_changes_total{{{WHERE}}})", table=True)],
          (12, 7),
          {"header": "Header", "value": "Value", "Value #B": "Present", "Value #C": "Changes"},
          hidden=("Value #A",),
          overrides=[column("Present", mappings=mapping({0: ("no", "text"), 1: ("yes", "text")})),
                     column("Changes", unit="none", decimals=0)],
          links=[runbook("TogetherApiVersionChanged")]),
    lines("Lateness of the scheduler, 99th percentile", "How long after they were due looks began.",
          [target("histogram_quantile(0.99, sum by (le) "
                  f"(rate(together_exporter_schedule_lag_seconds_bucket{{{WHERE}}}[15m])))", "p99")],
          "s", (6, 7), defaults={"min": 0},
          thresholds=steps((None, "green"), (1, "yellow"), (10, "red"))),
    lines("Memory of the exporter", "Resident memory.",
          [target(f"max by (instance) (process_resident_memory_bytes{{{WHERE}}})", "{{instance}}")],
          "bytes", (6, 7), defaults={"min": 0},
          links=[runbook("TogetherExporterDown")]),
)

DASHBOARD = dashboard(
    "together-overview", "Together AI: overview",
    "Is anything wrong with the models we use on Together AI, and what is next.",
    [ATTENTION, MODEL_ROW, PROBE_ROW, STREAM_ROW, MONEY_ROW, CONTRACT_ROW])
