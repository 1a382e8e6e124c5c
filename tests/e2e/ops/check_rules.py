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
ALWAYS_FIRES = "TogetherWatchdog"
PROMISED = """
    TogetherModelRemoved TogetherModelSuspect TogetherModelDown TogetherModelBlocked
    TogetherModelUnknown TogetherModelRedirected TogetherRetirementScheduled
    TogetherRetirementShortNotice TogetherRetirementOverdue TogetherReplacementUnavailable
    TogetherFallbacksExhausted TogetherPriceIncreased TogetherPriceOutsidePolicy
    TogetherWorkloadCostSpike TogetherModelUnpriced TogetherApiVersionChanged
    TogetherStreamContractBroken TogetherResponseShapeChanged TogetherToolCallsBroken
    TogetherFineTuningModelRetired TogetherProviderOutage TogetherKeyRejected TogetherSpendLimited
    TogetherExporterOffline TogetherCatalogStale TogetherRetirementSourceBroken
    TogetherProbeBudgetExhausted TogetherProbeStale TogetherExporterDown TogetherConfigReloadFailed
    TogetherStateNotWritable TogetherShardMissing TogetherWatchdog
""".split()
ENDPOINTS = {"/", "/metrics", "/api/v1/models", "/api/v1/events", "/api/v1/retirements.ics",
             "/-/healthy", "/-/ready", "/-/reload"}
COMMANDS = {"probe", "check-config", "scan"}


class TestLoader(yaml.SafeLoader):
    """Lets an anchor be set again, as promtool does."""

    def compose_node(self, parent, index):
        event = self.peek_event()
        if not isinstance(event, yaml.AliasEvent):
            self.anchors.pop(event.anchor, None)
        return super().compose_node(parent, index)


def seconds(duration):
    return sum(int(n) * UNITS[unit] for n, unit in re.findall(r"(\d+)([smhd])", str(duration)))


def snake(alert):
    words = re.findall(r"[A-Z][a-z]+", alert.removeprefix("Together"))
    return "_".join(word.lower() for word in words)


def compares(expression):
    outside = re.sub(r"\{[^}]*\}", "", expression)
    return re.search(r"[<>]|==|!=", outside) is not None


def without_range(expression):
    """Metrics that an expression reads at one moment only: a failed scrape leaves nothing there."""
    bare = re.sub(r'"(?:[^"\\]|\\.)*"', '""', expression)
    selectors = re.findall(r"(?<![\w:])(together_[a-z0-9_]+)(?![\w:])\s*(?:\{[^}]*\})?\s*(\[)?", bare)
    return sorted({name for name, opened in selectors if not opened})


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
    if name != ALWAYS_FIRES and not compares(rule["expr"]):
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
    for test in yaml.load(path.read_text(encoding="utf-8"), TestLoader)["tests"]:
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


def unknown_metrics(text, known):
    """Names, and beginnings of names as grep takes them, that no metric has."""
    for group in re.findall(r"together_\(([\w|]+)", text):
        text += "".join(f" together_{branch}" for branch in group.split("|"))
    for word in sorted(set(re.findall(r"(?<![\w:])together_[a-z0-9_]+(?!\w*[\w:(])", text))):
        if not any(name.startswith(word) for name in known):
            yield word


def problems_of_runbook(path, alerts, known):
    if path.stem not in alerts:
        yield "no alert of that name"
    text = path.read_text(encoding="utf-8")
    if not text.startswith(f"# {path.stem}\n"):
        yield f"must open with: # {path.stem}"
    at = [text.find(heading) for heading in HEADINGS]
    if -1 in at or at != sorted(at):
        yield "needs, in this order: " + " ".join(HEADINGS)
    for endpoint in re.findall(r"\$EXPORTER(/[^\s\"?'|]*)", text):
        if endpoint not in ENDPOINTS:
            yield f"the exporter has no {endpoint}"
    for command in re.findall(r"^together-exporter (\w\S*)", text, re.MULTILINE):
        if command not in COMMANDS:
            yield f"the exporter has no command {command}"
    for word in unknown_metrics(text, known):
        yield f"no metric is called {word}"


def problems_of_table(path, alerts):
    rows = re.findall(r"^\| \[(\w+)\]\(runbooks/(\w+)\.md\) \|", path.read_text(encoding="utf-8"),
                      re.MULTILINE)
    names = [name for name, _ in rows]
    yield from (f"{name} is linked to the runbook {to}" for name, to in rows if name != to)
    yield from (f"the table has no {name}" for name in sorted(alerts - set(names)))
    yield from (f"the table has {name}, which is no alert" for name in sorted(set(names) - alerts))
    yield from (f"the table has {name} more than once" for name in sorted(set(names))
                if names.count(name) > 1)


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
        for momentary in without_range(rule["expr"]):
            problems.append(f"{file}: {name}: {momentary} has no range: a failed scrape would count")
        if "alert" in rule:
            alerts.add(name)
            problems += [f"{file}: {name}: {why}" for why in problems_of_alert(rule, directory)]
        elif not re.fullmatch(r"[a-z_]+:[a-z0-9_]+:[a-z0-9_]+", name):
            problems.append(f"{file}: {name}: a recorded name reads level:metric:operations")
    for path in sorted((directory / "runbooks").glob("*.md")):
        problems += [f"{path.name}: {why}" for why in problems_of_runbook(path, alerts, known)]
    readme = directory / "README.md"
    problems += [f"{readme.name}: {why}" for why in problems_of_table(readme, alerts)]
    problems += [f"promised and missing: {name}" for name in PROMISED if name not in alerts]
    print("\n".join(problems) or f"{len(rules)} rules, {len(alerts)} alerts: fine")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
