"""A real Prometheus scrapes the exporter in both formats."""

import http.server
import threading
import unittest
import urllib.request

from harness import EndToEnd, eventually

CONFIG = """
upstream: {{base_url: "{base_url}"}}
models: [{{id: openai/gpt-oss-20b, labels: {{team: search}}}}]
catalog: {{export: all}}
probes: {{catalog: {{interval: 1s}}, serving: {{interval: 2s}}, stream: {{interval: 2s}}}}
state: {{path: ""}}
"""


def plain_text_proxy(address):
    """Prometheus 2.42 always prefers OpenMetrics; this asks in its name for text 0.0.4."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            request = urllib.request.Request(f"http://{address}{self.path}",
                                             headers={"Accept": "text/plain;version=0.0.4"})
            with urllib.request.urlopen(request, timeout=20) as answer:
                self.send_response(answer.status)
                self.send_header("Content-Type", answer.headers["Content-Type"])
                self.end_headers()
                self.wfile.write(answer.read())

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


class RealPrometheus(EndToEnd):
    def test_scrapes_both_formats(self):
        exporter = self.exporter(CONFIG.format(base_url=self.simulator().base_url))
        eventually("a stream was seen", lambda: exporter.value(
            'together_stream_rule_ok{model="openai/gpt-oss-20b",rule="status"}'))
        proxy = plain_text_proxy(exporter.address)
        self.addCleanup(proxy.server_close)
        self.addCleanup(proxy.shutdown)
        prometheus = self.prometheus(f"""
global: {{scrape_interval: 1s}}
scrape_configs:
  - job_name: openmetrics
    static_configs: [{{targets: ["{exporter.address}"]}}]
  - job_name: text
    static_configs: [{{targets: ["127.0.0.1:{proxy.server_port}"]}}]
""")
        for job in ["openmetrics", "text"]:
            eventually(f"{job} is up", lambda: any(
                sample["value"][1] == "1" for sample in self.query(prometheus, f'up{{job="{job}"}}')))
        for expression, expected in [
            ("count(together_model_info) by (job)", "281"),
            ('together_model_state{model="openai/gpt-oss-20b",state="available"}', "1"),
            ('count(together_model_info{model="openai/gpt-oss-20b",team="search"}) by (job)', "1"),
        ]:
            eventually(f"{expression} is {expected} in both formats", lambda: [
                sample["value"][1] for sample in self.query(prometheus, expression)
            ] == [expected] * 2)

        def same_count():
            counts = [int(sample["value"][1]) for sample in self.query(
                prometheus, 'count by (job) ({__name__=~"together_.+"})')]
            return counts[0] if len(counts) == 2 and counts[0] == counts[1] else None

        print("series", eventually("both formats carry as many series", same_count))


if __name__ == "__main__":
    unittest.main()
