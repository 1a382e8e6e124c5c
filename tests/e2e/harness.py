"""Starts the built programs for a test and talks to them. Everything listens on 127.0.0.1:0."""

import http.server
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
import unittest
import urllib.error
import urllib.parse
import urllib.request

BIN = pathlib.Path(os.environ["TE_BIN_DIR"])
SOURCE = pathlib.Path(os.environ["TE_SOURCE_DIR"])
KEY = "test-key-that-must-not-leak"
PATIENCE = 60  # seconds until something that must happen counts as missing


def get(url, headers=None):
    """(status, body, headers) of a GET, whatever the status."""
    request = urllib.request.Request(url, headers=headers or {})
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.read().decode(), dict(answer.headers)
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), dict(error.headers)


def post(url, body=None):
    data = json.dumps(body).encode() if body is not None else b""
    request = urllib.request.Request(url, data=data, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def free_port():
    """For programs that cannot bind to port 0 and say which they got."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def eventually(what, question, patience=PATIENCE):
    """The first truthy answer to `question`."""
    end = time.monotonic() + patience
    while True:
        answer = question()
        if answer:
            return answer
        if time.monotonic() > end:
            raise AssertionError(f"did not happen within {patience} s: {what}")
        time.sleep(0.1)


class Process:
    """A program under test; its output goes to a file."""

    def __init__(self, args, folder, name, env=None):
        self.name = name
        self.log = pathlib.Path(folder) / f"{name}.log"
        with open(self.log, "ab") as log:
            self.popen = subprocess.Popen(args, stdout=log, stderr=log, env=env, cwd=folder)

    def output(self):
        return self.log.read_text(errors="replace")

    def wait_for_line(self, pattern):
        def look():
            found = re.search(pattern, self.output(), re.MULTILINE)
            if found is None and self.popen.poll() is not None:
                raise AssertionError(f"{self.name} ended:\n{self.output()}")
            return found

        return eventually(f"{self.name} says {pattern}", look)

    def stop(self, with_signal=signal.SIGTERM, within=5):
        if self.popen.poll() is None:
            self.popen.send_signal(with_signal)
        return self.popen.wait(timeout=within)

    def kill(self):
        if self.popen.poll() is None:
            self.popen.kill()
            self.popen.wait()


class Exporter(Process):
    def __init__(self, folder, config, *flags, name="exporter"):
        path = pathlib.Path(folder) / "config.yml"
        path.write_text(config)
        args = [BIN / "together-exporter", f"--config.file={path}",
                "--web.listen-address=127.0.0.1:0", *flags]
        environment = {**os.environ, "TOGETHER_API_KEY": KEY}
        before = len((pathlib.Path(folder) / f"{name}.log").read_text()) if (
            pathlib.Path(folder) / f"{name}.log").exists() else 0
        super().__init__(args, folder, name, environment)
        self.config_path = path

        def address():
            found = re.search(r"msg=listening address=(\S+)", self.output()[before:])
            if found is None and self.popen.poll() is not None:
                raise AssertionError(f"{name} ended:\n{self.output()}")
            return found

        self.address = eventually("the exporter listens", address).group(1)
        self.url = f"http://{self.address}"

    def metrics(self, openmetrics=False):
        accept = "application/openmetrics-text; version=1.0.0" if openmetrics else "text/plain"
        status, body, _ = get(self.url + "/metrics", {"Accept": accept})
        assert status == 200, body
        return body

    def value(self, series):
        """The value of a series as it stands on the page; None where there is none."""
        for line in self.metrics().splitlines():
            if line.startswith(series + " "):
                return float(line[len(series) + 1:])
        return None

    def state(self, model):
        for line in self.metrics().splitlines():
            found = re.fullmatch(
                r'together_model_state\{model="(.*)",state="(.*)"\} 1', line)
            if found and found.group(1) == model:
                return found.group(2)
        return None

    def models(self):
        _, body, _ = get(self.url + "/api/v1/models")
        return {model["id"]: model for model in json.loads(body)["data"]}


class Simulator(Process):
    def __init__(self, folder, *flags):
        super().__init__([BIN / "together-simulator", "--listen=127.0.0.1:0", *flags], folder,
                         "simulator")
        self.base_url = self.wait_for_line(r"listening on (\S+)$").group(1)
        self.admin = self.base_url.removesuffix("/v1") + "/admin"

    def event(self, **event):
        status, body = post(self.admin + "/event", event)
        assert status == 200, body


class Receiver:
    """A webhook that keeps what Alertmanager sends, and to which receiver (`to`)."""

    def __init__(self):
        self.notifications = []
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                length = int(self.headers["Content-Length"])
                notification = json.loads(self.rfile.read(length))
                receiver.notifications.append({**notification, "to": self.path.strip("/")})
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


class EndToEnd(unittest.TestCase):
    """A folder and processes that go when the test does."""

    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def simulator(self, *flags):
        simulator = Simulator(self.folder, *flags)
        self.addCleanup(simulator.kill)
        return simulator

    def exporter(self, config, *flags):
        exporter = Exporter(self.folder, config, *flags)
        self.addCleanup(exporter.kill)
        return exporter

    def prometheus(self, config):
        path = pathlib.Path(self.folder) / "prometheus.yml"
        path.write_text(config)
        port = free_port()
        prometheus = Process(
            ["prometheus", f"--config.file={path}", f"--web.listen-address=127.0.0.1:{port}",
             f"--storage.tsdb.path={self.folder}/prometheus-data"], self.folder, "prometheus")
        self.addCleanup(prometheus.kill)
        prometheus.wait_for_line("Server is ready to receive web requests")
        prometheus.url = f"http://127.0.0.1:{port}"
        return prometheus

    def start_alertmanager(self, config_path):
        """Its address. Alertmanager cannot bind to port 0 and say which it got."""
        port = free_port()
        process = Process(
            ["prometheus-alertmanager", f"--config.file={config_path}",
             f"--web.listen-address=127.0.0.1:{port}", "--cluster.listen-address=",
             f"--storage.path={self.folder}/alertmanager-data"], self.folder, "alertmanager")
        self.addCleanup(process.kill)

        def is_ready():
            try:
                return get(f"http://127.0.0.1:{port}/-/ready")[0] == 200
            except OSError:
                return False

        eventually("Alertmanager is ready", is_ready)
        return f"127.0.0.1:{port}"

    def query(self, prometheus, expression):
        url = prometheus.url + "/api/v1/query?" + urllib.parse.urlencode({"query": expression})
        status, body, _ = get(url)
        self.assertEqual(status, 200, body)
        return json.loads(body)["data"]["result"]
