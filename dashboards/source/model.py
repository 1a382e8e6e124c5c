"""Model: everything that is known of one model, or of several side by side."""

from board import dashboard, row
from panels import (BAD_BELOW_ONE, FAINT, KEPT, MODELS, PLAIN_YES_NO, STATE_CODES, YES_NO, bars,
                    column, grown, heatmap, latest, lines, mapping, moment, price_column, quantile,
                    runbook, stat, state_code, state_column, steps, table, target, timeline,
                    when_column)

SECONDS = steps((None, "green"), (2, "yellow"), (10, "red"))
ANY = MODELS + ', channel="any"'
ANSWER = MODELS + ', channel="answer"'


def halves_and_tails(metric, name, where=MODELS):
    return [target(quantile(q, metric, where=where), f"{{{{model}}}}: {name}, {word}")
            for q, word in ((0.5, "half"), (0.95, "19 of 20"))]


NOW = row(
    "Now",
    stat("State", "The state of the model: whether it answers, and if not, in which way.",
         [target(state_code(), "{{model}}")], "none", (12, 5), mappings=STATE_CODES,
         thresholds=steps((None, "gray")),
         links=[runbook("TogetherModelRemoved"), runbook("TogetherModelDown"),
                runbook("TogetherModelSuspect"), runbook("TogetherModelBlocked"),
                runbook("TogetherModelUnknown")]),
    stat("Availability in this time", "Share of the time shown in which the model was proven "
         "available. Time in which nothing was known does not count.",
         [target(f"avg by (model) (avg_over_time(together_model_available{{{MODELS}}}[$__range]))",
                 "{{model}}", instant=True)], "percentunit", (6, 5), defaults={"decimals": 2},
         thresholds=steps((None, "red"), (0.99, "yellow"), (0.999, "green")),
         links=[runbook("TogetherModelDown")]),
    stat("Fallbacks available", "How many configured fallbacks are proven available. Only tracked "
         "models have this.",
         [target(latest("together_model_fallbacks_available"), "{{model}}")], "none", (6, 5),
         thresholds=steps((None, FAINT), (1, "green")),
         links=[runbook("TogetherFallbacksExhausted")]),
    table("What is known", "What the model lists say, and since when the model is in its state.",
          (24, 7),
          {"model": column("Model", unit="string"), "state": state_column(),
           "reason": "Why it does not answer",
           "display_name": "Name", "modality": "Modality", "organization": "Organization",
           "team": "Team"},
          [(latest("together_model_info", "model, display_name, modality, organization, team"),
            None),
           (f"max by (model, state) (together_model_state{{{MODELS}}} == 1)", None),
           (latest("together_model_unavailable_info", "model, reason"), None),
           (moment(latest("together_model_state_since_timestamp_seconds")), when_column("Since")),
           (moment(latest("together_model_last_served_timestamp_seconds")),
            when_column("Last answered")),
           (latest("together_model_context_length_tokens"), column("Context, tokens")),
           (latest("together_model_priced"), column("Priced", mappings=PLAIN_YES_NO))],
          links=[runbook("TogetherModelUnpriced")]),
    table("What follows it", "Dates on inference, replacements, and models that answer in this "
          "one's name.", (24, 6),
          {"model": column("Model", unit="string"), "surface": "Surface", "source": "Source",
           "replacement": "Replacement", "served_model": "Answers as"},
          [(moment(latest("together_model_retirement_timestamp_seconds",
                          "model, surface, source")), column("Gone", unit="dateTimeAsIso")),
           (latest("together_model_replacement_info", "model, replacement"), None),
           (latest("together_model_replacement_available", "model, replacement"),
            column("Replacement available", mappings=YES_NO)),
           (latest("together_model_served_as_info", "model, served_model"), None)],
          links=[runbook("TogetherRetirementScheduled"), runbook("TogetherModelRedirected")]),
)

HISTORY = row(
    "Availability and looks",
    timeline("State over time", "In which state the model was when.",
             [target(state_code(), "{{model}}")], (24, 7), STATE_CODES,
             links=[runbook("TogetherModelRemoved"), runbook("TogetherModelDown")]),
    timeline("Last look of each probe", "Whether the newest look of each probe ended well.",
             [target(latest("together_probe_success", "model, probe"), "{{model}}: {{probe}}")],
             (12, 8), mapping({0: ("failed", "red"), 1: ("well", "green")}),
             thresholds=BAD_BELOW_ONE, links=[runbook("TogetherModelDown")]),
    bars("Changes of state", "How often the model entered each state.",
         [target(grown("together_model_state_changes_total", "model, state") + " > 0",
                 "{{model}}: {{state}}")], (12, 8), links=[runbook("TogetherModelDown")]),
    lines("Time since the last look", "How long ago the newest look of each probe ended.",
          [target("time() - " + latest("together_probe_last_run_timestamp_seconds",
                                       "model, probe"), "{{model}}: {{probe}}")],
          "s", (12, 7), links=[runbook("TogetherProbeStale")]),
    lines("Time between looks", "How far apart looks are. What has long been well is looked at "
          "less often; where the budget is short, the costliest looks yield.",
          [target(latest("together_probe_interval_seconds", "model, probe"),
                  "{{model}}: {{probe}}")], "s", (12, 7),
          links=[runbook("TogetherProbeBudgetExhausted")]),
)

STREAMS = row(
    "Streams",
    timeline("Rules of the streaming contract", "Whether the last stream kept each rule.",
             [target(f"min by (model, rule) (together_stream_rule_ok{{{MODELS}}})",
                     "{{model}}: {{rule}}")], (12, 9), KEPT, thresholds=BAD_BELOW_ONE,
             links=[runbook("TogetherStreamContractBroken")]),
    heatmap("Time to first token", "When the first token of any kind came. One stream a look.",
            f'sum by (le) (increase(together_stream_time_to_first_token_seconds_bucket{{{ANY}}}'
            "[$__rate_interval]))", (12, 9), links=[runbook("TogetherStreamContractBroken")]),
    lines("Time to first event", "From the start of the request to the first complete event of a "
          "stream: half of the streams are below the lower line, 19 of 20 below the upper.",
          halves_and_tails("together_stream_time_to_first_event_seconds", "first event"),
          "s", (8, 8), interval="1h", thresholds=SECONDS),
    lines("Time to first token, quantiles", "From the start of the request to the first token of "
          "any kind, and of the answer itself, reasoning apart.",
          halves_and_tails("together_stream_time_to_first_token_seconds", "any", where=ANY) +
          halves_and_tails("together_stream_time_to_first_token_seconds", "answer", where=ANSWER),
          "s", (8, 8), interval="1h", thresholds=SECONDS),
    lines("Time between tokens", "Between successive events of a stream that bring tokens.",
          halves_and_tails("together_stream_token_gap_seconds", "gap"), "s", (8, 8), interval="1h",
          thresholds=steps((None, "green"), (0.2, "yellow"), (1, "red"))),
    lines("Output tokens a second", "Speed of the last stream, from its first token to its last.",
          [target(latest("together_stream_output_tokens_per_second"), "{{model}}")],
          "short", (8, 8)),
    lines("Where the time goes", "The mean time that Together says its gateway and its engine "
          "took, and that passed until a stream's first byte.",
          [target(f"sum by (model) (rate(together_{name}_seconds_sum{{{MODELS}}}"
                  "[$__rate_interval])) / sum by (model) "
                  f"(rate(together_{name}_seconds_count{{{MODELS}}}[$__rate_interval]))",
                  f"{{{{model}}}}: {word}")
           for name, word in (("gateway_time", "gateway"), ("engine_time", "engine"),
                              ("stream_time_to_first_byte", "first byte"))],
          "s", (8, 8), interval="1h", thresholds=SECONDS),
    bars("Finish reasons", "Why streams ended; 'other' is a reason that is not documented.",
         [target(grown("together_stream_finish_reasons_total", "model, finish_reason"),
                 "{{model}}: {{finish_reason}}")], (8, 8),
         links=[runbook("TogetherStreamContractBroken")]),
)

PRICES = row(
    "Price and shape",
    lines("Price per million tokens", "Listed price over time, in USD.",
          [target("1e6 * " + latest("together_model_price_usd_per_token", "model, direction"),
                  "{{model}}: {{direction}}")],
          "currencyUSD", (12, 8), defaults={"decimals": 3},
          links=[runbook("TogetherPriceIncreased")]),
    lines("Price per unit", "Listed price of one picture, minute, megapixel and so on, in USD.",
          [target(latest("together_model_price_usd", "model, unit"), "{{model}}: {{unit}}")],
          "currencyUSD", (12, 8), defaults={"decimals": 4},
          links=[runbook("TogetherPriceIncreased")]),
    table("Price now and before", "USD per million tokens.", (12, 8),
          {"model": column("Model", unit="string"), "direction": "Direction"},
          [("1e6 * " + latest("together_model_price_usd_per_token", "model, direction"),
            price_column("Now")),
           ("1e6 * " + latest("together_model_previous_price_usd_per_token", "model, direction"),
            price_column("Before")),
           (moment(latest("together_model_price_last_change_timestamp_seconds",
                          "model, direction")), when_column("Changed"))],
          links=[runbook("TogetherPriceIncreased")]),
    table("Shape of answers", "The fingerprint of keys and types of the newest good answer, and "
          "whether it is one that was known.", (12, 8),
          {"model": column("Model", unit="string"), "surface": "Surface",
           "fingerprint": "Fingerprint"},
          [(latest("together_response_shape_info", "model, surface, fingerprint", MODELS),
            None),
           (latest("together_response_shape_known", "model, surface", MODELS),
            column("Known", mappings=YES_NO)),
           (grown("together_response_shape_changes_total", "model, surface", MODELS,
                  "$__range"), column("New in this time", decimals=0))],
          links=[runbook("TogetherResponseShapeChanged")]),
    timeline("Rules of other surfaces", "Whether the last answer of each surface kept each rule of "
             "its contract, over all chosen models.",
             [target(f"min by (surface, rule) (together_surface_rule_ok{{{MODELS}}})",
                     "{{surface}}: {{rule}}")], (24, 9), KEPT, thresholds=BAD_BELOW_ONE,
             links=[runbook("TogetherSurfaceContractBroken"), runbook("TogetherToolCallsBroken")]),
)

DASHBOARD = dashboard(
    "together-model", "Together AI: model",
    "Everything that is known of a model. Choose one above; several are shown side by side.",
    [NOW, HISTORY, STREAMS, PRICES])
