#!/usr/bin/env python3
"""Our alert rules and Alertmanager example, made to wait less and to tell a receiver here.

Nothing else is changed: what fires, and whom it reaches, is what users get. The demo and the
end-to-end tests run on these copies.

  pace.py FOLDER --faster=12 --receiver=http://127.0.0.1:9095
"""

import argparse
import pathlib
import re

ALERTS = pathlib.Path(__file__).resolve().parents[2] / "alerts"
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
RULE_WAITS = ("for", "keep_firing_for")
ROUTE_WAITS = ("group_wait", "group_interval")


def seconds(duration):
    return sum(int(n) * UNITS[unit] for n, unit in re.findall(r"(\d+)([smhdw])", duration))


def faster(text, keys, factor, most=None):
    """Every `key: duration` of these keys, `factor` times shorter, in whole seconds from 1 to `most`."""

    def shorter(found):
        wait = max(1, round(seconds(found[2]) / factor))
        return f"{found[1]}{min(wait, most or wait)}s"

    return re.sub(rf"(?m)^(\s+(?:- )?(?:{'|'.join(keys)}): )((?:\d+[smhdw])+)$", shorter, text)


def write_rules(folder, factor, most=None):
    """Writes all rules; returns the pattern that names them."""
    for path in ALERTS.glob("*.rules.yml"):
        text = faster(path.read_text(encoding="utf-8"), RULE_WAITS, factor, most)
        (pathlib.Path(folder) / path.name).write_text(text, encoding="utf-8")
    return f"{folder}/*.rules.yml"


def write_alertmanager(folder, factor, receiver, most=None):
    """Writes the example; each of its receivers becomes a webhook `receiver`/NAME."""
    text = (ALERTS / "alertmanager.example.yml").read_text(encoding="utf-8")
    text = faster(text, ROUTE_WAITS, factor, most).replace("templates/", f"{ALERTS}/templates/")
    routes, _, receivers = text.partition("\nreceivers:\n")
    names = re.findall(r"(?m)^  - name: (\S+)$", receivers)
    hooks = "".join(f"  - name: {name}\n    webhook_configs:\n"
                    f"      - {{url: {receiver}/{name}, send_resolved: true}}\n" for name in names)
    path = pathlib.Path(folder) / "alertmanager.yml"
    path.write_text(f"{routes}\nreceivers:\n{hooks}", encoding="utf-8")
    return path


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder")
    parser.add_argument("--faster", type=int, required=True, metavar="TIMES")
    parser.add_argument("--receiver", required=True, metavar="URL")
    options = parser.parse_args()
    write_rules(options.folder, options.faster)
    write_alertmanager(options.folder, options.faster, options.receiver)


if __name__ == "__main__":
    main()
