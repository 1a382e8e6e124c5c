"""A week of normal life, with flaps, faults and restarts, pages nobody and opens no ticket."""

import unittest

from harness import SOURCE
from lived import lived, why_not_told

LIFE = SOURCE / "tests" / "e2e" / "life"
CONFIG = (LIFE / "week.exporter.yml").read_text()
SCENARIO = (LIFE / "week.scenario.yml").read_text()
WEEK = 7 * 24


class Life(unittest.TestCase):
    def test_a_week_of_normal_life_tells_nobody(self):
        series = lived(CONFIG, SCENARIO, WEEK)
        self.assertEqual(why_not_told(series, WEEK, []), "")
        print(f"{series.count('series:')} series of a week: nobody was told of anything")

    def test_a_removal_on_such_a_day_is_told(self):
        series = lived(CONFIG, SCENARIO + "  - {at: 3h, action: remove, model: example/slow}\n", 24)
        told = [("TogetherModelRemoved", "critical", "example/slow")]
        self.assertEqual(why_not_told(series, 24, told), "")
        self.assertNotEqual(why_not_told(series, 24, []), "")


if __name__ == "__main__":
    unittest.main()
