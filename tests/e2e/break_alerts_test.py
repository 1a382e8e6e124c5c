"""Every break that a migration meets, and exactly whom it tells: the column Alerts of docs/breaks.md.

The rows are those of breaks_test.py. Each is lived through at the pace that the defaults give, with
the rules as they are; nothing fires before the break.
"""

import concurrent.futures
import os
import unittest

from breaks_table import BREAKS, MISSED, SCAN
from lived import lived, why_not_told

ROWS = [row for row in BREAKS + MISSED if row is not SCAN]


def check(row):
    config = row.config("https://api.example.com/v1", leisurely=True)
    scenario = row.path.read_text()
    assert "at: 1h" in scenario
    hours = row.breaks_after + row.lives_on
    series = lived(config, scenario.replace("at: 1h", f"at: {row.breaks_after}h"), hours)
    return why_not_told(series, hours, row.tells, "critical|warning|info", row.breaks_after)


class BreakAlerts(unittest.TestCase):
    def test_every_break_tells_what_the_table_says_and_nothing_else(self):
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for row, trouble in zip(ROWS, pool.map(check, ROWS)):
                print(f"{row.number:>3} {row.scenario}: {trouble or 'told'}")
                with self.subTest(row.scenario):
                    self.assertEqual(trouble, "")

    def test_only_a_slow_token_tells_nobody(self):
        self.assertEqual([row.scenario for row in ROWS if not row.tells], ["missed_late_token"])


if __name__ == "__main__":
    unittest.main()
