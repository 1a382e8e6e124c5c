"""A workload reads its tokens from a real Prometheus, which scrapes a gateway's counters."""

import http.server
import threading
import unittest

from harness import EndToEnd, eventually

MODEL = "openai/gpt-oss-20b"

CONFIG = """
upstream: {{base_url: "{base_url}"}}
models: [{{id: {model}}}]
prometheus_url: {prometheus}
workloads:
  - name: bot
    model: {model}
    query:
      input: sum(litellm_input_tokens_metric_total{{model=~".*{model}"}})
      output: {output}
probes: {{catalog: {{interval: 1s}}, workload: {{interval: 1s}}}}
state: {{path: ""}}
"""

PAGE = "".join(
    f"# TYPE litellm_{direction}_tokens_metric_total counter\n"
    f'litellm_{direction}_tokens_metric_total{{model="together_ai/{MODEL}",team="{team}"}} {tokens}\n'
    for direction, team, tokens in [("input", "a", 2e6), ("output", "b", 1e6)])


def gateway():
    """What LiteLLM shows of its usage."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/plain; version=0.0.4")
            self.end_headers()
            self.wfile.write(PAGE.encode())

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


class Workload(EndToEnd):
    def test_follows_prometheus(self):
        target = gateway()
        self.addCleanup(target.server_close)
        self.addCleanup(target.shutdown)
        prometheus = self.prometheus(f"""
global: {{scrape_interval: 1s}}
scrape_configs:
  - {{job_name: litellm, static_configs: [{{targets: ["127.0.0.1:{target.server_port}"]}}]}}
""")
        simulator = self.simulator()
        config = dict(base_url=simulator.base_url, model=MODEL, prometheus=prometheus.url)
        exporter = self.exporter(CONFIG.format(
            output=f'sum(litellm_output_tokens_metric_total{{model=~".*{MODEL}"}})', **config))
        tokens = 'together_workload_tokens_per_day{workload="bot",direction="%s"}'
        cost = f'together_workload_cost_usd_per_day{{workload="bot",model="{MODEL}",pricing="current"}}'
        price = f'together_model_price_usd_per_token{{model="{MODEL}",direction="%s"}}'
        eventually("the input is known", lambda: exporter.value(tokens % "input") == 2e6)
        eventually("the output is known", lambda: exporter.value(tokens % "output") == 1e6)
        expected = 2e6 * exporter.value(price % "input") + 1e6 * exporter.value(price % "output")
        self.assertAlmostEqual(exporter.value(cost), expected)

        # A query that Prometheus refuses says nothing, and a cost that hangs on it neither.
        exporter.config_path.write_text(CONFIG.format(output="sum(", **config))
        exporter.popen.send_signal(1)
        eventually("the cost is unknown", lambda: exporter.value(cost) is None)
        self.assertEqual(exporter.value(tokens % "input"), 2e6)
        eventually("the log says why", lambda: "parse error" in exporter.output())


if __name__ == "__main__":
    unittest.main()
