"""Every target of every panel gives a series, on a real Prometheus that scrapes a real exporter.

The simulator plays simulator/scenarios/dashboards.yml, which makes everything happen that a panel
can show. Variables are resolved as Grafana does it, with every value chosen."""

import json
import math
import pathlib
import re
import time
import unittest
import urllib.parse

from harness import SOURCE, EndToEnd, eventually, get, post

SCENARIO = SOURCE / "simulator/scenarios/dashboards.yml"
DASHBOARDS = sorted((SOURCE / "dashboards").glob("*.json"))
CHAT = "openai/gpt-oss-20b"

CONFIG = """
upstream: {{base_url: "{base_url}"}}
prometheus_url: {prometheus}
models:
  - id: openai/gpt-oss-20b
    fallbacks: [openai/gpt-oss-120b, google/gemma-3n-E4B-it]
    labels: {{team: search}}
    probes: [serving, stream, routing, tools, json_mode]
  - {{id: meta-llama/Llama-3.3-70B-Instruct-Turbo, fallbacks: [openai/gpt-oss-120b]}}
  - {{id: google/gemma-3n-E4B-it}}
  - {{id: deepseek-ai/DeepSeek-V3.1}}
  - {{id: Qwen/Qwen3.5-9B}}
  - {{id: moonshotai/Kimi-K3}}
  - {{id: MiniMaxAI/MiniMax-M3}}
  - {{id: zai-org/GLM-5.2}}
  - {{id: intfloat/multilingual-e5-large-instruct}}
  - {{id: black-forest-labs/FLUX.2-dev}}
  - {{id: hexgrad/Kokoro-82M, probes: []}}
migrations: [{{from: meta-llama/Llama-3.3-70B-Instruct-Turbo, to: openai/gpt-oss-120b}}]
retirements:
  sources:
    - {{name: together, kind: together_page, url: "{page}/docs/deprecations.md", interval: 1s}}
    - {{name: ours, kind: yaml, file: retirements.yml, interval: 1s}}
workloads:
  - name: support-bot
    model: openai/gpt-oss-20b
    input_tokens_per_day: 200e6
    output_tokens_per_day: 50e6
  - name: search
    model: openai/gpt-oss-120b
    query: {{input: vector(3e6), output: vector(1e6)}}
budget: {{usd_per_day: 100}}
adaptive: false
probes:
  catalog: {{interval: 1s}}
  serving: {{interval: 2s, confirm_interval: 1s}}
  stream: {{interval: 2s}}
  routing: {{interval: 5s}}
  tools: {{interval: 3s}}
  json_mode: {{interval: 5s}}
  embeddings: {{interval: 3s}}
  image: {{interval: 3s}}
  batch: {{enabled: true, interval: 2s}}
  fine_tuning: {{enabled: true, interval: 2s, create: true, models: [Qwen/Qwen3.5-9B]}}
  endpoints: {{enabled: true, interval: 2s}}
  account: {{enabled: true, interval: 5s}}
  workload: {{interval: 2s}}
  shape: {{learning_period: 1s}}
state: {{path: state.db}}
"""

OURS = "- {model: zai-org/GLM-5.2, date: 2027-12-31, replacement: openai/gpt-oss-120b}\n"

PROMETHEUS = f"""
global: {{scrape_interval: 1s, evaluation_interval: 1s}}
rule_files: ["{SOURCE}/alerts/*.rules.yml"]
scrape_configs:
  - job_name: together-exporter
    file_sd_configs: [{{files: [targets.json], refresh_interval: 1s}}]
"""


def choice(values):
    """What Grafana puts in place of a variable with these values chosen, in a matcher by regex."""
    escaped = [re.sub(r"([\\^$*{}\[\]+?.()|])", r"\\\\\1", value) for value in values]
    return "(" + "|".join(escaped) + ")" if len(escaped) > 1 else escaped[0]


def with_values(text, variables):
    for name, value in variables.items():
        text = text.replace(f"${name}", value)
    return text


class Dashboards(EndToEnd):
    def ask(self, path, **parameters):
        status, body, _ = get(f"{self.prom.url}/api/v1/{path}?"
                              + urllib.parse.urlencode(parameters, doseq=True))
        self.assertEqual(status, 200, f"{parameters}: {body}")
        return json.loads(body)["data"]

    def start_everything(self):
        simulator = self.simulator(f"--scenario={SCENARIO}")
        folder = pathlib.Path(self.folder)
        (folder / "retirements.yml").write_text(OURS)
        self.prom = self.prometheus(PROMETHEUS)
        exporter = self.exporter(CONFIG.format(
            base_url=simulator.base_url, page=simulator.base_url.removesuffix("/v1"),
            prometheus=self.prom.url))
        (folder / "targets.json").write_text(json.dumps([{"targets": [exporter.address]}]))
        return simulator

    def settle(self):
        """Until what the scenario changes has been seen as it was before, by Prometheus too."""
        for expression in (
                f'together_model_state{{model="{CHAT}", state="available"}} == 1',
                "min_over_time(together_model_price_usd{model=\"hexgrad/Kokoro-82M\"}[3s]) > 0",
                f'together_stream_rule_ok{{model="{CHAT}", rule="finish_reason"}} == 1',
                f'together_surface_rule_ok{{model="{CHAT}", surface="tools"}} == 1',
                'together_surface_rule_ok{surface="image"} == 1',
                'together_fine_tuning_create_form_accepted{form="flat"} == 1',
                "together_batches > 0",
                'sum(together_probe_runs_total{probe="stream", outcome="ok"}) > 20'):
            eventually(expression, lambda: self.query(self.prom, expression))

    def variables(self, board):
        """Every variable with all its values chosen, each asked for with those before."""
        values = {"__rate_interval": "1m", "__range": "5m"}
        for one in board["templating"]["list"]:
            if one["type"] != "query":
                continue
            asked = re.fullmatch(r"label_values\((.+), (\w+)\)", one["query"]["query"])
            found = self.ask(f"label/{asked[2]}/values",
                             **{"match[]": with_values(asked[1], values)})
            self.assertTrue(found, f"variable {one['name']} of {board['uid']} has no value")
            values[one["name"]] = choice(found)
        return values

    def series(self, target, values):
        """What the target gives, without series that hold no number."""
        expression = with_values(target["expr"], values)
        if target["instant"]:
            found = self.ask("query", query=expression)["result"]
        else:
            now = time.time()
            found = self.ask("query_range", query=expression, start=now - 120, end=now,
                             step=5)["result"]
        return [one for one in found
                if any(math.isfinite(float(value))
                       for _, value in one.get("values") or [one["value"]])]

    def check_columns(self, panel, target, found):
        """Every label of a table's rows is a named column, or hidden on purpose."""
        options = panel["transformations"][1]["options"]
        known = options["renameByName"].keys() | options["excludeByName"].keys()
        for one in found:
            self.assertLessEqual(one["metric"].keys(), known, f"{panel['title']}: {target['expr']}")

    def empty_targets(self, board, values):
        empty = []
        for panel in board["panels"]:
            for target in panel.get("targets", []):
                found = self.series(target, values)
                if panel["type"] == "table":
                    self.check_columns(panel, target, found)
                if not found:
                    empty.append(f"{board['uid']}: {panel['title']} {target['refId']}: "
                                 + with_values(target["expr"], values))
        return empty

    def test_every_target_gives_a_series(self):
        simulator = self.start_everything()
        self.settle()
        self.assertEqual(post(simulator.admin + "/advance?by=1h")[0], 200)
        boards = [json.loads(path.read_text()) for path in DASHBOARDS]
        self.assertEqual(len(boards), 6)
        end = time.monotonic() + 60
        while True:
            empty = [one for board in boards
                     for one in self.empty_targets(board, self.variables(board))]
            if not empty or time.monotonic() > end:
                break
            time.sleep(1)
        self.assertEqual(empty, [], "\n".join(empty))


if __name__ == "__main__":
    unittest.main()
