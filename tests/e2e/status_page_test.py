"""The status page in a browser: no violation, no error, no overflow, usable by keyboard."""

import re
import unittest

from browser import Browser
from harness import SOURCE, EndToEnd, eventually, get

GONE = "google/gemma-3n-E4B-it"
STANDING_IN = "google/gemma-4-31B-it"
MOVED = "deepseek-ai/DeepSeek-V3.1"
BROKEN = "moonshotai/Kimi-K3"
DEARER = "meta-llama/Llama-3.3-70B-Instruct-Turbo"
LEAVING = "openai/gpt-oss-20b"
HOSTILE = "a<script>alert(1)</script>&\\\"'" + "x" * 200
RUNBOOK = re.compile(r'href="https://github\.com/together-exporter/together-exporter/blob/main/'
                     r'(alerts/[^"]+)"')

SCENARIO = f"""
events:
  - {{at: 0s, action: announce, model: {LEAVING}, in: 21d, replacement: openai/gpt-oss-120b}}
  - {{at: 0s, action: redirect, model: {MOVED}, to: deepseek-ai/DeepSeek-V4-Pro}}
  - {{at: 0s, action: break_stream, model: {BROKEN}, mode: no_done}}
  - {{at: 0s, action: remove, model: {GONE}}}
"""

CONFIG = """
upstream: {{base_url: "{base_url}"}}
models:
  - {{id: {gone}, fallbacks: [{standing_in}, no/such-model]}}
  - {{id: {leaving}, fallbacks: [{gone}]}}
  - id: {moved}
  - id: {broken}
  - id: {dearer}
  - id: black-forest-labs/FLUX.2-pro
  - id: openai/gpt-os-120b
  - id: "{hostile}"
retirements:
  sources:
    - {{name: together, kind: together_page, url: "{page}", interval: 1s}}
    - {{name: ours, kind: yaml, file: broken.yml}}
budget: {{usd_per_day: 5}}
probes:
  catalog: {{interval: 1s}}
  serving: {{interval: 1s, confirm_interval: 1s}}
  stream: {{interval: 2s}}
state: {{path: ""}}
"""


class StatusPage(EndToEnd):
    def setUp(self):
        super().setUp()
        self.browser = Browser(self.folder)
        self.addCleanup(self.browser.quit)

    def lively_page(self):
        """An exporter with something to tell in every part of the page, and its address."""
        for name, text in {"scenario.yml": SCENARIO, "broken.yml": "no list\n"}.items():
            with open(f"{self.folder}/{name}", "w") as file:
                file.write(text)
        simulator = self.simulator(f"--scenario={self.folder}/scenario.yml")
        exporter = self.exporter(CONFIG.format(
            base_url=simulator.base_url, gone=GONE, standing_in=STANDING_IN, leaving=LEAVING,
            moved=MOVED, broken=BROKEN, dearer=DEARER, hostile=HOSTILE,
            page=simulator.base_url.removesuffix("/v1") + "/docs/deprecations.md"))
        eventually("the first price is known", lambda: exporter.value(
            f'together_model_price_usd_per_token{{model="{DEARER}",direction="input"}}'))
        simulator.event(action="price", model=DEARER, input=2.0)
        url = exporter.url + "/"
        for what in [">removed</span>", ">redirected</span>", "<li>done_once_and_last</li>",
                     "input <b>rose</b> from $1.04 to $2.00", "0 of 1 answers",
                     "TogetherRetirementScheduled", "Did you mean openai/gpt-oss-120b",
                     "1 of 2 answer<", "TogetherRetirementSourceBroken", "; the newest not_found.",
                     " per image"]:
            eventually(f"the page says {what}", lambda what=what: what in get(url)[1])
        return simulator, exporter, url

    def judge(self, url, *, rows):
        """Everything that any state of the page has to pass, in both schemes and all widths."""
        for scheme in ["light", "dark"]:
            for width in [1440, 1201, 900, 360, 320]:
                with self.subTest(scheme=scheme, width=width):
                    self.browser.look_like(scheme, width)
                    self.browser.open(url)
                    self.assertEqual(self.browser.overflow(), 0)
                    self.assertEqual(self.browser.problems(), [])
                    # However it is laid out, it stays a table to a screen reader.
                    self.assertGreaterEqual(self.browser.roles().get("rowheader", 0), rows)
                    self.assertEqual(self.browser.violations(), [])

    def walk_by_keyboard(self, url):
        """Tab reaches every link, from top to bottom, and shows where it is."""
        self.browser.look_like("light", 1440)
        self.browser.open(url)
        first = self.browser.press_tab()
        self.assertEqual(first.text, "Skip to the models")
        box = first.rect
        self.assertGreater(box["height"], 20, "the skip link shows when it has the focus")
        links = self.browser.run("return document.links.length")
        tops = [box["y"]]
        for _ in range(links - 1):
            element = self.browser.press_tab()
            self.assertEqual(element.tag_name, "a")
            self.assertNotEqual(element.value_of_css_property("outline-style"), "none",
                                f"the focus shows on {element.text}")
            tops.append(element.rect["y"])
        # Rows side by side apart, the focus never goes up.
        self.assertEqual([(a, b) for a, b in zip(tops, tops[1:]) if b < a - 200], [])

        self.browser.open(url)
        self.browser.press_tab().send_keys("\n")
        self.assertEqual(self.browser.run("return document.activeElement.id"), "main")
        after = self.browser.press_tab()
        self.assertTrue(self.browser.driver.execute_script(
            "return document.getElementById('main').contains(arguments[0])", after))

    def read_without_script(self, url):
        self.browser.command("Emulation.setScriptExecutionDisabled", value=True)
        self.browser.look_like("light", 1440)
        self.browser.open(url)
        text = self.browser.driver.find_element("css selector", ".models-table").text
        for word in [GONE, "removed", "1 of 2 answer", "runbook"]:
            self.assertIn(word, text)
        self.assertEqual(self.browser.problems(), [])
        self.browser.command("Emulation.setScriptExecutionDisabled", value=False)

    def test_a_lively_page(self):
        simulator, exporter, url = self.lively_page()
        self.judge(url, rows=8)

        with self.subTest("the style sheet is let through"):
            self.browser.look_like("dark", 1440)
            self.browser.open(url)
            self.assertEqual(self.browser.run(
                "return getComputedStyle(document.body).backgroundColor"), "rgb(18, 22, 28)")
            self.assertNotEqual(self.browser.run(
                "return getComputedStyle(document.querySelector('.strip path')).fill"),
                "rgb(0, 0, 0)")

        with self.subTest("it prints dark on light, within A4"):
            self.browser.look_like("dark", 794, media="print")
            self.browser.open(url)
            self.assertEqual(self.browser.overflow(), 0)
            self.assertEqual(self.browser.run(
                "return getComputedStyle(document.body).backgroundColor"), "rgb(255, 255, 255)")

        with self.subTest("ids are text"):
            self.assertEqual(self.browser.run("return document.scripts.length"), 0)
            self.assertIn("a<script>alert(1)</script>&", self.browser.run(
                "return document.querySelector('.models-table').innerText"))

        with self.subTest("runbooks exist"):
            links = set(RUNBOOK.findall(get(url)[1]))
            self.assertIn("alerts/runbooks/TogetherModelRemoved.md", links)
            self.assertEqual([link for link in links if not (SOURCE / link).is_file()], [])

        with self.subTest("own links answer"):
            for path in sorted(set(re.findall(r'href="(/[^"]*)"', get(url)[1]))):
                self.assertEqual(get(exporter.url + path)[0], 200, path)

        with self.subTest("by keyboard"):
            self.walk_by_keyboard(url)
        with self.subTest("without a script"):
            self.read_without_script(url)

        simulator.event(action="reject_key")
        eventually("the gate shows", lambda: "Account gate active: key_rejected" in get(url)[1])
        self.judge(url, rows=8)

    def test_an_empty_page(self):
        exporter = self.exporter(
            'upstream: {base_url: "http://127.0.0.1:9/v1"}\nmodels: []\nstate: {path: ""}\n')
        self.judge(exporter.url + "/", rows=0)


class BadPage(EndToEnd):
    """The judges above find what they are there for."""

    def test_a_bad_page_is_found_out(self):
        browser = Browser(self.folder)
        self.addCleanup(browser.quit)
        browser.look_like("light", 360)
        page = f"{self.folder}/bad.html"
        with open(page, "w") as file:
            file.write("<!DOCTYPE html><meta http-equiv=Content-Security-Policy"
                       " content=\"default-src 'none'\">"
                       "<div style='width:500px'>wide</div><script>alert(1)</script>"
                       "<table><tr><th></th><td>a</td></tr></table><img src=missing.png>"
                       "<pre>" + "x" * 500 + "</pre>")
        browser.open(f"file://{page}")
        self.assertGreater(browser.overflow(), 0)
        problems = "\n".join(browser.problems())
        for blocked in ["inline style", "inline script", "missing.png"]:
            self.assertIn(blocked, problems)
        violations = "\n".join(browser.violations())
        for rule in ["document-title", "html-has-lang", "image-alt", "landmark-one-main"]:
            self.assertIn(rule, violations)


if __name__ == "__main__":
    unittest.main()
