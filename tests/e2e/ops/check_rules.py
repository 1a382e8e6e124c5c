#!/usr/bin/env python3
"""What promtool does not check in alerts/: usage check_rules.py ALERTS_DIR METRICS_MD."""

import pathlib
import re
import sys

import yaml

from documented import FOREIGN, documented_names, used_names

RUNBOOKS = "https://github.com/together-exporter/together-exporter/blob/main/alerts/runbooks/"
SEVERITIES = {"critical", "warning", "info"}
HEADINGS = ("**Meaning.**", "**Impact.**", "**Check.**", "**Do.**")
TWO_SCRAPES = 60  # seconds, at the scrape interval of 30 s that the documentation asks for
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def seconds(duration):
    return sum(int(n) * UNITS[unit] for n, unit in re.findall(r"(\d+)([smhd])", str(duration)))


def snake(alert):
    words = re.findall(r"[A-Z][a-z]+", alert.removeprefix("Together"))
    return "_".join(word.lower() for word in words)


def compares(expression):
    outside = re.sub(r"\{[^}]*\}", "", expression)
    return re.search(r"[<>]|==|!=", outside) is not None


def in_templates(text):
    """PromQL inside {{ query "..." }}: where metric names may hide."""
    return " ".join(re.findall(r"together_[a-z0-9_]+|[a-z_]+(?::[a-z0-9_]+)+", text))


def problems_of_alert(rule, directory):
    name = rule["alert"]
    labels, notes = rule.get("labels", {}), rule.get("annotations", {})
    if labels.get("severity") not in SEVERITIES:
        yield "severity must be one of " + ", ".join(sorted(SEVERITIES))
    if any("{{" in str(value) for value in labels.values()):
        yield "labels must be static: one that follows a value makes a new alert each time"
    summary = notes.get("summary", "")
    if not re.fullmatch(r"[A-Z][^{}\n]*\.", summary):
        yield "summary must be one static sentence"
    if "{{" not in notes.get("description", ""):
        yield "description must name what the alert is about"
    if notes.get("runbook_url") != f"{RUNBOOKS}{name}.md":
        yield f"runbook_url must be {RUNBOOKS}{name}.md"
    if seconds(rule.get("for", "0s")) < TWO_SCRAPES:
        yield f"for must cover two scrapes, {TWO_SCRAPES}s"
    if not compares(rule["expr"]):
        yield "expr compares nothing"
    runbook = directory / "runbooks" / f"{name}.md"
    if not runbook.is_file():
        yield f"{runbook} is missing"
    test = directory / "tests" / f"{snake(name)}_test.yml"
    if not test.is_file():
        yield f"{test} is missing"
    else:
        yield from problems_of_test(test, name, labels.get("severity"))


def problems_of_test(path, name, severity):
    fires, silent = False, False
    for test in yaml.safe_load(path.read_text(encoding="utf-8"))["tests"]:
        for case in test.get("alert_rule_test", []):
            if case["alertname"] != name:
                continue
            expected = case.get("exp_alerts") or []
            silent = silent or not expected
            fires = fires or any(alert["exp_labels"].get("severity") == severity
                                 for alert in expected)
    if not fires:
        yield f"{path.name} never sees it fire with severity {severity}"
    if not silent:
        yield f"{path.name} never sees it silent"


def problems_of_runbook(path, alerts):
    if path.stem not in alerts:
        yield "no alert of that name"
    text = path.read_text(encoding="utf-8")
    if not text.startswith(f"# {path.stem}\n"):
        yield f"must open with: # {path.stem}"
    at = [text.find(heading) for heading in HEADINGS]
    if -1 in at or at != sorted(at):
        yield "needs, in this order: " + " ".join(HEADINGS)


def main():
    directory, known = pathlib.Path(sys.argv[1]), documented_names(sys.argv[2]) | FOREIGN
    problems, alerts, rules = [], set(), []
    for path in sorted(directory.glob("*.rules.yml")):
        for group in yaml.safe_load(path.read_text(encoding="utf-8"))["groups"]:
            rules += [(path.name, rule) for rule in group["rules"]]
    known |= {rule["record"] for _, rule in rules if "record" in rule}
    for file, rule in rules:
        name = rule.get("alert") or rule["record"]
        texts = [rule["expr"], *map(in_templates, rule.get("annotations", {}).values())]
        for unknown in sorted(set().union(*map(used_names, texts)) - known):
            problems.append(f"{file}: {name}: {unknown} is not in {sys.argv[2]}")
        if "alert" in rule:
            alerts.add(name)
            problems += [f"{file}: {name}: {why}" for why in problems_of_alert(rule, directory)]
        elif not re.fullmatch(r"[a-z_]+:[a-z0-9_]+:[a-z0-9_]+", name):
            problems.append(f"{file}: {name}: a recorded name reads level:metric:operations")
    for path in sorted((directory / "runbooks").glob("*.md")):
        problems += [f"{path.name}: {why}" for why in problems_of_runbook(path, alerts)]
    if not alerts:
        problems.append(f"{directory}: no alerts")
    print("\n".join(problems) or f"{len(rules)} rules, {len(alerts)} alerts: fine")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
