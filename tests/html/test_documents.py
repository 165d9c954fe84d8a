#!/usr/bin/python3
"""Pages around documents that no small check gives: long traces, a race pair, hostile names; pages
without a counterexample, and readers who run no scripts."""

import copy
import unittest

from selenium.webdriver.common.keys import Keys

from browser import BUGGY, HOLDS, PageTest, start_browser

COUNT_CHANGES = """
window.changes = 0;
new MutationObserver((records) => {
  for (const record of records) {
    window.changes += 1 + record.addedNodes.length + record.removedNodes.length;
    for (const node of record.addedNodes) {
      window.changes += node.querySelectorAll?.('*').length ?? 0;
    }
  }
}).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
"""


def repeat_story(result, times):
    """The counterexample's steps again and again, each further on in the log."""
    found = result["counterexamples"][0]
    steps, entries, sectors = [], [], 18
    for turn in range(times):
        for step in copy.deepcopy(found["steps"]):
            step["step"] = len(steps) + 1
            for io in step["ios"]:
                io["offset"] += sectors * 512 * turn if io["device"] == "log" else 0
            steps.append(step)
        for entry in copy.deepcopy(found["entries"]):
            entry["step"] += turn * len(found["steps"])
            entry["header_sector"] += sectors * turn
            entry["data_at"] += sectors * turn
            entries.append(entry)
    found.update(steps=steps, entries=entries)


class Documents(PageTest):
    def test_a_thousand_steps_change_little_with_each_key(self):
        self.open(self.changed_page(BUGGY, lambda result: repeat_story(result, 84)))
        self.assertEqual(self.text("#total"), "1008")
        self.script(COUNT_CHANGES)
        changes = []
        for _ in range(120):
            self.press(Keys.ARROW_RIGHT)
            changes.append(self.script("const c = window.changes; window.changes = 0; return c"))
        self.assertEqual(self.step(), 127)
        self.assertLess(sorted(changes)[len(changes) // 2], 100)
        self.assertLess(max(changes), 1000)  # where other steps come into view
        self.find("#slider").send_keys(Keys.END)
        self.assertEqual(self.step(), 1008)
        self.assertIn("acknowledged: ok", self.text("#step-1008"))
        self.assertLess(len(self.all("[role=option]")), 40)
        self.assertLess(len(self.all("#lanes svg *")), 1000)
        view = self.find("#lanes .scroller").rect
        self.eventually(lambda: view["x"] <= self.find("#lanes .cursor").rect["x"]
                        < view["x"] + view["width"])
        self.find("#slider").send_keys(Keys.PAGE_DOWN)
        self.assertLess(self.step(), 1008)

    def test_the_race_pair_is_linked(self):
        def change(result):
            result["counterexamples"][0]["race_pair"] = [10, 7]
        self.open(self.changed_page(BUGGY, change))
        self.assertIn("Race pair: step 7 and step 10", self.text("#race"))
        self.assertEqual(len(self.all("#lanes .pair path")), 2)
        self.click("#race button:nth-of-type(2)")
        self.assertEqual(self.step(), 10)
        self.assertIn("with step 7 in the other order", self.text("#step"))
        self.open_report(BUGGY)  # which names its own
        self.assertIn("Race pair: step ", self.text("#race"))

        def without(result):
            result["counterexamples"][0].pop("race_pair", None)
        self.open(self.changed_page(BUGGY, without))
        self.assertFalse(self.find("#race").is_displayed())

    def test_source_locations_are_shown_where_they_are_known(self):
        self.open_report(BUGGY)
        self.assertRegex(self.text("#step"), r"drivers/buggy\.cpp:[1-9]")

        def change(result):
            del result["counterexamples"][0]["steps"][6]["source"]
        self.open(self.changed_page(BUGGY, change))
        self.assertNotIn("drivers/buggy.cpp", self.text("#step"))

    def test_names_are_text_whatever_they_hold(self):
        hostile = "</script><img src=x onerror='window.hit=1'>\u202e\x1b[2J\u0000&lt;"

        def change(result):
            found = result["counterexamples"][0]
            found["workload"] = found["replay"] = hostile
            found["lanes"][0].update(name=hostile, title=hostile, waits_for=hostile)
            found["findings"][0].update(property=hostile, reason=hostile)
            found["final_state"][0]["object"] = hostile
            found["entries"][0].update(header_sector=2**63, data_sectors=2**62)
            for step in found["steps"]:
                step["notes"].append(hostile)
                for io in step["ios"]:
                    io["what"] = io["device"] = hostile
        self.open(self.changed_page(BUGGY, change))
        for _ in range(3):
            self.press(Keys.ARROW_RIGHT)
        self.assertEqual(self.step(), 10)
        self.assertIsNone(self.script("return window.hit"))
        self.assertEqual(self.all("img"), [])
        self.assertIn("<img src=x onerror='window.hit=1'>", self.text("#step"))
        self.assertEqual(self.browser.get_log("browser"), [])

    def test_fibers_without_a_log_or_disks(self):
        def change(result):
            found = result["counterexamples"][0]
            found.update(entries=[], final_state=[], findings=[])
            for step in found["steps"]:
                step.update(ios=[], changes=[], notes=[])
        self.open(self.changed_page(BUGGY, change))
        self.assertFalse(self.find("#log-card").is_displayed())
        self.assertFalse(self.find("#state-card").is_displayed())
        self.press(Keys.ARROW_RIGHT)
        self.assertIn("runs", self.text("#step"))

    def test_a_run_that_holds_shows_its_verdict_and_coverage(self):
        self.open_report(HOLDS)
        self.assertEqual(self.text("h1"), "holds (complete)")
        self.assertFalse(self.find("#counterexample").is_displayed())
        self.assertIn("324 executions (0 deadlocked)", self.text(".coverage"))
        self.assertIn("no-overlap holds", self.text(".promises"))
        self.click("#workloads-fold summary")
        self.eventually(lambda: len(self.shown("#workloads tr")) == 110)

    def test_without_scripts_the_text_report_is_there(self):
        browser = start_browser(**{"profile.managed_default_content_settings.javascript": 2})
        try:
            browser.get(self.page_of(BUGGY).as_uri())
            text = browser.find_element("css selector", "pre.plain").text
            self.assertIn("! breaks no-overlap", text)
            self.assertIn("simcheck --driver buggy", text)
        finally:
            browser.quit()


if __name__ == "__main__":
    unittest.main()
