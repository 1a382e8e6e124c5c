"""The exporter over the network on recorded answers, served by the simulator."""

import json
import os
import subprocess
import sys
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
