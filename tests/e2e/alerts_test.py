"""From the upstream change to the person: simulator, exporter, Prometheus and Alertmanager together.

Every row of alerts_table.py gets a simulator and an exporter of its own, which one Prometheus
scrapes as a job of the row's name. Rules and routes are ours, and wait FASTER times shorter. When
everything is well the row's events happen; then exactly the row's alerts may reach the receivers,
and not later than an interval of the row's probe, a scrape, an evaluation and `for` after it.
"""

import concurrent.futures
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time
import unittest

import yaml

from alerts_table import CATALOG, ROWS, SERVING, STREAM
from harness import SOURCE, EndToEnd, Exporter, Receiver, Simulator, eventually, get

sys.path.insert(0, str(SOURCE / "scripts" / "demo"))
import pace  # noqa: E402

FASTER = 30
LONGEST = 15  # seconds: rules that wait for hours wait this long here
AT_ONCE = 8
SETTLED = 6  # seconds in which nothing more may come
PATIENCE = 120
BUSY = 6  # seconds that a busy machine may take between the steps
SCRAPE = 2
EVALUATION = 1

CONFIG = """
upstream: {{base_url: "{base_url}", timeout: 10s}}
models: {models}
{more}
adaptive: false
probes:
  catalog: {{interval: {catalog}s}}
  serving: {{interval: {serving}s, confirm_interval: 1s}}
  stream: {{interval: {stream}s}}
  shape: {{learning_period: 6h}}
{probes}
state: {{path: "{state}"}}
"""


def waits():
    """{alert: the longest `for` of its rules, in seconds}, as the copies have them."""
    longest = {}
    for path in pace.ALERTS.glob("*.rules.yml"):
        text = pace.faster(path.read_text(), pace.RULE_WAITS, FASTER, most=LONGEST)
        for group in yaml.safe_load(text)["groups"]:
            for rule in group["rules"]:
                if "alert" in rule:
                    wait = pace.seconds(rule.get("for", "0s"))
                    longest[rule["alert"]] = max(longest.get(rule["alert"], 0), wait)
    return longest


class Story:
    """One row, lived through."""

    def __init__(self, row, folder, targets, receiver):
        self.row, self.targets, self.receiver = row, targets, receiver
        self.folder = pathlib.Path(folder)
        self.processes = []

    def run(self):
        """None, or what went wrong; and what is worth knowing."""
        try:
            self.begin()
            return self.happen()
        except AssertionError as error:
            return str(error), ""
        finally:
            (self.targets / f"{self.row.name}.json").unlink(missing_ok=True)
            for process in self.processes:
                process.kill()

    def begin(self):
        row = self.row
        calm = self.folder / "calm.yml"
        calm.write_text("events: []\n")
        self.simulator = Simulator(self.folder, f"--scenario={calm}")
        self.processes.append(self.simulator)
        for one in row.before:
            self.simulator.event(**one)
        probes = row.probes
        text = CONFIG.format(
            base_url=self.simulator.base_url, models=row.models, catalog=CATALOG, serving=SERVING,
            stream=STREAM, state=self.folder / "state.db",
            probes=probes, more=row.more.format(page=self.simulator.admin.removesuffix("/admin")))
        if "  shape:" in probes:
            text = text.replace("  shape: {learning_period: 6h}\n", "")
        self.exporter = Exporter(self.folder, text, *row.flags)
        self.processes.append(self.exporter)
        target = [{"targets": [self.exporter.address], "labels": {"job": row.name}}]
        (self.targets / f"{row.name}.json").write_text(json.dumps(target))
        eventually("every tracked model is available", self.all_available, PATIENCE)
        if row.ready:
            series, least = row.ready
            eventually(f"{series} is {least}", lambda: (self.exporter.value(series) or 0) >= least)
        time.sleep(STREAM + 2)  # every probe has looked, and Prometheus has seen it

    def all_available(self):
        status, body, _ = get(self.exporter.url + "/api/v1/models")
        models = json.loads(body)["data"] if status == 200 else []
        return models and all(model["state"] == "available" for model in models)

    def happen(self):
        row = self.row
        at = time.time()
        for one in row.events:
            self.simulator.event(**one)
        if row.act:
            getattr(self, row.act)()
        first = row.first or next(iter({alert for _, alert, _ in row.tells}), None)
        news = ""
        if first:
            eventually("all alerts came", lambda: row.tells <= self.told().keys(), PATIENCE)
            news = self.delay(first, at)
        time.sleep(row.lasts + SETTLED)
        told = self.told()
        wrong = []
        if told.keys() != row.tells:
            wrong.append(f"told {sorted(map(str, told.keys() - row.tells))} too")
        pages = [alert for to, alert in self.mine() if to == "page"]
        if len(pages) > sum(receiver == "page" for receiver, _, _ in row.tells):
            wrong.append(f"{len(pages)} pages")
        if any(alert["status"] == "resolved" for _, alert in self.mine()):
            wrong.append("something resolved")
        description = " ".join(alert["annotations"]["description"] for alert in told.values())
        wrong += [f"nothing says {text}: {description}" for text in row.says
                  if text not in description]
        return "; ".join(wrong) or None, news

    def delay(self, alert, since):
        """From the change to the evaluation that began to fire, by Prometheus' own clock."""
        begun = min(starts for (_, name, _), starts in self.starts().items() if name == alert)
        bound = self.row.believed + SCRAPE + EVALUATION + waits()[alert]
        took = begun - since
        assert took <= bound + BUSY, f"{alert} took {took:.1f} s, not {bound} s"
        return f"{alert} {took:.1f} s (bound {bound} s)"

    def mine(self):
        """(receiver, alert) of everything that was sent, as often as it was."""
        return [(n["to"], alert) for n in self.receiver.notifications for alert in n["alerts"]
                if alert["labels"].get("job") == self.row.name]

    def told(self):
        """{(receiver, alert, model): alert} of everything that fired and was sent."""
        return {(to, alert["labels"]["alertname"], alert["labels"].get("model")): alert
                for to, alert in self.mine() if alert["status"] == "firing"}

    def starts(self):
        def unix(text):
            whole, fraction = re.fullmatch(r"(.{19})(?:\.(\d+))?Z", text).groups()
            seconds = time.mktime(time.strptime(whole, "%Y-%m-%dT%H:%M:%S")) - time.timezone
            return seconds + float(f"0.{fraction or 0}")

        return {key: unix(alert["startsAt"]) for key, alert in self.told().items()}

    # What no event of the simulator can do.

    def nothing(self):
        pass

    def kill_simulator(self):
        self.simulator.kill()

    def kill_exporter(self):
        self.exporter.kill()

    def break_config(self):
        self.exporter.config_path.write_text("models: [")
        self.exporter.popen.send_signal(signal.SIGHUP)

    def forbid_writes(self):
        subprocess.run(["prlimit", f"--pid={self.exporter.popen.pid}", "--fsize=1"], check=True)
        # The next change that must be kept.
        self.simulator.event(action="price", model="Qwen/Qwen3.5-9B", input=0.01, output=0.01)


class Alerts(EndToEnd):
    def alertmanager(self, receiver):
        path = pace.write_alertmanager(self.folder, FASTER, receiver.url.rstrip("/"),
                                       most=LONGEST)
        return self.start_alertmanager(path)

    def test_every_story_tells_exactly_its_alerts(self):
        receiver = Receiver()
        self.addCleanup(receiver.stop)
        targets = pathlib.Path(self.folder) / "targets"
        targets.mkdir()
        rules = pace.write_rules(self.folder, FASTER, most=LONGEST)
        self.prometheus(f"""
global: {{scrape_interval: {SCRAPE}s, evaluation_interval: {EVALUATION}s}}
rule_files: ["{rules}"]
alerting:
  alertmanagers: [{{static_configs: [{{targets: ["{self.alertmanager(receiver)}"]}}]}}]
scrape_configs:
  - job_name: stories
    file_sd_configs: [{{files: ["{targets}/*.json"], refresh_interval: 1s}}]
""")
        chosen = [row for row in ROWS if row.name in os.environ.get("TE_ROWS", row.name).split(",")]
        if time.time() % 86400 < 1200:  # TogetherProbeBudgetExhausted ends with the day
            chosen = [row for row in chosen if row.name != "budget"]
            print("budget: left out in the first twenty minutes of a day")

        def live(row):
            with tempfile.TemporaryDirectory(dir=self.folder) as folder:
                return row, Story(row, folder, targets, receiver).run()

        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            lived = list(pool.map(live, chosen))
        for row, (_, news) in lived:
            print(f"{row.name:22} {row.why}: {news or 'nobody is told'}")
        wrong = [f"{row.name}: {problem}" for row, (problem, _) in lived if problem]
        self.assertEqual(wrong, [], "\n" + "\n".join(wrong))
        eventually("the dead man's switch is told that all is well", lambda: any(
            n["to"] == "dead-mans-switch" for n in receiver.notifications), PATIENCE)


if __name__ == "__main__":
    unittest.main()
