"""The main job to its end: the simulator removes a model, and the page arrives, once."""

import time
import unittest

from harness import SOURCE, EndToEnd, Process, Receiver, eventually, free_port, get

MODEL = "meta-llama/Llama-3.3-70B-Instruct-Turbo"
FALLBACK = "openai/gpt-oss-120b"

CONFIG = """
upstream: {{base_url: "{base_url}"}}
models: [{{id: {model}, fallbacks: [{fallback}], labels: {{team: search}}}}]
probes:
  catalog: {{interval: 1s}}
  serving: {{interval: 2s, confirm_interval: 1s}}
  stream: {{enabled: false}}
state: {{path: ""}}
"""


class Page(EndToEnd):
    def alertmanager(self, receiver):
        """The example's routes and inhibitions, at a test's pace and to a test's receiver."""
        text = (SOURCE / "alerts" / "alertmanager.example.yml").read_text()
        for name in ["pager", "tickets"]:
            text = text.replace(f"https://{name}.example.com/hooks/together", receiver.url + name)
        text = text.replace("templates/together.tmpl",
                            str(SOURCE / "alerts" / "templates" / "together.tmpl"))
        self.assertIn("group_wait: 30s", text)
        text = text.replace("group_wait: 30s", "group_wait: 1s")
        path = f"{self.folder}/alertmanager.yml"
        with open(path, "w") as file:
            file.write(text)
        port = free_port()
        process = Process(
            ["prometheus-alertmanager", f"--config.file={path}",
             f"--web.listen-address=127.0.0.1:{port}", "--cluster.listen-address=",
             f"--storage.path={self.folder}/alertmanager-data"], self.folder, "alertmanager")
        self.addCleanup(process.kill)
        eventually("Alertmanager is ready", lambda: self.is_ready(port))
        return f"127.0.0.1:{port}"

    @staticmethod
    def is_ready(port):
        try:
            return get(f"http://127.0.0.1:{port}/-/ready")[0] == 200
        except OSError:
            return False

    def test_a_removed_model_pages_once_and_names_its_fallback(self):
        simulator = self.simulator()
        exporter = self.exporter(
            CONFIG.format(base_url=simulator.base_url, model=MODEL, fallback=FALLBACK))
        receiver = Receiver()
        self.addCleanup(receiver.stop)
        prometheus = self.prometheus(f"""
global: {{scrape_interval: 1s, evaluation_interval: 1s}}
rule_files: ["{self.fast_rules()}"]
alerting:
  alertmanagers: [{{static_configs: [{{targets: ["{self.alertmanager(receiver)}"]}}]}}]
scrape_configs:
  - job_name: together-exporter
    static_configs: [{{targets: ["{exporter.address}"]}}]
""")
        eventually("the model and its fallback are available", lambda: len(self.query(
            prometheus, 'together_model_state{state="available"} == 1')) == 2)
        # The fallback goes too: otherwise the removal is a ticket, not a page.
        simulator.event(action="remove", model=FALLBACK)
        eventually("the fallback is removed", lambda: exporter.state(FALLBACK) == "removed")
        simulator.event(action="remove", model=MODEL)

        def pages():
            return [alert for notification in receiver.notifications
                    for alert in notification["alerts"]
                    if alert["labels"].get("severity") == "critical"
                    and alert["labels"].get("model") == MODEL]

        eventually("the page", pages, patience=120)
        time.sleep(5)  # a second page would come within this
        self.assertEqual(len(pages()), 1, receiver.notifications)
        page = pages()[0]
        self.assertEqual(page["status"], "firing")
        self.assertEqual(page["labels"]["alertname"], "TogetherModelRemoved")
        self.assertEqual(page["labels"]["team"], "search")
        self.assertIn(MODEL, page["annotations"]["description"])
        self.assertIn(FALLBACK, page["annotations"]["description"])
        self.assertIn("removed", page["annotations"]["description"])
        self.assertTrue(page["annotations"]["runbook_url"].endswith("/TogetherModelRemoved.md"))
        print(page["annotations"]["summary"])
        print(page["annotations"]["description"])

    def fast_rules(self):
        """Our rules as they are, but for waiting a second where they wait a minute."""
        for path in (SOURCE / "alerts").glob("*.rules.yml"):
            with open(f"{self.folder}/{path.name}", "w") as file:
                file.write(path.read_text().replace("for: 1m\n", "for: 1s\n"))
        return f"{self.folder}/*.rules.yml"


if __name__ == "__main__":
    unittest.main()
