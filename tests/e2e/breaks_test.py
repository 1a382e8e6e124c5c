"""Every break that a migration meets: what moves on the page, after how many looks, and what stays.

The rows are in breaks_table.py. Each gets a simulator, which plays the scenario file, and an
exporter of its own. The page is read until it stands still; then the simulator's time jumps to the
break. The series of the row must move; nothing else may, but clocks and counts of looks.
docs/breaks.md holds the same table; TE_UPDATE_GOLDEN=1 writes it there.
"""

import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import tempfile
import time
import unittest

from breaks_table import BREAKS, GONE_TREE, MISSED, SCAN, same
from harness import BIN, KEY, SOURCE, Exporter, Simulator, get, post

DOCUMENT = SOURCE / "docs" / "breaks.md"
AT_ONCE = 4
STILL = 2.5  # seconds without a change: the page stands still
LOOK_TAKES = 0.5  # seconds at most
PATIENCE = 40  # seconds until what must happen counts as missing

# What moves by itself while nothing is wrong: clocks, and counts of looks, bytes and money.
MOVES_BY_ITSELF = re.compile(
    r"process_|together_exporter_schedule_lag|together_probe_(duration|last_run|runs|spend|budget|forecast)"
    r"|together_http_responses|together_catalog_last_success|together_model_last_served"
    r"|together_retirement_source_last_success|together_stream_(time_to|token_gap|output_tokens)"
    r"|together_stream_finish_reasons|together_(gateway|engine)_time")
SERIES = re.compile(r'(\w+)="((?:[^"\\]|\\.)*)"')


def read_page(text):
    """{(name, labels): value} of a page of metrics."""
    page = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            series, value = line.rsplit(" ", 1)
            name, _, labels = series.partition("{")
            page[name, frozenset(SERIES.findall(labels))] = float(value)
    return page


def differences(before, after):
    """{series: (before, after)} of what moved and does not move by itself."""
    return {series: (before.get(series), after.get(series))
            for series in before.keys() | after.keys()
            if before.get(series) != after.get(series) and not MOVES_BY_ITSELF.match(series[0])}


def shown(series):
    name, labels = series
    return name + "{" + ",".join(f'{key}="{value}"' for key, value in sorted(labels)) + "}"


class Watch:
    """The page of one exporter, read again and again."""

    def __init__(self, exporter, row):
        self.exporter = exporter
        self.row = row
        self.looks = set()
        self.read()

    def read(self):
        time.sleep(0.05)
        self.page = read_page(self.exporter.metrics())
        model = self.row.looked_at
        last = self.page.get(("together_probe_last_run_timestamp_seconds",
                              frozenset({("probe", self.row.probe), ("model", model)})))
        if last is not None:
            self.looks.add(last)
        return self.page

    def until_still(self):
        """Every probe of the row has looked, the row's series stand as they do before the break,
        and nothing has moved for a while."""
        begin = since = time.monotonic()
        before = self.page
        while time.monotonic() - since < STILL or not self.ready():
            if time.monotonic() - begin > PATIENCE:
                raise AssertionError(f"never stood still: {self.unready()}\n"
                                     f"{self.exporter.output()[-2000:]}")
            if differences(before, self.read()):
                before, since = self.page, time.monotonic()
        return before

    def unready(self):
        wanted = ([(change, change.before) for change in self.row.moves] +
                  [(stay, stay.value) for stay in self.row.stays])
        return [f"{series} is {self.page.get(series.series)}" for series, value in wanted
                if not same(self.page.get(series.series), value)]

    def ready(self):
        return not self.unready() and len(self.looks) > 2

    def until_looked(self):
        """A look has just ended, so that none is under way."""
        count = len(self.looks)
        end = time.monotonic() + PATIENCE
        while len(self.looks) == count and time.monotonic() < end:
            self.read()

    def looks_since(self, moment):
        """Rounds of looks that began after that. One that ended soon after it may have begun
        before; only on a busy machine is there one."""
        count = sum(look > moment + LOOK_TAKES for look in self.looks)
        return max(1, -(-count // self.row.parts))


def check_break(row):
    """None, or what went wrong; and the looks until each series of the row moved."""
    processes = []
    with tempfile.TemporaryDirectory() as folder:
        try:
            simulator = Simulator(folder, f"--scenario={row.path}")
            processes.append(simulator)
            exporter = Exporter(folder, row.config(simulator.base_url))
            processes.append(exporter)
            return run_break(row, simulator, exporter)
        except AssertionError as error:
            return str(error), {}
        finally:
            for process in processes:
                process.kill()


def run_break(row, simulator, exporter):
    watch = Watch(exporter, row)
    before = watch.until_still()
    watch.until_looked()
    assert post(simulator.admin + "/advance?by=1h")[0] == 200
    moment = time.time()

    looks = {}  # until each of the changes was seen
    moved = {}
    end = time.monotonic() + PATIENCE
    settled = None
    while settled is None or time.monotonic() < settled:
        page = watch.read()
        moved |= differences(before, page)
        for change in row.moves:
            if change not in looks and change.seen(before, page):
                looks[change] = watch.looks_since(moment)
        missing = [change for change in row.moves if change not in looks]
        if settled is None and not missing:
            settled = time.monotonic() + STILL
        if settled is None and time.monotonic() > end:
            return f"did not move: {', '.join(map(str, missing))}", looks
    return verdict(row, looks, moved, page), looks


def verdict(row, looks, moved, page):
    strays = {series: values for series, values in moved.items() if not row.expects(series)}
    if strays:
        return "moved too: " + "; ".join(
            f"{shown(series)} {old} -> {new}" for series, (old, new) in strays.items())
    for stay in row.stays:
        if not same(page.get(stay.series), stay.value):
            return f"{stay} does not stay: {page.get(stay.series)}"
    for change, most in zip(row.moves, row.looks):
        if looks[change] > most:
            return f"{change} took {looks[change]} looks, not {most}"
    return None


def cell(items):
    return "<br>".join(f"`{item}`" for item in items)


def alerts(row):
    if row.number == 2:
        return "none: CI fails"
    return "<br>".join(f"[{name.removeprefix('Together')}](../alerts/runbooks/{name}.md)"
                       for name, *_ in row.tells) or "none"


def table(rows):
    lines = ["| # | Break | Scenario | Probe | What moves | What stays | Looks | Alerts |",
             "|---|---|---|---|---|---|---|---|"]
    for row in rows:
        link = f"[{row.scenario}](../simulator/scenarios/breaks/{row.scenario}.yml)"
        lines.append(f"| {row.number} | {row.title} | {link} | `{row.probe}` | {cell(row.moves)} | "
                     f"{cell(row.stays)} | {'<br>'.join(map(str, row.looks))} | "
                     f"{alerts(row)} |")
    return "\n".join(lines)


class Breaks(unittest.TestCase):
    def check(self, rows):
        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            results = list(pool.map(check_break, rows))
        for row, (trouble, looks) in zip(rows, results):
            print(f"{row.number:>3} {row.scenario}: {trouble or 'seen'}, "
                  f"looks: {', '.join(map(str, looks.values()))}")
            with self.subTest(row.scenario):
                self.assertIsNone(trouble)

    def test_every_break_moves_its_series_and_no_other(self):
        self.check([row for row in BREAKS if row is not SCAN] + MISSED)

    def test_every_number_of_the_list_has_a_row(self):
        self.assertEqual(sorted({row.number for row in BREAKS}), list(range(1, 16)))

    def test_every_scenario_file_has_a_row(self):
        files = {path.stem for path in (SOURCE / "simulator/scenarios/breaks").glob("*.yml")}
        self.assertEqual(files, {row.scenario for row in BREAKS + MISSED})

    def test_scan_finds_what_the_break_left_dead(self):
        """Row 2: there is no page, but an exit code."""
        with tempfile.TemporaryDirectory() as folder:
            simulator = Simulator(folder, f"--scenario={SCAN.path}")
            self.addCleanup(simulator.kill)
            config = pathlib.Path(folder) / "config.yml"
            page = simulator.base_url.removesuffix("/v1") + "/docs/deprecations.md"
            config.write_text(f"""
upstream: {{base_url: "{simulator.base_url}"}}
retirements: {{sources: [{{name: together, kind: together_page, url: "{page}"}}]}}
state: {{path: ""}}
""")
            tree = pathlib.Path(folder) / "src"
            tree.mkdir()
            for name, text in GONE_TREE.items():
                (tree / name).write_text(text)

            def scan():
                done = subprocess.run(
                    [BIN / "together-exporter", "scan", f"--config.file={config}",
                     "--format=json", "src"], capture_output=True, text=True, timeout=60,
                    env={**os.environ, "TOGETHER_API_KEY": KEY}, cwd=folder, check=False)
                findings = json.loads(done.stdout)["findings"]
                return done.returncode, {(f["path"], f["line"], f["state"]) for f in findings}

            fine = {("src/app.py", 1, "available"), ("src/deploy.yml", 2, "available")}
            self.assertEqual(scan(), (0, fine))
            post(simulator.admin + "/advance?by=1h")
            gone = {("src/app.py", 1, "removed"), ("src/deploy.yml", 2, "available")}
            self.assertEqual(scan(), (1, gone))

    def test_the_document_holds_the_same_table(self):
        text = DOCUMENT.read_text()
        for name, rows in [("breaks", BREAKS), ("missed", MISSED)]:
            begin, end = f"<!-- {name} -->\n\n", f"\n\n<!-- end of {name} -->"
            before, rest = text.split(begin)
            held, after = rest.split(end)
            if os.environ.get("TE_UPDATE_GOLDEN"):
                text = before + begin + table(rows) + end + after
                DOCUMENT.write_text(text)
            else:
                self.assertEqual(held, table(rows), "TE_UPDATE_GOLDEN=1 renews docs/breaks.md")


if __name__ == "__main__":
    unittest.main()
