#!/usr/bin/env python3
"""What may silence what: usage check_inhibitions.py ALERTMANAGER_YML, next to *.rules.yml."""

import pathlib
import re
import sys

import yaml

MATCHER = re.compile(r'^(\w+)(=~|!~|!=|=)"(.*)"$')
CAUSES = ("TogetherExporterDown", "TogetherExporterOffline", "TogetherKeyRejected",
          "TogetherSpendLimited", "TogetherProviderOutage")  # the first silences the later ones


def alert(name, model="", instance="a:1", job="together", severity="warning", **labels):
    return dict(alertname=f"Together{name}", model=model, instance=instance, job=job,
                severity=severity, **labels)


DOWN, OUTAGE = alert("ExporterDown"), alert("ProviderOutage")
GONE = alert("ModelRemoved", model="a/b")

# (what fires, what else fires, is that silenced)
CASES = [
    (OUTAGE, alert("ModelDown", model="a/b"), True),
    (OUTAGE, alert("ModelDown", model="a/b", instance="b:1"), False),
    (GONE, alert("ModelDown", model="a/b", instance="b:1", severity="critical"), False),
    (OUTAGE, alert("ModelDown", model="a/b", job="other"), False),
    (OUTAGE, alert("ConfigReloadFailed"), False),
    (OUTAGE, alert("RetirementSourceBroken"), True),
    (alert("KeyRejected"), alert("ModelUnknown", model="a/b"), True),
    (alert("KeyRejected"), alert("CatalogStale"), True),
    (alert("KeyRejected"), alert("RetirementSourceBroken"), False),
    (alert("SpendLimited"), alert("ProbeStale"), True),
    (alert("ExporterOffline"), alert("RetirementSourceBroken"), True),
    (alert("ExporterOffline"), alert("CatalogStale", instance="b:1"), False),
    (DOWN, alert("ModelRemoved", model="a/b"), True),
    (DOWN, alert("ModelRemoved", model="a/b", instance="b:1"), False),
    (DOWN, alert("ConfigReloadFailed"), False),
    (DOWN, alert("ShardMissing", instance=""), True),
    (DOWN, alert("Watchdog", instance="", job=""), False),
    (alert("ExporterDown", instance=""), alert("ModelRemoved", model="a/b"), True),
    (alert("ExporterDown", instance=""), alert("ProviderOutage"), True),
    (alert("ExporterDown", instance=""), DOWN, False),
    (alert("ExporterDown", instance=""), alert("Watchdog", instance="", job=""), False),
    (GONE, alert("ModelSuspect", model="a/b"), True),
    (GONE, alert("ModelBlocked", model="a/b"), True),
    (GONE, alert("ModelDown", model="a/b"), True),
    (GONE, alert("ModelDown", model="c/d"), False),
    (GONE, alert("StreamContractBroken", model="a/b"), True),
    (GONE, alert("ResponseShapeChanged", model="a/b", surface="stream"), True),
    (GONE, alert("ToolCallsBroken", model="a/b", surface="tools"), True),
    (GONE, alert("SurfaceContractBroken", model="a/b", surface="image"), True),
    (GONE, alert("SurfaceContractBroken", surface="batch"), False),
    (GONE, alert("EmbeddingDimensionsChanged", model="a/b", severity="critical"), True),
    (GONE, alert("FallbacksExhausted", model="a/b"), True),
    (GONE, alert("PriceIncreased", model="a/b", direction="input"), False),
    (GONE, alert("ResponseShapeChanged", surface="batch"), False),
    (alert("ModelDown", model="a/b"), GONE, False),
    (alert("RetirementScheduled", model="a/b", severity="critical"),
     alert("RetirementScheduled", model="a/b", severity="info"), True),
    (alert("RetirementScheduled", model="a/b", severity="critical"),
     alert("RetirementScheduled", model="c/d", severity="info"), False),
    (alert("RetirementScheduled", model="a/b", severity="info"),
     alert("RetirementScheduled", model="a/b", severity="critical"), False),
    (alert("ModelRemoved", model="a/b", severity="critical"), GONE, True),
    ({"alertname": "TogetherProviderOutage"}, {"alertname": "Somebody", "model": "a/b"}, False),
]
CASES += [(alert(cause.removeprefix("Together")), alert(effect.removeprefix("Together")), i < j)
          for i, cause in enumerate(CAUSES) for j, effect in enumerate(CAUSES) if i != j]


def parsed(matchers):
    return [MATCHER.match(text).groups() for text in matchers]


def holds(matchers, labels):
    def one(label, operator, wanted):
        value = labels.get(label, "")
        same = re.fullmatch(wanted, value) is not None if "~" in operator else value == wanted
        return same != operator.startswith("!")

    return all(one(*matcher) for matcher in matchers)


def silences(rule, source, target):
    """As Alertmanager decides it: a label that is missing is empty, and equal to a missing one."""
    sources, targets = parsed(rule["source_matchers"]), parsed(rule["target_matchers"])
    if not holds(sources, source) or not holds(targets, target):
        return False
    if holds(targets, source) and holds(sources, target):
        return False  # an alert that stands on both sides is not silenced by its like
    return all(source.get(label, "") == target.get(label, "") for label in rule.get("equal", []))


def problems_of(config, alerts):
    rules = config["inhibit_rules"]
    for rule in rules:
        for label, _, wanted in parsed(rule["source_matchers"] + rule["target_matchers"]):
            if label != "alertname" or wanted == "Together.+":
                continue
            for name in wanted.split("|"):
                if name not in alerts:
                    yield f"an inhibition names {name}, which is no alert"
        if "job" not in rule.get("equal", []):
            yield f"an inhibition reaches beyond its job: {rule}"
    for source, target, expected in CASES:
        if any(silences(rule, source, target) for rule in rules) != expected:
            yield f"{source} {'does not silence' if expected else 'silences'} {target}"


def main():
    path = pathlib.Path(sys.argv[1])
    groups = [group for rules in path.parent.glob("*.rules.yml")
              for group in yaml.safe_load(rules.read_text(encoding="utf-8"))["groups"]]
    alerts = {rule["alert"] for group in groups for rule in group["rules"] if "alert" in rule}
    config = yaml.safe_load(path.read_text(encoding="utf-8"))
    problems = list(problems_of(config, alerts))
    print("\n".join(problems) or f"{len(config['inhibit_rules'])} inhibitions, {len(CASES)} cases: fine")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
