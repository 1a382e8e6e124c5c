"""Contract drift: what changed in how Together AI answers."""

from board import dashboard, row
from panels import (BAD_BELOW_ONE, FAINT, KEPT, MODELS, MODELS_OR_NONE, PLAIN_YES_NO, WHERE, YES_NO,
                    bars, column, grown, latest, lines, mapping, model_column, runbook, stat, steps,
                    table, target, timeline)

VERSIONS = row(
    "Version of the API",
    table("Version headers", "Every value of a watched header that answers carry now, and how "
          "often it was followed by another one in the time shown. An absent header is normal.",
          (12, 7),
          {"header": "Header", "value": "Value"},
          [(latest("together_api_version_info", "header, value", WHERE), None),
           (latest("together_api_version_header_present", "header", WHERE),
            column("Present", mappings=PLAIN_YES_NO)),
           (grown("together_api_version_changes_total", "header", WHERE, "$__range"),
            column("Changes", decimals=0))],
          links=[runbook("TogetherApiVersionChanged")]),
    timeline("Values of headers", "Which values of each watched header answers carried when.",
             [target(latest("together_api_version_info", "header, value", WHERE),
                     "{{header}}: {{value}}")], (12, 7), mapping({1: ("carried", "blue")}),
             thresholds=steps((None, "blue")), links=[runbook("TogetherApiVersionChanged")]),
)

STREAMS = row(
    "Streams",
    timeline("Stream rules", "Whether the last stream of every chosen model kept each rule.",
             [target(f"min by (rule) (together_stream_rule_ok{{{MODELS}}})", "{{rule}}")], (12, 9),
             KEPT, thresholds=BAD_BELOW_ONE, links=[runbook("TogetherStreamContractBroken")]),
    bars("Streams that broke a rule", "Streams of each model that broke a rule.",
         [target(grown("together_stream_violations_total", "model, rule") + " > 0",
                 "{{model}}: {{rule}}")], (12, 9),
         links=[runbook("TogetherStreamContractBroken")]),
    bars("Finish reasons", "Why streams ended; 'other' is a reason that is not documented.",
         [target(grown("together_stream_finish_reasons_total", "finish_reason"),
                 "{{finish_reason}}")], (8, 8),
         links=[runbook("TogetherStreamContractBroken")]),
    bars("Unknown events", "Events in streams whose type is not documented.",
         [target(grown("together_stream_unknown_events_total", "model"), "{{model}}")], (8, 8),
         links=[runbook("TogetherStreamContractBroken")]),
    bars("Warnings in answers", "Entries of `warnings`, the headers Deprecation and Sunset, and "
         "errors that name another model. Events hold their text.",
         [target(grown("together_api_warnings_total", "surface, model", MODELS_OR_NONE),
                 "{{surface}} {{model}}")], (8, 8),
         links=[runbook("TogetherResponseShapeChanged")]),
)

SURFACES = row(
    "Other surfaces",
    timeline("Surface rules", "Whether the last answers of each surface kept each rule of its "
             "contract, over all chosen models.",
             [target("min by (surface, rule) "
                     f"(together_surface_rule_ok{{{MODELS_OR_NONE}}})", "{{surface}}: {{rule}}")],
             (24, 16), KEPT, thresholds=BAD_BELOW_ONE,
             links=[runbook("TogetherSurfaceContractBroken"), runbook("TogetherToolCallsBroken")]),
    bars("Answers that broke a rule", "Answers of each surface that broke a rule.",
         [target(grown("together_surface_violations_total", "surface, model, rule",
                       MODELS_OR_NONE) + " > 0", "{{surface}} {{model}}: {{rule}}")], (8, 8),
         links=[runbook("TogetherSurfaceContractBroken"), runbook("TogetherToolCallsBroken")]),
    table("Embeddings", "Numbers in the vector of the last good embedding. An index is built for "
          "one such size.", (8, 8), {"model": model_column()},
          [(latest("together_embedding_dimensions"), column("Dimensions"))],
          links=[runbook("TogetherEmbeddingDimensionsChanged")]),
    lines("Size of embeddings", "Numbers in the vector, over time.",
          [target(latest("together_embedding_dimensions"), "{{model}}")], "none", (8, 8),
          links=[runbook("TogetherEmbeddingDimensionsChanged")]),
)

SHAPES = row(
    "Shapes of answers",
    table("Shapes", "The fingerprint of keys and types of each surface's newest good answer, "
          "whether it was known, and how many new ones came in the time shown. Events name paths.",
          (14, 9),
          {"surface": "Surface", "model": model_column(), "fingerprint": "Fingerprint"},
          [(latest("together_response_shape_info", "surface, model, fingerprint", MODELS_OR_NONE),
            None),
           (latest("together_response_shape_known", "surface, model", MODELS_OR_NONE),
            column("Known", mappings=YES_NO)),
           (grown("together_response_shape_changes_total", "surface, model", MODELS_OR_NONE,
                  "$__range"),
            column("New", decimals=0, thresholds=steps((None, "text"), (0.5, "orange"))))],
          sort="New", descending=True, links=[runbook("TogetherResponseShapeChanged")]),
    bars("New shapes", "Shapes that were new after the learning period, by surface.",
         [target(grown("together_response_shape_changes_total", "surface", MODELS_OR_NONE),
                 "{{surface}}")], (10, 9), interval="1h",
         links=[runbook("TogetherResponseShapeChanged")]),
)

TUNING = row(
    "Fine-tuning, batches, endpoints",
    stat("Form of a fine-tuning job", "Which form of a request for a job is understood: flat has "
         "n_epochs at the top, nested inside hyperparameters.",
         [target(latest("together_fine_tuning_create_form_accepted", "form", WHERE), "{{form}}")],
         "none", (8, 6), mappings=mapping({0: ("complained of", FAINT), 1: ("understood", "blue")}),
         thresholds=steps((None, FAINT), (1, "blue")),
         links=[runbook("TogetherFineTuningRequestChanged")]),
    table("Required fields", "Fields that the refusal of a fine-tuning job without a training file "
          "calls missing or required.", (8, 6), {"field": "Field"},
          [(latest("together_fine_tuning_create_required_info", "field", WHERE), None)],
          links=[runbook("TogetherFineTuningRequestChanged")]),
    table("Base models", "Whether each configured base model can be fine-tuned.", (8, 6),
          {"model": "Model"},
          [(latest("together_fine_tuning_model_supported", "model", WHERE),
            column("Supported", mappings=YES_NO))],
          links=[runbook("TogetherFineTuningModelRetired")]),
    lines("Fine-tuning jobs", "Jobs of the account by status, and how many models can be tuned.",
          [target(latest("together_fine_tuning_jobs", "status", WHERE), "{{status}}"),
           target(f"max(together_fine_tuning_models{{{WHERE}}})", "models that can be tuned")],
          "none", (8, 8)),
    lines("Batches", "Batches of the account by status; 'other' is a status that nobody knows.",
          [target(latest("together_batches", "status", WHERE), "{{status}}")], "none", (8, 8)),
    lines("Endpoints", "Dedicated endpoints of the account by state; 'other' is a state that is "
          "not documented.", [target(latest("together_endpoints", "state", WHERE), "{{state}}")],
          "none", (8, 8), links=[runbook("TogetherModelBlocked")]),
)

DASHBOARD = dashboard(
    "together-contract", "Together AI: contract drift",
    "What changed in how Together AI answers: versions, rules, shapes, warnings, forms.",
    [VERSIONS, STREAMS, SURFACES, SHAPES, TUNING])
