"""The exporter over the network on recorded answers, served by the simulator."""

import json
import os
import pathlib
import re
import subprocess
import sys
import time
import unittest

from harness import BIN, KEY, SOURCE, EndToEnd, eventually

RECORDINGS = SOURCE.parent / "shared" / "data" / "together"

# What together-api.md says of every recorded stream, by the model it was recorded from. The three
# of gpt-oss-120b are served in turn.
STREAMS = {
    "deepseek-ai/DeepSeek-V4-Pro": ["ok"],
    "openai/gpt-oss-120b": ["ok", "ok", "ok"],
    "meta-llama/Llama-3.3-70B-Instruct-Turbo": ["ok"],
    "google/gemma-3-27b-it": ["ok"],
    "ServiceNow-AI/Apriel-1.5-15b-Thinker": ["in_band_error"],
    "moonshotai/Kimi-K3": ["truncated"],
}

# The right outcome of every recorded error body, in the order of errors.json.
ERRORS = (["unauthorized"] * 3 + ["not_found"] * 2 + ["caller_error"] * 3 + ["upstream_error"] +
          ["non_serverless", "caller_error", "caller_error", "non_serverless", "non_serverless",
           "upstream_error", "non_serverless"] + ["caller_error"] * 8 + ["rate_limited"] * 2 +
          ["unauthorized"] * 2 + ["upstream_error"] * 2 + ["payment_required", "rate_limited"] +
          ["endpoint_stopped"] * 2 + ["ok", "blocked", "caller_error"])


# What the upgrade guide tracks; since when it is gone; what an old migration map suggests instead,
# and since when that is gone as well.
GUIDE = {
    "meta-llama/Meta-Llama-3.1-70B-Instruct-Turbo":
        ("2026-02-25", "meta-llama/Llama-3.3-70B-Instruct-Turbo-Free", "2025-11-13"),
    "mistralai/Mixtral-8x7B-Instruct-v0.1":
        ("2026-04-16", "Qwen/Qwen3-Next-80B-A3B-Instruct", "2026-04-02"),
    "Qwen/Qwen2.5-72B-Instruct-Turbo":
        ("2026-02-06", "Qwen/Qwen3-235B-A22B-fp8-tput", "2026-02-06"),
}


class Replay(EndToEnd):
    def setUp(self):
        super().setUp()
        self.sim = self.simulator(f"--replay={RECORDINGS}")
        self.config = f'upstream: {{base_url: "{self.sim.base_url}"}}\n'

    def probe(self, name, model):
        path = f"{self.folder}/probe.yml"
        with open(path, "w") as file:
            file.write(self.config)
        done = subprocess.run(
            [BIN / "together-exporter", "probe", f"--config.file={path}", f"--probe={name}",
             f"--model={model}"], capture_output=True, text=True, timeout=60,
            env={**os.environ, "TOGETHER_API_KEY": KEY})
        for line in done.stdout.splitlines():
            if line.startswith("  outcome     "):
                outcome = line.split()[1]
                self.assertEqual(done.returncode == 0, outcome == "ok")
                return outcome
        self.fail(done.stdout + done.stderr)

    def test_catalogue(self):
        exporter = self.exporter(
            self.config + "catalog: {export: all}\nstate: {path: ''}\n")
        eventually("the catalogue is read",
                   lambda: exporter.value('together_catalog_models{list="all",modality="chat"}'))
        page = exporter.metrics()
        infos = [line for line in page.splitlines() if line.startswith("together_model_info{")]
        self.assertEqual(len(infos), 281)
        eventually("the serverless list is read", lambda: exporter.value(
            'together_catalog_models{list="serverless",modality="chat"}') == 24)
        check = subprocess.run(["promtool", "check", "metrics"], input=exporter.metrics(),
                               text=True, capture_output=True)
        self.assertEqual((check.returncode, check.stdout + check.stderr), (0, ""))
        print(f"models {len(infos)}, page {len(page)} bytes")

    def test_streams(self):
        for model, expected in STREAMS.items():
            with self.subTest(model):
                self.assertEqual([self.probe("stream", model) for _ in expected], expected)
        print(f"streams {sum(map(len, STREAMS.values()))}")

    def test_the_upgrade_guides_own_example(self):
        """Three tracked models and the successors an old migration map names: all are retired."""
        sources = f'''
retirements:
  sources: [{{name: together, kind: together_page, file: "{RECORDINGS}/deprecations.md"}}]
'''
        models = "models: [" + ", ".join(f"{{id: {m}}}" for m in GUIDE) + "]\n"
        migrations = "migrations:\n" + "".join(
            f"  - {{from: {model}, to: {successor}}}\n" for model, (_, successor, _) in GUIDE.items())
        exporter = self.exporter(self.config + models + migrations + sources + """
probes: {serving: {interval: 2s, confirm_interval: 1s}, stream: {enabled: false}}
state: {path: ''}
""")
        for model, (since, successor, successor_since) in GUIDE.items():
            for one, day in ((model, since), (successor, successor_since)):
                with self.subTest(model=one):
                    eventually("it is removed", lambda: exporter.state(one) == "removed")
                    at = eventually("its date is known", lambda: exporter.value(
                        "together_model_retirement_timestamp_seconds{"
                        f'model="{one}",surface="inference",source="together"}}'))
                    self.assertEqual(time.strftime("%Y-%m-%d", time.gmtime(at)), day)
            self.assertEqual(exporter.value("together_model_replacement_available{"
                                            f'model="{model}",replacement="{successor}"}}'), 0)
        page = exporter.metrics()
        self.assertNotIn("together_model_successor_info{", page)
        self.assertIn('together_retirement_source_rows{source="together"} 316', page)
        self.assertIn('together_retirement_source_redirects{source="together"} 5', page)

    def test_twenty_models_cost_less_than_five_cents_a_day(self):
        """By default, with the twenty dearest chat models that can be called."""
        full = RECORDINGS / "models_2026-08-17_full.json"
        callable_ids = {m["id"] for m in
                        json.loads((RECORDINGS / "models_serverless_2026-08.json").read_text())}
        chat = [m for m in json.loads(full.read_text())
                if m["id"] in callable_ids and m["type"] == "chat"]
        chat.sort(key=lambda m: m["pricing"]["input"] + m["pricing"]["output"])
        ids = "".join(f"  - id: {m['id']}\n" for m in chat[-20:])
        config = pathlib.Path(self.folder) / "twenty.yml"
        config.write_text("models:\n" + ids)
        done = subprocess.run([BIN / "together-exporter", "check-config", f"--models={full}", config],
                              capture_output=True, text=True, check=True)
        print(done.stdout)
        usual = float(re.search(r"in all +\d+ +([\d.]+)", done.stdout)[1])
        self.assertIn("prices of 20 of 20 models", done.stdout)
        self.assertLess(usual, 0.05)

    def test_errors(self):
        recorded = json.loads((RECORDINGS / "errors.json").read_text())["errors"]
        self.assertEqual(len(recorded), len(ERRORS))
        for index, expected in enumerate(ERRORS):
            with self.subTest(index=index, status=recorded[index]["status"]):
                self.assertEqual(self.probe("serving", f"replay-error/{index}"), expected)
        print(f"error bodies {len(ERRORS)}")


if __name__ == "__main__":
    if not RECORDINGS.exists():
        print(f"skipped: there are no recordings at {RECORDINGS}")
        sys.exit(77)
    unittest.main()
