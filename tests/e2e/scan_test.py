"""`scan` finds hard-coded ids, asks about them, and remembers what the exporter stored."""

import json
import os
import pathlib
import subprocess
import unittest

from harness import BIN, KEY, EndToEnd, eventually

LIVE = "openai/gpt-oss-20b"
GONE = "google/gemma-3n-E4B-it"
NEXT = "openai/gpt-oss-120b"
CONFIG = """
upstream: {{base_url: "{base_url}"}}
models: [{{id: {gone}}}, {{id: {live}}}]
migrations: [{{from: {gone}, to: {next}}}]
probes: {{catalog: {{interval: 1s}}, serving: {{interval: 2s, confirm_interval: 1s}}}}
state: {{path: state.db}}
"""


class Scan(EndToEnd):
    def setUp(self):
        super().setUp()
        self.sim = self.simulator()
        self.sim.event(action="add", model=GONE)
        self.sim.event(action="remove", model=GONE)
        self.config = pathlib.Path(self.folder) / "config.yml"
        self.config.write_text(
            CONFIG.format(base_url=self.sim.base_url, gone=GONE, live=LIVE, next=NEXT))
        self.tree = pathlib.Path(self.folder) / "src"
        self.tree.mkdir()
        (self.tree / "app.py").write_text(f'MODEL = "{LIVE}"\nOLD = "together_ai/{GONE}"\n')

    def scan(self, *flags):
        environment = {**os.environ, "TOGETHER_API_KEY": KEY}
        return subprocess.run(
            [BIN / "together-exporter", "scan", f"--config.file={self.config}", *flags, "src"],
            capture_output=True, text=True, timeout=60, env=environment, cwd=self.folder)

    def test_a_removed_id_is_found_with_its_place_and_its_replacement(self):
        done = self.scan("--format=json")
        self.assertEqual(done.returncode, 1, done.stderr)
        findings = json.loads(done.stdout)["findings"]
        self.assertEqual(
            [(f["path"], f["line"], f["id"], f["state"], f["verdict"], f["replacement"])
             for f in findings],
            [("src/app.py", 1, LIVE, "available", "fine", None),
             ("src/app.py", 2, GONE, "removed", "gone", NEXT)])

    def test_text_names_only_what_is_wrong(self):
        done = self.scan()
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertRegex(done.stdout.splitlines()[0], rf"^src/app.py:2:.*{GONE}.*removed.*{NEXT}")
        self.assertNotIn(LIVE, done.stdout)

    def test_a_clean_tree_is_exit_code_0(self):
        (self.tree / "app.py").write_text(f'MODEL = "{LIVE}"\n')
        done = self.scan("--all")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("available", done.stdout)

    def test_sarif_is_sarif(self):
        sarif = json.loads(self.scan("--format=sarif").stdout)
        self.assertEqual(sarif["version"], "2.1.0")
        result = sarif["runs"][0]["results"][0]
        self.assertEqual((result["ruleId"], result["level"]), ("retired-model", "error"))

    def test_offline_knows_what_the_exporter_stored(self):
        exporter = self.exporter(self.config.read_text())
        eventually("the model is removed", lambda: exporter.state(GONE) == "removed")
        eventually("the other answers", lambda: exporter.state(LIVE) == "available")

        def stored():
            done = self.scan("--offline")
            return done if "removed" in done.stdout else None

        self.assertEqual(eventually("it is stored", stored).returncode, 1)
        exporter.stop()
        self.sim.kill()
        done = self.scan("--offline", "--all")
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("removed", done.stdout)
        self.assertIn("available", done.stdout)

    def test_what_cannot_be_found_out_is_exit_code_2(self):
        offline = self.scan("--offline")
        self.assertEqual(offline.returncode, 2)
        self.assertIn("there is no state database", offline.stderr)
        self.sim.event(action="reject_key")
        rejected = self.scan()
        self.assertEqual(rejected.returncode, 2)
        self.assertIn("cannot read the model list", rejected.stderr)
        (self.tree / "app.py").unlink()
        self.tree.rmdir()
        self.assertIn('there is no "src"', self.scan().stderr)


if __name__ == "__main__":
    unittest.main()
