#!/usr/bin/env python3
"""Writes the dashboards from source/. With --check: says which differ, and writes nothing."""

import importlib
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
NAMES = ["overview", "deprecations", "model", "cost", "contract", "exporter"]


def main():
    sys.dont_write_bytecode = True
    sys.path.insert(0, str(HERE / "source"))
    stale = []
    for name in NAMES:
        text = json.dumps(importlib.import_module(name).DASHBOARD, indent=1) + "\n"
        path = HERE / f"{name}.json"
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(path.name)
        if "--check" not in sys.argv[1:]:
            path.write_text(text, encoding="utf-8")
            print(f"wrote dashboards/{path.name}")
    if "--check" in sys.argv[1:] and stale:
        sys.exit(f"stale: {', '.join(stale)}; run dashboards/generate.py")


if __name__ == "__main__":
    main()
