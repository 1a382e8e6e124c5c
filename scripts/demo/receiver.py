#!/usr/bin/env python3
"""Prints what Alertmanager sends to http://127.0.0.1:PORT/NAME, as a person would get it.

  receiver.py PORT
"""

import http.server
import json
import sys
import textwrap
import time

WIDTH = 100
COLORS = {"page": "\033[1;31m", "ticket": "\033[33m", "digest": "\033[36m"}
GREEN, PLAIN = "\033[32m", "\033[0m"
SILENT = {"dead-mans-switch"}  # it says every few minutes that nothing is wrong with the way here


def paint(text, color):
    return f"{color}{text}{PLAIN}" if color and sys.stdout.isatty() else text


def show(receiver, alert):
    labels, notes = alert["labels"], alert["annotations"]
    resolved = alert["status"] == "resolved"
    about = ", ".join(labels[name] for name in ("model", "direction", "workload", "team")
                      if name in labels)
    head = f"{'resolved' if resolved else receiver.upper()} {labels['alertname']}"
    print(f"\n{time.strftime('%H:%M:%S')} "
          + paint(head, GREEN if resolved else COLORS.get(receiver)) + (f": {about}" if about else ""))
    if not resolved:
        for text in (notes.get("summary", ""), notes.get("description", "")):
            print(textwrap.fill(text, WIDTH, initial_indent="  ", subsequent_indent="  "))
        print(f"  {notes.get('runbook_url', '')}")
    sys.stdout.flush()


class Handler(http.server.BaseHTTPRequestHandler):
    told = set()

    def do_POST(self):
        notification = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.end_headers()
        receiver = self.path.strip("/")
        for alert in notification["alerts"]:
            # A group is sent whole whenever one of its alerts changes.
            news = (receiver, alert["fingerprint"], alert["startsAt"], alert["status"])
            if receiver not in SILENT and news not in self.told:
                self.told.add(news)
                show(receiver, alert)

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
