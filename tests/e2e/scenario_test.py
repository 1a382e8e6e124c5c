"""Simulator and exporter: what the provider does shows on the page."""

import subprocess
import unittest

from harness import EndToEnd, eventually, get

MODEL = "meta-llama/Llama-3.3-70B-Instruct-Turbo"
FALLBACK = "openai/gpt-oss-120b"

CONFIG = """
upstream: {{base_url: "{base_url}"}}
models:
  - {{id: {model}, fallbacks: [{fallback}]}}
catalog: {{export: all}}
probes:
  catalog: {{interval: 1s}}
  serving: {{interval: 2s, confirm_interval: 1s}}
  stream: {{interval: 2s}}
state: {{path: state.db}}
"""


class Scenario(EndToEnd):
    def setUp(self):
        super().setUp()
        empty = f"{self.folder}/empty.yml"
        with open(empty, "w") as file:
            file.write("events: []\n")
        self.sim = self.simulator(f"--scenario={empty}")
        self.exp = self.exporter(
            CONFIG.format(base_url=self.sim.base_url, model=MODEL, fallback=FALLBACK))
        self.wait_for_state("available")

    def wait_for_state(self, state):
        eventually(f"{MODEL} is {state}", lambda: self.exp.state(MODEL) == state)

    def test_removed_and_restored(self):
        self.sim.event(action="remove", model=MODEL)
        self.wait_for_state("suspect")
        self.wait_for_state("removed")
        labels = f'{{model="{MODEL}",reason="not_found"}}'
        self.assertEqual(self.exp.value("together_model_unavailable_info" + labels), 1)
        self.sim.event(action="restore", model=MODEL)
        self.wait_for_state("available")

    def test_dedicated_only(self):
        self.sim.event(action="dedicated_only", model=MODEL)
        self.wait_for_state("removed")
        labels = f'{{model="{MODEL}",reason="non_serverless"}}'
        self.assertEqual(self.exp.value("together_model_unavailable_info" + labels), 1)

    def test_redirected(self):
        self.sim.event(action="redirect", model=MODEL, to=FALLBACK)
        self.wait_for_state("redirected")
        labels = f'{{model="{MODEL}",served_model="{FALLBACK}"}}'
        self.assertEqual(self.exp.value("together_model_served_as_info" + labels), 1)

    def test_blocked(self):
        self.sim.event(action="block", model=MODEL)
        self.wait_for_state("blocked")

    def test_throttled(self):
        self.sim.event(action="rate_limit", model=MODEL)
        self.wait_for_state("throttled")

    def test_one_model_down(self):
        self.sim.event(action="flap", model=MODEL, rate=1)
        self.wait_for_state("down")

    def test_outage_and_return(self):
        self.sim.event(action="fail_all", status=503)
        gate = 'together_gate_active{gate="provider_outage"}'
        eventually("the outage is a gate", lambda: self.exp.value(gate) == 1)
        self.wait_for_state("unknown")
        self.sim.event(action="recover_all")
        self.wait_for_state("available")
        self.assertEqual(
            self.exp.value(
                f'together_model_state_changes_total{{model="{MODEL}",state="removed"}}'), 0)

    def test_key_rejected(self):
        self.sim.event(action="reject_key")
        gate = 'together_gate_active{gate="key_rejected"}'
        eventually("the key is rejected", lambda: self.exp.value(gate) == 1)
        self.wait_for_state("unknown")

    def test_price_rise(self):
        self.sim.event(action="price", model=MODEL, input=2.0)
        series = (f'together_model_price_changes_total{{model="{MODEL}",direction="input",'
                  'change="increase"}')
        eventually("the rise is counted", lambda: self.exp.value(series) == 1)
        labels = f'{{model="{MODEL}",direction="input"}}'
        self.assertEqual(self.exp.value("together_model_price_usd_per_token" + labels), 2e-6)
        self.assertEqual(
            self.exp.value("together_model_previous_price_usd_per_token" + labels), 1.04e-6)

    def test_version_header(self):
        self.sim.event(action="version_header", name="x-together-api-version", value="2027-01-01")
        series = 'together_api_version_info{header="x-together-api-version",value="2027-01-01"}'
        eventually("the header is seen", lambda: self.exp.value(series) == 1)
        self.sim.event(action="version_header", name="x-together-api-version", value="2027-02-01")
        changes = 'together_api_version_changes_total{header="x-together-api-version"}'
        eventually("the change is counted", lambda: self.exp.value(changes))

    def test_broken_streams(self):
        for mode, rule in [("cut", "not_truncated"), ("in_band_error", "no_error"),
                           ("bad_json", "json"), ("wrong_content_type", "content_type"),
                           ("done_twice", "done_once_and_last")]:
            with self.subTest(mode):
                self.sim.event(action="break_stream", model=MODEL, mode=mode)
                series = f'together_stream_rule_ok{{model="{MODEL}",rule="{rule}"}}'
                eventually(f"{rule} is broken", lambda: self.exp.value(series) == 0)
                self.sim.event(action="fix_stream", model=MODEL)
                eventually(f"{rule} is kept", lambda: self.exp.value(series) == 1)
        self.assertEqual(self.exp.state(MODEL), "available", "the model itself answers")

    def test_hostile_list(self):
        self.sim.event(action="list_mode", mode="hostile")
        eventually("hostile ids are on the page", lambda: "<script>" in self.exp.metrics())
        check = subprocess.run(["promtool", "check", "metrics"], input=self.exp.metrics(),
                               text=True, capture_output=True)
        self.assertEqual(check.returncode, 0, check.stdout + check.stderr)
        self.assertEqual(get(self.exp.url + "/")[0], 200)

    def test_promtool_accepts_the_page(self):
        check = subprocess.run(["promtool", "check", "metrics"], input=self.exp.metrics(),
                               text=True, capture_output=True)
        self.assertEqual((check.returncode, check.stdout + check.stderr), (0, ""))


if __name__ == "__main__":
    unittest.main()
