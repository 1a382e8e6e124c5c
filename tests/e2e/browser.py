"""Debian's Chromium for the tests of a page: headless, with axe-core and the browser's own log."""

import json
import os
import pathlib

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.keys import Keys

AXE = (pathlib.Path(os.environ["TE_SOURCE_DIR"]) / "build" / "tools" / "node_modules" / "axe-core" /
       "axe.min.js")
FLAGS = [
    "--headless=new",
    "--no-sandbox",  # root has none; every page comes from this test
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
# What axe leaves out by default: rules that are new, and the size of targets.
MORE_RULES = ["target-size", "css-orientation-lock", "focus-order-semantics",
              "hidden-content", "label-content-name-mismatch", "p-as-heading",
              "table-fake-caption", "td-has-header"]


class Browser:
    def __init__(self, folder):
        options = webdriver.ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        for flag in [*FLAGS, f"--user-data-dir={folder}/chromium"]:
            options.add_argument(flag)
        self.driver = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)

    def quit(self):
        self.driver.quit()

    def command(self, name, **arguments):
        return self.driver.execute_cdp_cmd(name, arguments)

    def look_like(self, scheme, width, media="screen"):
        """A window of that width, of somebody who prefers that colour scheme."""
        self.command("Emulation.setEmulatedMedia", media=media,
                     features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.command("Emulation.setDeviceMetricsOverride", width=width, height=800,
                     deviceScaleFactor=1, mobile=False)

    def open(self, url):
        self.driver.get(url)

    def run(self, script):
        return self.driver.execute_script(script)

    def problems(self):
        """What the console said since the last call: errors, and whatever the policy blocked."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def violations(self):
        """What axe-core finds, one line each."""
        self.run(AXE.read_text())
        rules = {rule: {"enabled": True} for rule in MORE_RULES}
        result = self.driver.execute_async_script(
            "const [options, done] = arguments;"
            "axe.run(document, options).then(done, error => done({error: String(error)}))",
            {"rules": rules, "resultTypes": ["violations", "incomplete"]})
        assert "violations" in result, result
        assert result["passes"], "axe judged nothing"
        return [f"{one['id']} ({one['help']}): {json.dumps(node['target'])}"
                for one in result["violations"] + result["incomplete"]
                for node in one["nodes"]]

    def overflow(self):
        """By how many pixels the page is wider than the window."""
        return self.run("const page = document.documentElement;"
                        "return page.scrollWidth - page.clientWidth")

    def press_tab(self):
        """The element that has the focus after Tab."""
        self.driver.switch_to.active_element.send_keys(Keys.TAB)
        return self.driver.switch_to.active_element

    def roles(self):
        """How often each role occurs in what a screen reader is told."""
        counts = {}
        for node in self.command("Accessibility.getFullAXTree")["nodes"]:
            role = node.get("role", {}).get("value")
            if not node.get("ignored"):
                counts[role] = counts.get(role, 0) + 1
        return counts
