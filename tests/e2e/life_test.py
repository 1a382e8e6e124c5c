"""A week of normal life, with flaps and faults, pages nobody and opens no ticket.

The whole engine lives through it under a manual clock (life/), and restarts on the way. promtool
then evaluates our rules, as they are, every other minute of what a Prometheus would have stored.
"""

import os
import pathlib
import re
import subprocess
import tempfile
import unittest

from harness import SOURCE

LIVE_DAYS = pathlib.Path(os.environ["TE_BIN_DIR"]).parent / "tests" / "live_days"
LIFE = SOURCE / "tests" / "e2e" / "life"
RULES = sorted((SOURCE / "alerts").glob("*.rules.yml"))
# In any order of the groups nobody may be told; in this one a rule sees the newest recorded values.
GROUPS = ["exporter", "account", "models", "retirements", "prices", "contract"]


def lived(scenario, days):
    """What was stored, of the series that some rule reads."""
    done = subprocess.run([LIVE_DAYS, f"--config={LIFE / 'week.exporter.yml'}",
                           f"--scenario={scenario}", f"--days={days}"],
                          capture_output=True, text=True, check=True)
    read = set(re.findall(r"together_[a-z0-9_]+", "".join(path.read_text() for path in RULES)))
    items = re.findall(r" *- series: '(\w+)\{.*\n.*\n", done.stdout)
    whole = re.findall(r" *- series: .*\n.*\n", done.stdout)
    kept = [item for name, item in zip(items, whole, strict=True) if name == "up" or name in read]
    assert kept, done.stdout[:1000]
    return "".join(kept)


def promtool(series, days, told):
    """How promtool ends when exactly these (alert, severity) may ever have fired."""
    samples = "".join(f"\n          - {{labels: '{{alertname=\"{alert}\", severity=\"{severity}\"}}', value: 1}}"
                      for alert, severity in told)
    text = f"""
rule_files: [{", ".join(str(path) for path in RULES)}]
group_eval_order: [{", ".join("together-" + name for name in GROUPS)}]
evaluation_interval: 2m
tests:
  - interval: 1m
    input_series:
{series}
    promql_expr_test:
      - expr: 'group by (alertname, severity) (last_over_time(ALERTS{{alertstate="firing", severity=~"critical|warning"}}[{days}d]))'
        eval_time: {days}d
        exp_samples: {samples or "[]"}
"""
    with tempfile.NamedTemporaryFile("w", suffix=".yml") as file:
        file.write(text)
        file.flush()
        return subprocess.run(["promtool", "test", "rules", file.name], capture_output=True,
                              text=True, check=False)


class Life(unittest.TestCase):
    def test_a_week_of_normal_life_tells_nobody(self):
        series = lived(LIFE / "week.scenario.yml", 7)
        done = promtool(series, 7, [])
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        print(f"{series.count('series:')} series of a week: nobody was told of anything")

    def test_a_removal_on_such_a_day_is_told(self):
        scenario = (LIFE / "week.scenario.yml").read_text()
        with tempfile.NamedTemporaryFile("w", suffix=".yml") as file:
            file.write(scenario + "  - {at: 3h, action: remove, model: example/slow}\n")
            file.flush()
            series = lived(file.name, 1)
        told = [("TogetherModelRemoved", "critical")]
        done = promtool(series, 1, told)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertNotEqual(promtool(series, 1, []).returncode, 0)


if __name__ == "__main__":
    unittest.main()
