"""Start, reload, restart, end; and the key that must appear nowhere."""

import os
import pathlib
import signal
import subprocess
import threading
import time
import unittest

from harness import BIN, KEY, EndToEnd, eventually, get, post

MODEL = "openai/gpt-oss-20b"
CONFIG = """
upstream: {{base_url: "{base_url}"}}
models: [{{id: {model}}}]
probes: {{catalog: {{interval: 1s}}, serving: {{interval: 2s, confirm_interval: 1s}}}}
state: {{path: state.db}}
"""


def run(*args, env=None):
    return subprocess.run([BIN / "together-exporter", *args], capture_output=True, text=True,
                          timeout=60, env=env)


class Lifecycle(EndToEnd):
    def start(self, *flags):
        self.sim = self.simulator()
        config = CONFIG.format(base_url=self.sim.base_url, model=MODEL)
        exporter = self.exporter(config, *flags)
        eventually("the model is available", lambda: exporter.state(MODEL) == "available")
        return exporter

    def test_ends_with_code_0_within_five_seconds(self):
        self.assertEqual(self.start().stop(signal.SIGTERM, within=5), 0)

    def test_ends_in_the_middle_of_a_hanging_request(self):
        exporter = self.start()
        self.sim.event(action="fail_all", status="hang")
        time.sleep(2)  # let requests hang: there is no sign of it to wait for
        self.assertEqual(exporter.stop(signal.SIGTERM, within=5), 0)

    def test_ends_in_the_middle_of_reloads(self):
        exporter = self.start("--web.enable-lifecycle")

        def reload_forever():
            try:
                while True:
                    post(exporter.url + "/-/reload")
            except OSError:
                pass  # it ended

        reloaders = [threading.Thread(target=reload_forever) for _ in range(16)]
        for reloader in reloaders:
            reloader.start()
        self.assertEqual(exporter.stop(signal.SIGTERM, within=5), 0)
        for reloader in reloaders:
            reloader.join()

    def test_a_good_reload_is_taken_up(self):
        exporter = self.start()
        text = exporter.config_path.read_text().replace(MODEL, "openai/gpt-oss-120b")
        exporter.config_path.write_text(text)
        exporter.popen.send_signal(signal.SIGHUP)
        eventually("the new model is watched", lambda: exporter.state("openai/gpt-oss-120b"))
        self.assertIsNone(exporter.state(MODEL))

    def test_a_bad_reload_changes_nothing_and_says_so(self):
        exporter = self.start("--web.enable-lifecycle")
        exporter.config_path.write_text("modells: []\n")
        status, body = post(exporter.url + "/-/reload")
        self.assertEqual(status, 500)
        self.assertIn('config.yml:1: modells: unknown key "modells"; did you mean "models"?', body)
        eventually("it is a metric", lambda: exporter.value(
            "together_exporter_config_last_reload_successful") == 0)
        self.assertEqual(exporter.state(MODEL), "available")

    def test_reload_over_http_needs_the_flag(self):
        self.assertEqual(post(self.start().url + "/-/reload")[0], 403)

    def test_restored_state_is_shown_before_any_look(self):
        exporter = self.start()
        self.sim.event(action="remove", model=MODEL)
        eventually("removed", lambda: exporter.state(MODEL) == "removed")
        since = f'together_model_state_since_timestamp_seconds{{model="{MODEL}"}}'
        entered = exporter.value(since)
        time.sleep(1)  # the writer thread's turn
        exporter.kill()
        self.sim.event(action="fail_all", status="hang")
        again = self.exporter(exporter.config_path.read_text())
        self.assertEqual(again.state(MODEL), "removed")
        self.assertEqual(again.value(since), entered)
        self.assertIsNone(again.value("together_up"))

    def test_a_corrupt_database_is_moved_aside(self):
        exporter = self.start()
        exporter.stop()
        database = pathlib.Path(self.folder) / "state.db"
        database.write_bytes(b"this is no database" * 1000)
        again = self.exporter(exporter.config_path.read_text())
        eventually("it works", lambda: again.state(MODEL) == "available")
        self.assertEqual(len(list(pathlib.Path(self.folder).glob("state.db.corrupt-*"))), 1)
        self.assertIn('"kind":"store"', get(again.url + "/api/v1/events")[1].replace(" ", ""))

    def test_the_key_appears_nowhere(self):
        exporter = self.start("--log.level=debug")
        pages = [get(exporter.url + path)[1]
                 for path in ["/metrics", "/", "/api/v1/models", "/api/v1/events"]]
        exporter.stop()
        files = [path.read_bytes() for path in pathlib.Path(self.folder).iterdir()
                 if path.is_file() and path.name != "simulator.log"]
        for text in [page.encode() for page in pages] + files:
            self.assertNotIn(KEY.encode(), text)


class CommandLine(EndToEnd):
    def write(self, text):
        path = pathlib.Path(self.folder) / "config.yml"
        path.write_text(text)
        return str(path)

    def test_no_configuration(self):
        done = run()
        self.assertEqual((done.returncode, done.stderr),
                         (2, "together-exporter: --config.file is needed; see --help\n"))

    def test_a_bad_configuration_names_file_line_and_key(self):
        path = self.write("models:\n  - {id: a/b}\n  - {id: a/b}\n")
        done = run(f"--config.file={path}")
        self.assertEqual(done.returncode, 2)
        self.assertIn(f"{path}:3: models[1].id: ", done.stderr)

    def test_a_missing_key(self):
        path = self.write("state: {path: ''}\n")
        environment = {k: v for k, v in os.environ.items() if k != "TOGETHER_API_KEY"}
        done = run(f"--config.file={path}", env=environment)
        self.assertEqual(done.returncode, 2)
        self.assertIn("TOGETHER_API_KEY", done.stderr)

    def test_a_taken_port_is_named(self):
        sim = self.simulator()
        address = sim.base_url.removeprefix("http://").removesuffix("/v1")
        path = self.write("state: {path: ''}\n")
        done = run(f"--config.file={path}", f"--web.listen-address={address}",
                   env={**os.environ, "TOGETHER_API_KEY": KEY})
        self.assertEqual(done.returncode, 2)
        self.assertIn(address, done.stderr)

    def test_check_config(self):
        good = run("check-config", self.write("models: [{id: a/b}]\n"))
        self.assertEqual((good.returncode, good.stderr), (0, ""))
        # 24 looks of 65 tokens and 4 of 80, at an assumed 1 USD per million tokens.
        self.assertRegex(good.stdout, r"in all +28 +0\.0019")
        models = pathlib.Path(self.folder) / "models.json"
        models.write_text("[1]")
        no_list = run("check-config", f"--models={models}", self.write("models: []\n"))
        self.assertEqual(no_list.returncode, 1)
        self.assertIn("it is no list of models", no_list.stderr)
        path = self.write("budget: {usd_per_day: -1}\n")
        bad = run("check-config", path)
        self.assertEqual(bad.returncode, 1)
        self.assertIn(f"{path}:1: budget.usd_per_day: ", bad.stderr)

    def test_probe(self):
        sim = self.simulator()
        path = self.write(f'upstream: {{base_url: "{sim.base_url}"}}\n')
        environment = {**os.environ, "TOGETHER_API_KEY": KEY}
        good = run("probe", f"--config.file={path}", "--probe=stream", f"--model={MODEL}",
                   env=environment)
        self.assertEqual(good.returncode, 0, good.stdout + good.stderr)
        self.assertIn("outcome     ok", good.stdout)
        self.assertRegex(good.stdout, r"ok +not_truncated")
        bad = run("probe", f"--config.file={path}", "--probe=serving", "--model=no/such",
                  env=environment)
        self.assertEqual(bad.returncode, 1)
        self.assertIn("outcome     not_found", bad.stdout)

    def test_version(self):
        done = run("--version")
        self.assertEqual(done.returncode, 0)
        self.assertRegex(done.stdout, r"^together-exporter, version \d+\.\d+\.\d+ \(revision ")


if __name__ == "__main__":
    unittest.main()
