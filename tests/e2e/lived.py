"""Hours of a scenario in no time, and which of our alerts they set off.

The whole engine lives through them under a manual clock (life/); promtool then evaluates our rules,
as they are, every other minute of what a Prometheus would have stored.
"""

import os
import pathlib
import re
import subprocess
import tempfile

from harness import SOURCE

LIVE = pathlib.Path(os.environ["TE_BIN_DIR"]).parent / "tests" / "live_days"
RULES = sorted((SOURCE / "alerts").glob("*.rules.yml"))
# So that each rule sees the newest recorded values. The same must be told in any order.
GROUPS = ["exporter", "account", "models", "retirements", "prices", "contract"]
LABELS = ("alertname", "severity", "model")


def lived(config, scenario, hours):
    """What was stored, of the series that some rule reads: `input_series` of a promtool test."""
    with tempfile.TemporaryDirectory() as folder:
        paths = {"config": pathlib.Path(folder, "exporter.yml"),
                 "scenario": pathlib.Path(folder, "scenario.yml")}
        paths["config"].write_text(config, encoding="utf-8")
        paths["scenario"].write_text(scenario, encoding="utf-8")
        done = subprocess.run([LIVE, f"--hours={hours}",
                               *(f"--{name}={path}" for name, path in paths.items())],
                              capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    read = set(re.findall(r"together_[a-z0-9_]+", "".join(path.read_text() for path in RULES)))
    items = re.findall(r" *- series: '(\w+)\{.*\n.*\n", done.stdout)
    whole = re.findall(r" *- series: .*\n.*\n", done.stdout)
    kept = [item for name, item in zip(items, whole, strict=True) if name == "up" or name in read]
    assert kept, done.stdout[:1000]
    return "".join(kept)


def expression(hours, told, severities):
    """Exactly these have ever fired, as an item of `promql_expr_test`."""
    fired = f'alertstate="firing", alertname!="TogetherWatchdog", severity=~"{severities}"'
    samples = "".join(
        "\n          - {value: 1, labels: '{"
        + ", ".join(f'{key}="{value}"' for key, value in zip(LABELS, labels) if value) + "}'}"
        for labels in told)
    return f"""
      - expr: 'group by ({", ".join(LABELS)}) (last_over_time(ALERTS{{{fired}}}[{hours}h]))'
        eval_time: {hours}h
        exp_samples: {samples or "[]"}"""


def why_not_told(series, hours, told, severities="critical|warning", silent_for=0):
    """What promtool says unless exactly these (alert, severity, model) have ever fired, and none of
    them in the first hours; model: "" where the alert is not about one. The watchdog does not count."""
    silence = expression(silent_for, [], severities) if silent_for else ""
    text = f"""
rule_files: [{", ".join(str(path) for path in RULES)}]
group_eval_order: [{", ".join("together-" + name for name in GROUPS)}]
evaluation_interval: 2m
tests:
  - interval: 1m
    input_series:
{series}
    promql_expr_test: {silence}{expression(hours, told, severities)}
"""
    with tempfile.NamedTemporaryFile("w", suffix=".yml") as file:
        file.write(text)
        file.flush()
        done = subprocess.run(["promtool", "test", "rules", file.name], capture_output=True,
                              text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr
