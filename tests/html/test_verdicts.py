#!/usr/bin/python3
"""The page of `simcheck compare --html`: broken cells open their counterexamples, which can be
stepped through as on the page of a single check."""

import json
import pathlib
import unittest

from selenium.webdriver.common.keys import Keys

from browser import DATA, PageTest, run
from test_looks import CONTRASTS

COMPARE = ["compare", "--drivers", "buggy,mutex-v2,serialized", "--super-interval", "4096,1"]


class Verdicts(PageTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.path = pathlib.Path(cls.folder.name) / "verdicts.html"
        cls.printed = run(*COMPARE, "--html", str(cls.path))

    def tearDown(self):
        self.size(1400, 1000)
        self.scheme("light")

    def open_table(self, address=""):
        self.open(self.path, address)

    def link(self, driver, name):
        return self.find(f"#verdicts a[aria-label='broken: {name}, {driver}']")

    def test_the_table_says_what_the_text_says(self):
        self.assertEqual(self.printed.returncode, 0, self.printed.stderr)
        self.open_table()
        cells = self.script("""return [...document.querySelectorAll('#verdicts tbody tr')]
          .map((row) => [...row.children].map((cell) => cell.firstChild.textContent))""")
        text = self.printed.stdout.split("\nEach cell")[0]
        self.assertEqual([row[0] for row in cells],
                         [line.split()[0] for line in text.splitlines()[1:]
                          if not line.startswith(" ")])
        words = [word for row in cells for word in row[1:]]
        for shown, told in (("broken", "broken:"), ("holds", "holds"),
                            ("not exercised", "not exercised")):
            self.assertEqual(words.count(shown), text.count(told), shown)
        self.assertGreater(words.count("broken"), 15)

    def test_every_broken_cell_opens_its_counterexample(self):
        self.open_table()
        self.assertEqual(self.shown("#counterexample"), [])
        page = self.path.read_text()
        begin = page.index(DATA) + len(DATA)
        stories = json.loads(page[begin:page.index("</script>", begin)])["counterexamples"]
        links = self.all("#verdicts a")
        self.assertEqual(len(links), len(stories))
        for number, (link, story) in enumerate(zip(links, stories), 1):
            link.click()
            name = link.accessible_name
            found = story["findings"][0]["property"]
            self.assertEqual(name, f"broken: {found}, {story['driver']}")
            self.assertEqual(self.text("#replay"), story["replay"])
            self.assertIn(f"--property {found}", story["replay"])
            self.assertTrue(self.find("#subject").text.startswith(story["driver"]), name)
            self.assertEqual(self.text(".broken b"), found)
            self.assertEqual(self.all("#verdicts a[aria-current]"), [link])
            self.assertTrue(self.browser.current_url.endswith(f"#{number}.{self.step()}"), name)
        self.assertEqual(self.browser.get_log("browser"), [])

    def test_a_counterexample_can_be_stepped_through(self):
        self.open_table()
        self.link("buggy", "no-overlap").click()
        self.assertEqual(self.step(), 7)
        self.assertIn("breaks no-overlap", self.text("#step"))
        self.press(Keys.ARROW_LEFT)
        self.assertEqual(self.step(), 6)
        self.assertEqual(len(self.all("#log .claim")), 2)
        self.link("mutex-v2", "deadlock-free").click()
        self.assertIn("ending in a deadlock", self.text("#subject"))
        self.assertEqual(self.find("#choice").get_attribute("value"),
                         str(self.all("#verdicts a").index(self.link("mutex-v2",
                                                                     "deadlock-free"))))

    def test_the_keyboard_opens_one_and_gets_there(self):
        self.open_table()
        self.press(Keys.ARROW_RIGHT)  # nothing is shown yet
        self.link("buggy", "contiguous").send_keys(Keys.ENTER)
        self.assertEqual(self.browser.switch_to.active_element.get_attribute("id"),
                         "counterexample-title")
        top = self.script("return document.getElementById('counterexample')"
                          ".getBoundingClientRect().top")
        self.assertLess(abs(top), 60)
        self.assertEqual(self.browser.get_log("browser"), [])

    def test_a_link_from_outside_leads_to_a_step(self):
        self.open_table("#2.3")
        self.assertEqual(self.step(), 3)
        self.assertIn("--property contiguous", self.text("#replay"))

    def test_contrast_names_and_phones(self):
        for scheme in ("light", "dark"):
            self.scheme(scheme)
            self.open_table("#1")
            for text, contrast, size in self.script(CONTRASTS):
                self.assertGreaterEqual(contrast, 4.5, f"{scheme}: {text!r}")
                self.assertGreaterEqual(size, 11, f"{scheme}: {text!r}")
        names = [link.accessible_name for link in self.all("#verdicts a")]
        self.assertEqual(len(set(names)), len(names))
        for group in self.shown("[role=group]"):
            self.assertTrue(group.accessible_name)
        self.size(375, 800)
        self.open_table("#1")
        self.assertLessEqual(self.script("return document.documentElement.scrollWidth"), 375)

    def test_nothing_is_loaded_and_little_is_there_twice(self):
        self.open_table("#1")
        self.assertEqual(self.script("return performance.getEntriesByType('resource').length"), 0)
        page = self.path.read_text()
        self.assertEqual(page.count("function makePlayer("), 1)
        self.assertEqual(page.count("<style>"), 1)
        self.assertLess(len(page), 100_000 + 8_000 * len(self.all("#verdicts a")))


if __name__ == "__main__":
    unittest.main()
