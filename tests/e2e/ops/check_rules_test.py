#!/usr/bin/env python3
"""check_rules.py refuses what it should: one small folder, broken in one way at a time."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

CHECKER = pathlib.Path(__file__).with_name("check_rules.py")
METRICS = """| Metric | Type | Labels | Meaning |
|---|---|---|---|
| `together_up` | gauge |  | Whether it works. |
"""
GOOD = {
    "one.rules.yml": """groups:
  - name: one
    rules:
      - record: instance:together_up:last10m
        expr: last_over_time(together_up[10m])
      - alert: TogetherOneThing
        expr: instance:together_up:last10m == 0
        for: 1m
        labels:
          severity: warning
        annotations:
          summary: One thing happened.
          description: '{{ $labels.instance }}{{ range query "together_up" }} is {{ .Value }}{{ end }}.'
          runbook_url: https://github.com/together-exporter/together-exporter/blob/main/alerts/runbooks/TogetherOneThing.md
""",
    "tests/one_thing_test.yml": """tests:
  - alert_rule_test:
      - {eval_time: 1m, alertname: TogetherOneThing}
      - {eval_time: 2m, alertname: TogetherOneThing, exp_alerts: [{exp_labels: {severity: warning}}]}
""",
    "runbooks/TogetherOneThing.md": """# TogetherOneThing

**Meaning.** A thing.

**Impact.** None.

**Check.**

```sh
curl -s $EXPORTER/metrics | grep -E '^together_(up|u)'
curl -s "$EXPORTER/api/v1/events?kind=gate"
together-exporter probe --config.file=FILE
```

**Do.** Nothing.
""",
    "README.md": "| [TogetherOneThing](runbooks/TogetherOneThing.md) | warning | a thing |\n",
}
RULES, TEST, BOOK, README = GOOD

# (file, what stands there, what to put in its place, the reason that must be given)
BROKEN = [
    (RULES, "severity: warning", "severity: urgent", "severity must be one of"),
    (RULES, "severity: warning", "severity: warning\n          at: '{{ $value }}'",
     "labels must be static"),
    (RULES, "One thing happened.", "'{{ $labels.job }} happened.'", "summary must be one static"),
    (RULES, "One thing happened.", "One thing happened", "summary must be one static"),
    (RULES, "'{{ $labels.instance }}{{ range query \"together_up\" }} is {{ .Value }}{{ end }}.'",
     "Something.", "description must name what the alert is about"),
    (RULES, "runbooks/TogetherOneThing.md", "runbooks/Another.md", "runbook_url must be"),
    (RULES, "for: 1m", "for: 30s", "for must cover two scrapes"),
    (RULES, "        for: 1m\n", "", "for must cover two scrapes"),
    (RULES, "last10m == 0", "last10m", "expr compares nothing"),
    (RULES, "last_over_time(together_up[10m])", "last_over_time(together_upp[10m])",
     "together_upp is not in"),
    (RULES, 'query "together_up"', 'query "together_upp"', "together_upp is not in"),
    (RULES, "last_over_time(together_up[10m])", "together_up", "together_up has no range"),
    (RULES, "record: instance:together_up:last10m", "record: together_up:last10m",
     "a recorded name reads level:metric:operations"),
    (TEST, "severity: warning", "severity: info", "never sees it fire with severity warning"),
    (TEST, "      - {eval_time: 1m, alertname: TogetherOneThing}\n", "", "never sees it silent"),
    (TEST, None, None, "one_thing_test.yml is missing"),
    (BOOK, None, None, "TogetherOneThing.md is missing"),
    (BOOK, "# TogetherOneThing", "# One thing", "must open with: # TogetherOneThing"),
    (BOOK, "**Impact.**", "**Effect.**", "needs, in this order"),
    (BOOK, "$EXPORTER/metrics", "$EXPORTER/metric", "the exporter has no /metric"),
    (BOOK, "api/v1/events?", "api/v1/event?", "the exporter has no /api/v1/event"),
    (BOOK, "together-exporter probe", "together-exporter look", "has no command look"),
    (BOOK, "together_(up|u)", "together_(up|down)", "no metric is called together_down"),
    (BOOK, "together_(up|u)", "together_upp", "no metric is called together_upp"),
    (README, GOOD[README], "", "the table has no TogetherOneThing"),
    (README, GOOD[README], GOOD[README] * 2, "the table has TogetherOneThing more than once"),
    (README, "[TogetherOneThing]", "[TogetherOther]", "the table has TogetherOther, which is no alert"),
    ("runbooks/TogetherOther.md", "", "# TogetherOther\n", "TogetherOther.md: no alert of that name"),
]


class Checked(unittest.TestCase):
    def problems(self, files):
        """All that the checker says, but for the promised alerts, which the folder lacks."""
        with tempfile.TemporaryDirectory() as folder:
            alerts = pathlib.Path(folder, "alerts")
            (alerts / "tests").mkdir(parents=True)
            (alerts / "runbooks").mkdir()
            for name, text in files.items():
                (alerts / name).write_text(text, encoding="utf-8")
            metrics = pathlib.Path(folder, "metrics.md")
            metrics.write_text(METRICS, encoding="utf-8")
            run = subprocess.run([sys.executable, CHECKER, alerts, metrics], capture_output=True,
                                 text=True, check=False)
        self.assertEqual((run.returncode, run.stderr), (1, ""))
        lines = run.stdout.splitlines()
        promised = [line for line in lines if line.startswith("promised and missing: ")]
        self.assertIn("promised and missing: TogetherModelRemoved", promised)
        return [line for line in lines if line not in promised]

    def test_a_sound_folder_has_no_problem(self):
        self.assertEqual(self.problems(GOOD), [])

    def test_each_break_is_refused_by_name(self):
        for name, old, new, reason in BROKEN:
            with self.subTest(file=name, reason=reason):
                files = dict(GOOD)
                if old is None:
                    del files[name]
                else:
                    before = files.get(name, "")
                    self.assertIn(old, before)
                    files[name] = before.replace(old, new, 1) if before else new
                problems = self.problems(files)
                self.assertTrue(any(reason in problem for problem in problems), problems)

    def test_only_the_watchdog_may_always_fire(self):
        text = {name: text.replace("OneThing", "Watchdog").replace("last10m == 0", "last10m")
                for name, text in GOOD.items()}
        files = {name.replace("OneThing", "Watchdog").replace("one_thing", "watchdog"): body
                 for name, body in text.items()}
        self.assertEqual(self.problems(files), [])


if __name__ == "__main__":
    unittest.main()
