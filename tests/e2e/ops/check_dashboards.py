#!/usr/bin/env python3
"""Checks dashboards/*.json: usage check_dashboards.py DASHBOARDS_DIR METRICS_MD.

The checks of Grafana's dashboard linter, what its classic schema asks for, and our own habits."""

import collections
import json
import pathlib
import re
import subprocess
import sys
import tempfile

from dashboard_looks import problems_of_colors, problems_of_widths
from dashboard_schema import schema_problems
from documented import FOREIGN, documented_names

DATASOURCE = {"type": "prometheus", "uid": "${datasource}"}
RUNBOOK = re.compile(r"/alerts/runbooks/(.+)\.md$")
RUNBOOKS = "https://github.com/together-exporter/together-exporter/blob/main/alerts/runbooks/"
ALERT = re.compile(r"^\s*- alert: (\w+)$", re.MULTILINE)
OURS = re.compile(r"^/d/([\w-]+)\?")
TAG = "together"
CONFIG_MAP = 1 << 20  # bytes: what Kubernetes takes
SCRAPE = {"scrape_duration_seconds", "scrape_samples_scraped"}  # made by Prometheus itself
UNITS = {"none", "short", "string", "s", "bytes", "percentunit", "currencyUSD", "dateTimeAsIso",
         "dateTimeFromNow"}
# Label, query, and what stands for All.
VARIABLES = {
    "job": ("Job", "label_values(together_exporter_build_info, job)"),
    "instance": ("Instance", 'label_values(together_exporter_build_info{job=~"$job"}, instance)'),
    "model": ("Model", 'label_values(together_model_state{job=~"$job", instance=~"$instance"}, '
                       "model)"),
}
STAND_INS = {"$__rate_interval": "5m", "$__interval": "1m", "$__range": "1h",
             "$job": ".+", "$instance": ".+", "$model": ".+"}
# A name, not a function, a label or a keyword; with its matchers and its range where it has them.
SELECTOR = re.compile(r"\b((?:together_|process_|scrape_)\w+|\w+(?::\w+)+|up|ALERTS)\b"
                      r"(?:\{([^}]*)\})?(?:\[([^\]]*)\])?(?!\s*\()")


def selectors(expression):
    return [match.groups(default="") for match in SELECTOR.finditer(expression)]


def problems_of_target(target, known):
    expression = target["expr"]
    found = selectors(expression)
    if not found:
        yield "selects nothing"
    for name, matchers, span in found:
        if name not in known:
            yield f"{name} is not documented"
        if 'job=~"$job"' not in matchers:
            yield f"{name} ignores the variable job"
        # An alert about the account or the job has no instance.
        if 'instance=~"$instance"' not in matchers and not (
                name == "ALERTS" and 'instance=""' in matchers):
            yield f"{name} ignores the variable instance"
        if name.endswith("_total") and not re.search(
                r"\b(?:rate|increase)\(" + re.escape(f"{name}{{{matchers}}}[{span}]"), expression):
            yield f"{name} is a counter: use rate or increase"
        wanted = {"$__rate_interval", "$__range"} if target["instant"] else {"$__rate_interval"}
        if span and span not in wanted:
            yield f"{name}[{span}]: the range is {' or '.join(sorted(wanted))}"
    for variable in re.findall(r"\$\w+", expression):
        if variable not in STAND_INS:
            yield f"{variable} is no variable"
    if target["datasource"] != DATASOURCE:
        yield "datasource is not ${datasource}"
    if target["instant"] == target["range"]:
        yield "is either instant or over a range"


def links_of(panel):
    links = list(panel.get("links", []))
    for override in panel.get("fieldConfig", {}).get("overrides", []):
        for prop in override["properties"]:
            links += prop["value"] if prop["id"] == "links" else []
    return links


def problems_of_links(panel, runbooks, uids):
    for link in links_of(panel):
        url = link["url"]
        ours = OURS.match(url)
        if url.startswith(RUNBOOKS):
            alert = RUNBOOK.search(url)
            if alert and alert[1] != "${__value.raw}" and not (
                    runbooks / f"{alert[1]}.md").is_file():
                yield f"links to a runbook that does not exist: {alert[1]}"
        elif not ours or ours[1] not in uids:
            yield f"links to neither a runbook nor a dashboard: {url}"
        else:
            for kept in ("${datasource:queryparam}", "${job:queryparam}",
                         "${instance:queryparam}", "${__url_time_range}"):
                if kept not in url:
                    yield f"the link {url} loses {kept}"


def problems_of_table(panel):
    """Every column has a name and a unit."""
    kinds = {one["id"]: one["options"] for one in panel.get("transformations", [])}
    if list(kinds) != ["merge", "organize"]:
        yield "a table merges and organizes"
        return
    shown, hidden = kinds["organize"]["renameByName"], kinds["organize"]["excludeByName"]
    count = len(panel["targets"])
    for target in panel["targets"]:
        field = "Value" if count == 1 else f"Value #{target['refId']}"
        if field not in shown and field not in hidden:
            yield f"column {field} has no name"
        if target["format"] != "table" or not target["instant"]:
            yield f"target {target['refId']} is not an instant table"
    if len(set(shown.values())) != len(shown):
        yield "two columns share a name"
    units = {one["matcher"]["options"]: [prop["value"] for prop in one["properties"]
                                         if prop["id"] == "unit"]
             for one in panel["fieldConfig"]["overrides"]}
    for name in shown.values():
        if not units.get(name):
            yield f"column {name} has no unit"
        elif units[name][0] not in UNITS:
            yield f"column {name}: unit {units[name][0]} is not among those we use"
    for sort in panel["options"].get("sortBy", []):
        if sort["displayName"] not in shown.values():
            yield f"is sorted by {sort['displayName']}, which it does not have"


def problems_of_panel(panel, known, runbooks, uids):
    if not panel["title"]:
        yield "no title"
    if panel["type"] == "row":
        return
    if not re.match(r"[A-Z].*\.$", panel.get("description", ""), re.DOTALL):
        yield "no description"
    defaults = panel["fieldConfig"]["defaults"]
    if defaults.get("unit") not in UNITS:
        yield f"unit {defaults.get('unit')} is not among those we use"
    if not defaults.get("thresholds", {}).get("steps"):
        yield "no thresholds"
    if not panel["targets"]:
        yield "no target"
    if panel["datasource"] != DATASOURCE:
        yield "datasource is not ${datasource}"
    refs = [target["refId"] for target in panel["targets"]]
    if len(set(refs)) != len(refs):
        yield "two targets share a refId"
    for target in panel["targets"]:
        for why in problems_of_target(target, known):
            yield f"target {target['refId']}: {why}"
    yield from problems_of_links(panel, runbooks, uids)
    yield from problems_of_colors(panel)
    if panel["type"] == "table":
        yield from problems_of_table(panel)
        yield from problems_of_widths(panel)


def overlaps(panels):
    taken = {}
    for panel in panels:
        grid = panel["gridPos"]
        if grid["x"] < 0 or grid["x"] + grid["w"] > 24:
            yield f"{panel['title']}: wider than the grid"
        under = {taken.setdefault((x, y), panel["id"])
                 for x in range(grid["x"], grid["x"] + grid["w"])
                 for y in range(grid["y"], grid["y"] + grid["h"])} - {panel["id"]}
        if under:
            yield f"{panel['title']} lies over panel {under.pop()}"


def problems_of_variables(board, known):
    variables = {one["name"]: one for one in board["templating"]["list"]}
    if list(variables) != ["datasource", *VARIABLES]:
        yield f"variables are {list(variables)}, not {['datasource', *VARIABLES]}"
        return
    source = variables["datasource"]
    if (source["type"], source["query"], source["label"]) != (
            "datasource", "prometheus", "Data source"):
        yield "variable datasource chooses no Prometheus"
    for name, (label, query) in VARIABLES.items():
        one = variables[name]
        asked = one["query"]["query"]
        if (one["type"], one["label"], asked) != ("query", label, query):
            yield f"variable {name}: wants label {label} and query {query}"
        if one["datasource"] != DATASOURCE:
            yield f"variable {name}: datasource is not ${{datasource}}"
        if not (one["multi"] and one["includeAll"] and one["allValue"] == ".+"):
            yield f"variable {name}: wants multi, includeAll and allValue .+"
        if one["refresh"] != 2:
            yield f"variable {name}: is not asked again when the time changes"
        for metric, _, _ in selectors(asked):
            if metric not in known:
                yield f"variable {name}: {metric} is not documented"
    text = json.dumps(board["panels"])
    for name in variables:
        if not re.search(rf"\$\{{?{name}\b", text):
            yield f"variable {name} is used nowhere"


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


def problems_of(board, known, runbooks, uids):
    yield from schema_problems(board)
    if not board["title"].startswith("Together AI: ") or not board["description"]:
        yield "title and description are needed"
    if board["editable"]:
        yield "is editable: changes would be lost with the next version"
    if board["time"]["to"] != "now" or not re.fullmatch(r"now-\d+[hd]", board["time"]["from"]):
        yield "time is not relative to now"
    if board["tags"] != [TAG]:
        yield f"tags are not [{TAG}], by which dashboards find each other"
    if not any(link["type"] == "dashboards" and link["tags"] == [TAG] and link["includeVars"]
               and link["keepTime"] for link in board["links"]):
        yield "no links to the other dashboards that keep variables and time"
    yield from problems_of_variables(board, known)
    panels = board["panels"]
    for key in ("id", "title"):
        for value, times in collections.Counter(panel[key] for panel in panels
                                                if key == "id" or panel["type"] != "row").items():
            if times > 1:
                yield f"{times} panels share the {key} {value}"
    for panel in panels:
        for why in problems_of_panel(panel, known, runbooks, uids):
            yield f"{panel['title']}: {why}"
    yield from overlaps(panels)
    yield from syntax_problems([target["expr"] for panel in panels
                                for target in panel.get("targets", [])])


def unreachable_alerts(boards, alerts):
    """Alerts whose runbook no panel links to; a link that a cell's alert completes is none."""
    linked = {link["url"] for board in boards.values() for panel in board["panels"]
              for link in links_of(panel)}
    names = {name for path in alerts.glob("*.rules.yml")
             for name in ALERT.findall(path.read_text(encoding="utf-8"))}
    if not names:
        yield f"{alerts}: no alerts"
    for name in sorted(names):
        if f"{RUNBOOKS}{name}.md" not in linked:
            yield f"no panel of any dashboard links to the runbook of {name}"


def main():
    directory = pathlib.Path(sys.argv[1])
    known = documented_names(sys.argv[2]) | FOREIGN | SCRAPE
    boards = {path: json.loads(path.read_text(encoding="utf-8"))
              for path in sorted(directory.glob("*.json"))}
    uids = {board.get("uid") for board in boards.values()}
    alerts = directory.parent / "alerts"
    runbooks = alerts / "runbooks"
    problems = [f"{path.name}: {why}" for path, board in boards.items()
                for why in problems_of(board, known, runbooks, uids)]
    for path, board in boards.items():
        if board.get("uid") != f"together-{path.stem}":
            problems.append(f"{path.name}: uid is not together-{path.stem}")
    problems += unreachable_alerts(boards, alerts)
    # The chart indents every line by four spaces.
    size = sum(len(path.read_bytes()) + 4 * path.read_bytes().count(b"\n") for path in boards)
    if size > CONFIG_MAP * 0.9:
        problems.append(f"{size} bytes in all do not fit one ConfigMap")
    if not boards:
        problems.append(f"{directory}: no dashboards")
    print("\n".join(problems) or f"{len(boards)} dashboards: fine")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
