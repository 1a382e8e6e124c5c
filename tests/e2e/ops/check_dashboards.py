#!/usr/bin/env python3
"""Checks dashboards/*.json: usage check_dashboards.py DASHBOARDS_DIR METRICS_MD."""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

from documented import FOREIGN, documented_names, used_names

DATASOURCE = {"type": "prometheus", "uid": "${datasource}"}
VARIABLES = ["datasource", "job", "instance", "model"]
RUNBOOK = re.compile(r"/alerts/runbooks/(\w+)\.md")
STAND_INS = {"$__rate_interval": "5m", "$__interval": "1m", "$__range": "1h",
             "$job": ".*", "$instance": ".*", "$model": ".*"}


def problems_of_panel(panel, known):
    if not panel.get("title"):
        yield "no title"
    if panel["type"] == "row":
        return
    if not panel.get("description"):
        yield "no description"
    defaults = panel.get("fieldConfig", {}).get("defaults", {})
    if not defaults.get("unit"):
        yield "no unit"
    if not defaults.get("thresholds", {}).get("steps"):
        yield "no thresholds"
    if not panel.get("targets"):
        yield "no target"
    if panel.get("datasource") != DATASOURCE:
        yield "datasource is not ${datasource}"
    refs = [target["refId"] for target in panel.get("targets", [])]
    if len(set(refs)) != len(refs):
        yield "two targets share a refId"
    for target in panel.get("targets", []):
        if target.get("datasource") != DATASOURCE:
            yield f"target {target['refId']}: datasource is not ${{datasource}}"
        if '=~"$job"' not in target["expr"]:
            yield f"target {target['refId']} ignores the variable job"
        if re.search(r"\brate\(|\bincrease\(", target["expr"]) and "[" not in target["expr"]:
            yield f"target {target['refId']} has no range"
        for name in sorted(used_names(target["expr"]) - known):
            yield f"target {target['refId']}: {name} is not documented"


def overlaps(panels):
    taken = {}
    for panel in panels:
        grid = panel["gridPos"]
        if grid["x"] < 0 or grid["x"] + grid["w"] > 24:
            yield f"{panel['title']}: wider than the grid"
        for x in range(grid["x"], grid["x"] + grid["w"]):
            for y in range(grid["y"], grid["y"] + grid["h"]):
                other = taken.setdefault((x, y), panel["title"])
                if other != panel["title"]:
                    yield f"{panel['title']} lies over {other}"
                    return


def syntax_problems(expressions):
    """Lets promtool parse every expression, as recording rules."""
    rules = []
    for i, expression in enumerate(expressions):
        for variable, value in STAND_INS.items():
            expression = expression.replace(variable, value)
        rules.append({"record": f"check:expression:{i}", "expr": expression})
    with tempfile.NamedTemporaryFile("w", suffix=".yml") as file:
        json.dump({"groups": [{"name": "check", "rules": rules}]}, file)
        file.flush()
        run = subprocess.run(["promtool", "check", "rules", file.name], capture_output=True,
                             text=True, check=False)
    return [] if run.returncode == 0 else [run.stdout + run.stderr]


def problems_of(path, known, runbooks):
    text = path.read_text(encoding="utf-8")
    board = json.loads(text)
    panels = board["panels"]
    if board.get("schemaVersion", 0) < 38:
        yield "schemaVersion is older than 38"
    if not board.get("uid") or not board.get("title") or not board.get("description"):
        yield "uid, title and description are needed"
    if "id" in board:
        yield "an id belongs to one Grafana only"
    names = [variable["name"] for variable in board["templating"]["list"]]
    if names != VARIABLES:
        yield f"variables are {names}, not {VARIABLES}"
    for variable in board["templating"]["list"]:
        if variable["type"] == "query":
            if variable["datasource"] != DATASOURCE:
                yield f"variable {variable['name']}: datasource is not ${{datasource}}"
            for name in sorted(used_names(variable["query"]["query"]) - known):
                yield f"variable {variable['name']}: {name} is not documented"
    ids = [panel["id"] for panel in panels]
    if len(set(ids)) != len(ids):
        yield "two panels share an id"
    titles = [panel["title"] for panel in panels]
    if len(set(titles)) != len(titles):
        yield "two panels share a title"
    for panel in panels:
        for why in problems_of_panel(panel, known):
            yield f"{panel.get('title')}: {why}"
    yield from overlaps(panels)
    for alert in sorted(set(RUNBOOK.findall(text))):
        if not (runbooks / f"{alert}.md").is_file():
            yield f"links to a runbook that does not exist: {alert}"
    yield from syntax_problems([target["expr"] for panel in panels
                                for target in panel.get("targets", [])])


def main():
    directory = pathlib.Path(sys.argv[1])
    known = documented_names(sys.argv[2]) | FOREIGN
    boards = sorted(directory.glob("*.json"))
    problems = [f"{path.name}: {why}" for path in boards
                for why in problems_of(path, known, directory.parent / "alerts" / "runbooks")]
    if not boards:
        problems.append(f"{directory}: no dashboards")
    print("\n".join(problems) or f"{len(boards)} dashboards: fine")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
