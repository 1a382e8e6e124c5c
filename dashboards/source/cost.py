"""Cost: what our traffic costs, which prices moved, and what watching costs."""

from board import dashboard, row
from panels import (MODELS, PLAIN, RATIO, WHERE, bars, column, gauges, grown, latest, lines,
                    model_column, moment, price_column, runbook, stat, steps, table, target,
                    when_column)

COST = "together_workload_cost_usd_per_day"
PRICE = "together_model_price_usd_per_token"
# Endpoints run models of their own as well, which the variable does not offer.
STARTED = WHERE + ', state="started"'
CHANGES = 'increase(together_model_{}changes_total{{' + MODELS + '}}[$__rate_interval])'


def cost(pricing):
    return latest(COST, "workload, model", f'{MODELS}, pricing="{pricing}"')


def price(direction):
    return "1e6 * " + latest(PRICE, where=f'{MODELS}, direction="{direction}"')


def dearest(direction):
    return f"topk(10, {price(direction)})"


WORKLOADS = row(
    "Workloads",
    table("Workloads a day", "What each configured workload costs a day now, at the prices before "
          "the last change, on the replacement, and as batch jobs, which cost half. Empty: a price "
          "or a number of tokens is not known.", (24, 7),
          {"workload": "Workload", "model": model_column()},
          [(cost("current"), column("Now", unit="currencyUSD", decimals=2)),
           (cost("previous"), column("Before", unit="currencyUSD", decimals=2)),
           (f"{cost('current')} / {cost('previous')}",
            column("Now over before", decimals=3, thresholds=RATIO)),
           (cost("replacement"), column("On the replacement", unit="currencyUSD", decimals=2)),
           (cost("batch"), column("As batch jobs", unit="currencyUSD", decimals=2))],
          links=[runbook("TogetherWorkloadCostSpike")]),
    lines("Cost of workloads", "USD a day at each pricing, over time.",
          [target(latest(COST, "workload, pricing"), "{{workload}}: {{pricing}}")],
          "currencyUSD", (8, 8), links=[runbook("TogetherWorkloadCostSpike")]),
    lines("Tokens of workloads", "Tokens a day, as configured or as Prometheus says.",
          [target(latest("together_workload_tokens_per_day", "workload, direction", WHERE),
                  "{{workload}}: {{direction}}")], "short", (8, 8),
          links=[runbook("TogetherWorkloadCostSpike")]),
    lines("Age of measured usage", "Time since Prometheus last said what each workload uses. After "
          "three intervals its cost is not known any more. Only workloads with a query.",
          [target("time() - " + latest("together_workload_query_last_success_timestamp_seconds",
                                       "workload, direction", WHERE),
                  "{{workload}}: {{direction}}")], "s", (8, 8),
          thresholds=steps((None, "green"), (600, "yellow"), (900, "red"))),
)

CHANGED = row(
    "Prices that changed",
    table("Per token", "Each price that ever changed, in USD per million tokens. Above 1 it rose.",
          (12, 8), {"model": model_column(), "direction": "Direction"},
          [("1e6 * " + latest("together_model_previous_price_usd_per_token", "model, direction"),
            price_column("Before")),
           (f'1e6 * {latest(PRICE, "model, direction")} and on (model, direction) '
            f"together_model_previous_price_usd_per_token{{{MODELS}}}", price_column("Now")),
           ("max by (model, direction) "
            f"({PRICE}{{{MODELS}}} / together_model_previous_price_usd_per_token{{{MODELS}}})",
            column("Now over before", decimals=3, thresholds=RATIO)),
           (moment(latest("together_model_price_last_change_timestamp_seconds",
                          "model, direction")), when_column("Changed"))],
          sort="Now over before", descending=True, links=[runbook("TogetherPriceIncreased")]),
    table("Per unit", "Prices of pictures, minutes and other units that ever changed, in USD.",
          (12, 8), {"model": model_column(), "unit": "Unit"},
          [(latest("together_model_previous_price_usd", "model, unit"), price_column("Before")),
           ("max by (model, unit) "
            f"(together_model_price_usd{{{MODELS}}} / "
            f"together_model_previous_price_usd{{{MODELS}}})",
            column("Now over before", decimals=3, thresholds=RATIO)),
           (moment(latest("together_model_unit_price_last_change_timestamp_seconds",
                          "model, unit")), when_column("Changed"))],
          links=[runbook("TogetherPriceIncreased")]),
    bars("Changes of prices", "Prices per token and per unit that went up or down.",
         [target(f"sum by (change) ({CHANGES.format('price_')}) + "
                 f"(sum by (change) ({CHANGES.format('unit_price_')}) or "
                 f"0 * sum by (change) ({CHANGES.format('price_')}))", "{{change}}")],
         (8, 8), interval="1h", links=[runbook("TogetherPriceIncreased")]),
    lines("Prices per million tokens", "Listed prices over time, in USD.",
          [target("1e6 * " + latest(PRICE, "model, direction"), "{{model}}: {{direction}}")],
          "currencyUSD", (8, 8), defaults={"decimals": 3},
          links=[runbook("TogetherPriceIncreased")]),
    table("Faults of the list", "Prices that vanished while the model stayed listed, came back, or "
          "could not be read, in the time shown.", (8, 8),
          {"model": model_column(), "fault": "Fault"},
          [(grown("together_model_price_faults_total", "model, fault", over="$__range") + " > 0",
            column("Times", decimals=0))],
          links=[runbook("TogetherModelUnpriced")]),
)

PRICES = row(
    "Prices now",
    gauges("Dearest models, output", "The ten highest prices of output, in USD per million tokens.",
           [target(f"sort_desc({dearest('output')})", "{{model}}", instant=True)],
           "currencyUSD", (8, 9), defaults={"min": 0, "decimals": 2},
           thresholds=steps((None, "green"), (3, "yellow"), (10, "orange"))),
    table("Prices per token", "USD per million tokens, as listed.", (8, 9),
          {"model": model_column()},
          [(price("input"), price_column("Input")),
           (price("cached_input"), price_column("Cached input")),
           (price("output"), price_column("Output"))],
          sort="Output", descending=True, links=[runbook("TogetherModelUnpriced")]),
    table("Prices per unit", "Prices of one picture, minute, megapixel and so on, in USD.", (8, 9),
          {"model": model_column(), "unit": "Unit"},
          [(latest("together_model_price_usd", "model, unit"), price_column("Price"))]),
    table("Price of what comes next", "Price per token of each replacement over that of the model. "
          "Above 1 it is dearer.", (12, 8),
          {"model": model_column(), "replacement": "Replacement", "direction": "Direction"},
          [(latest("together_model_replacement_price_ratio", "model, replacement, direction"),
            column("Ratio", decimals=2, thresholds=RATIO))],
          links=[runbook("TogetherReplacementUnavailable")]),
    table("Price of redirects", "Price per token of the model that answers over that of the one "
          "that is asked for. Together's own policy allows 1.1.", (12, 8),
          {"model": model_column(), "to": "Answered by", "direction": "Direction"},
          [(latest("together_model_redirect_price_ratio", "model, to, direction"),
            column("Ratio", decimals=2, thresholds=RATIO))],
          links=[runbook("TogetherPriceOutsidePolicy")]),
)

ENDPOINTS = row(
    "Dedicated endpoints",
    table("Endpoints that run", "Dedicated endpoints that are started, with what one replica costs "
          "an hour, in USD.", (16, 7),
          {"endpoint": "Endpoint", "model": model_column(), "hardware": "Hardware"},
          [(latest("together_endpoint_info", "endpoint, model, hardware", STARTED), None),
           (f"max by (endpoint, hardware) (together_endpoint_info{{{STARTED}}} "
            "* on (job, instance, hardware) group_left () "
            f"together_hardware_price_usd_per_hour{{{WHERE}}})",
            column("USD an hour", unit="currencyUSD", decimals=2)),
           (latest("together_endpoint_price_usd_per_hour", "endpoint", WHERE),
            column("As the list says", unit="currencyUSD", decimals=2))]),
    table("Hardware", "What each kind of hardware costs an hour below an endpoint, in USD.",
          (8, 7), {"hardware": "Hardware"},
          [(latest("together_hardware_price_usd_per_hour", "hardware", WHERE),
            column("USD an hour", unit="currencyUSD", decimals=2))],
          sort="USD an hour", descending=True),
)

WATCHING = row(
    "What watching costs",
    stat("Budget", "What paid probes may still spend before midnight UTC, the day's whole budget, "
         "and what they usually cost a day at the intervals in force.",
         [target(f"min(together_probe_budget_remaining_usd{{{WHERE}}})", "left today"),
          target(f"min(together_probe_budget_usd_per_day{{{WHERE}}})", "a day"),
          target(f"sum(max by (probe) (together_probe_forecast_usd_per_day{{{WHERE}}}))",
                 "forecast a day")],
         "currencyUSD", (8, 8), defaults={"decimals": 4},
         thresholds=steps((None, "red"), (0.01, "yellow"), (0.1, "green")),
         overrides=[column("forecast a day", unit="currencyUSD", thresholds=PLAIN)],
         links=[runbook("TogetherProbeBudgetExhausted")]),
    bars("Spend by probe", "What looks cost, in USD.",
         [target(grown("together_probe_spend_usd_total", "probe", WHERE), "{{probe}}")], (8, 8),
         unit="currencyUSD", interval="1h", defaults={"decimals": 5},
         links=[runbook("TogetherProbeBudgetExhausted")]),
    lines("Forecast by probe", "What each probe usually costs a day at the intervals in force.",
          [target(latest("together_probe_forecast_usd_per_day", "probe", WHERE), "{{probe}}")],
          "currencyUSD", (8, 8), defaults={"decimals": 4},
          links=[runbook("TogetherProbeBudgetExhausted")]),
    table("Spend by model", "What looks at each model cost in the time shown, in USD.", (12, 8),
          {"model": model_column(), "probe": "Probe"},
          [(grown("together_probe_spend_usd_total", "model, probe", over="$__range"),
            column("Spent", unit="currencyUSD", decimals=5))],
          sort="Spent", descending=True),
    lines("Budget left", "What paid probes may still spend, over the day.",
          [target(latest("together_probe_budget_remaining_usd", "instance", WHERE),
                  "{{instance}}")], "currencyUSD", (12, 8), defaults={"decimals": 4},
          thresholds=steps((None, "red"), (0.01, "yellow"), (0.1, "green")),
          links=[runbook("TogetherProbeBudgetExhausted")]),
)

DASHBOARD = dashboard(
    "together-cost", "Together AI: cost",
    "What workloads cost, which prices moved, what is dear, and what the probes spend.",
    [WORKLOADS, CHANGED, PRICES, ENDPOINTS, WATCHING])
