"""Exporter: does the watcher itself work."""

from board import dashboard, row
from panels import (BAD_ABOVE_ZERO, BAD_BELOW_ONE, MODELS_OR_NONE, WHERE, YES_NO, bars, column,
                    grown, heatmap, latest, lines, mapping, moment, quantile, runbook, stat, steps,
                    table, target, timeline, when_column)

HEALTH = row(
    "Is it well",
    stat("Health", "Whether Prometheus reaches every exporter, the model list came, state reaches "
         "the disk, and the newest configuration was taken up.",
         [target(f"min(up{{{WHERE}}})", "scraped"),
          target(f"min(together_up{{{WHERE}}})", "model list"),
          target(f"min(together_exporter_state_writable{{{WHERE}}})", "state written"),
          target(f"min(together_exporter_config_last_reload_successful{{{WHERE}}})", "configured")],
         "none", (12, 5), mappings=YES_NO, thresholds=BAD_BELOW_ONE,
         links=[runbook("TogetherExporterDown"), runbook("TogetherStateNotWritable"),
                runbook("TogetherConfigReloadFailed")]),
    stat("Left out", "Listed models that have no series because of catalog.max_models, and lists "
         "that lost too many models at once to be believed.",
         [target(f"max(together_exporter_models_dropped{{{WHERE}}})", "models dropped"),
          target(f"sum(max by (list) (together_catalog_suspect{{{WHERE}}}))", "lists in doubt")],
         "none", (6, 5), thresholds=BAD_ABOVE_ZERO, links=[runbook("TogetherCatalogStale")]),
    table("Shards", "Which parts of the tracked models are watched, and of how many. A part "
          "without a line is watched by nobody.", (6, 5), {"index": "Shard", "total": "Of"},
          [(f"count by (index, total) (together_exporter_shard{{{WHERE}}})",
            column("Exporters"))], sort="Shard", links=[runbook("TogetherShardMissing")]),
    timeline("Scraped", "Whether Prometheus reached each exporter.",
             [target(latest("up", "instance", WHERE), "{{instance}}")], (8, 7),
             mapping({0: ("no", "red"), 1: ("yes", "green")}), thresholds=BAD_BELOW_ONE,
             links=[runbook("TogetherExporterDown")]),
    table("What is running", "Version of each exporter, its shard, when it started, and when it "
          "last took up a configuration.", (16, 7),
          {"instance": "Exporter", "version": "Version", "revision": "Revision",
           "compiler": "Compiler", "index": "Shard", "total": "Of"},
          [(latest("together_exporter_build_info", "instance, version, revision, compiler", WHERE),
            None),
           (latest("together_exporter_shard", "instance, index, total", WHERE), None),
           (moment(latest("process_start_time_seconds", "instance", WHERE)),
            when_column("Started")),
           (moment(latest("together_exporter_config_last_reload_success_timestamp_seconds",
                          "instance", WHERE)), when_column("Configured"))],
          links=[runbook("TogetherConfigReloadFailed")]),
)

LOOKS = row(
    "Looks",
    bars("Looks by outcome", "How looks ended.",
         [target(grown("together_probe_runs_total", "outcome", f'{WHERE}, outcome{which}"ok"'),
                 "{{outcome}}") for which in ("=", "!=")], (8, 8),
         links=[runbook("TogetherProbeStale")]),
    bars("HTTP answers", "HTTP answers by status code.",
         [target(grown("together_http_responses_total", "code", WHERE), "{{code}}")], (8, 8),
         links=[runbook("TogetherProviderOutage"), runbook("TogetherKeyRejected")]),
    bars("Looks left out", "Looks that were due and did not happen: no budget left, asked to wait, "
         "or a gate.",
         [target(grown("together_probe_skipped_total", "probe, reason", WHERE),
                 "{{probe}}: {{reason}}")], (8, 8),
         links=[runbook("TogetherProbeBudgetExhausted")]),
    lines("Lateness of looks", "How long after they were due looks began: half of them, and 99 of "
          "100.",
          [target(quantile(q, "together_exporter_schedule_lag_seconds", "job", WHERE), word)
           for q, word in ((0.5, "half"), (0.99, "99 of 100"))],
          "s", (8, 8), interval="15m",
          thresholds=steps((None, "green"), (1, "yellow"), (10, "red")),
          links=[runbook("TogetherProbeStale")]),
    heatmap("Lateness", "How many looks began how late.",
            "sum by (le) (increase(together_exporter_schedule_lag_seconds_bucket"
            f"{{{WHERE}}}[$__rate_interval]))", (8, 8), links=[runbook("TogetherProbeStale")]),
    lines("Duration of looks, 95th percentile", "How long whole looks took; streams last as long "
          "as their text.",
          [target(quantile(0.95, "together_probe_duration_seconds", "probe", WHERE), "{{probe}}")],
          "s", (8, 8), interval="1h",
          thresholds=steps((None, "green"), (10, "yellow"), (30, "red"))),
    table("Looks at each target", "How the newest look of each probe at each model ended, when, "
          "and how far apart looks are. No model: the account.", (24, 9),
          {"probe": "Probe", "model": "Model"},
          [(latest("together_probe_success", "probe, model", MODELS_OR_NONE),
            column("Well", mappings=YES_NO)),
           (moment(latest("together_probe_last_run_timestamp_seconds", "probe, model",
                          MODELS_OR_NONE)), when_column("Last look")),
           (latest("together_probe_interval_seconds", "probe, model", MODELS_OR_NONE),
            column("Interval", unit="s"))],
          sort="Probe", links=[runbook("TogetherProbeStale")]),
)

LISTS = row(
    "Model lists",
    lines("Models in the list", "Size of each model list as last believed.",
          [target(f"max by (list) (sum by (instance, list) (together_catalog_models{{{WHERE}}}))",
                  "{{list}}")], "none", (8, 7), links=[runbook("TogetherCatalogStale")]),
    lines("Models by modality", "The serverless list by modality.",
          [target(latest("together_catalog_models", "modality", WHERE + ', list="serverless"'),
                  "{{modality}}")], "none", (8, 7)),
    lines("Age of the model list", "Time since a list was last fetched and believed.",
          [target("time() - " + latest("together_catalog_last_success_timestamp_seconds", "list",
                                       WHERE), "{{list}}")], "s", (8, 7),
          thresholds=steps((None, "green"), (600, "yellow"), (3600, "red")),
          links=[runbook("TogetherCatalogStale")]),
)

PROCESS = row(
    "Process",
    lines("Memory", "Resident memory.",
          [target(latest("process_resident_memory_bytes", "instance", WHERE), "{{instance}}")],
          "bytes", (8, 7), links=[runbook("TogetherExporterDown")]),
    lines("CPU", "Processor time used a second.",
          [target("sum by (instance) "
                  f"(rate(process_cpu_seconds_total{{{WHERE}}}[$__rate_interval]))",
                  "{{instance}}")], "percentunit", (8, 7), defaults={"decimals": 1}),
    lines("Open files", "Open file descriptors as a share of what the process may have.",
          [target(f"max by (instance) (process_open_fds{{{WHERE}}} / process_max_fds{{{WHERE}}})",
                  "{{instance}}")], "percentunit", (8, 7), defaults={"max": 1},
          thresholds=steps((None, "green"), (0.8, "red"))),
    lines("Threads", "Threads of the process.",
          [target(latest("process_threads", "instance", WHERE), "{{instance}}")], "none", (8, 7)),
    lines("Duration of scrapes", "How long Prometheus took to read the metrics.",
          [target(latest("scrape_duration_seconds", "instance", WHERE), "{{instance}}")], "s",
          (8, 7), thresholds=steps((None, "green"), (1, "yellow"), (5, "red")),
          links=[runbook("TogetherExporterDown")]),
    lines("Series", "Series that the last scrape brought.",
          [target(latest("scrape_samples_scraped", "instance", WHERE), "{{instance}}")], "short",
          (8, 7)),
)

DASHBOARD = dashboard(
    "together-exporter", "Together AI: exporter",
    "Whether the watcher itself works: scrapes, lists, looks, memory.",
    [HEALTH, LOOKS, LISTS, PROCESS])
