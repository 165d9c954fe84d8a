#!/usr/bin/python3
"""Readable for everyone: contrast in both schemes, phones, names and roles, no network."""

import unittest

from selenium.webdriver.common.keys import Keys

from browser import (BUGGY, DEADLOCK, FAULTY, HOLDS, POWER_CUT, SEVERAL, THREADS, PageTest)

ALL = {"buggy": BUGGY, "several": SEVERAL, "deadlock": DEADLOCK, "faulty": FAULTY,
       "power cut": POWER_CUT, "threads": THREADS, "holds": HOLDS}

# For every shown text: its ink against what it stands on. Texts in pictures stand on the shape in
# front of them in their group, or on their own halo; else on the card.
CONTRASTS = """
const parse = (text) => (text.match(/[\\d.]+/g) ?? []).map(Number);
const over = (top, below) => {
  const [r, g, b, a = 1] = top;
  return [r, g, b].map((v, i) => v * a + below[i] * (1 - a));
};
const light = (colour) => {
  const [r, g, b] = colour.map((v) => v / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a, b) => {
  const [high, low] = [light(a), light(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
};
const ground = (element) => {
  const colour = parse(getComputedStyle(element).backgroundColor);
  if (colour.length === 3) return colour;
  const below = element.parentElement ? ground(element.parentElement) : [255, 255, 255];
  return colour[3] > 0 ? over(colour, below) : below;
};
const below = (text) => {
  const style = getComputedStyle(text);
  if (style.paintOrder.startsWith('stroke') && style.stroke !== 'none') return parse(style.stroke);
  const shape = text.previousElementSibling;
  const fill = shape?.matches('rect') ? getComputedStyle(shape).fill : 'none';
  return fill === 'none' ? ground(text.ownerSVGElement.parentElement) : parse(fill);
};
const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const element = walker.currentNode.parentElement, style = getComputedStyle(element);
  if (!walker.currentNode.textContent.trim() || !element.checkVisibility?.()) continue;
  if (element.matches('script, style, option') || element.closest('.unseen')) continue;
  const inPicture = element instanceof SVGElement;
  if (style.visibility === 'hidden') continue;
  const ink = parse(inPicture ? style.fill : style.color);
  const on = inPicture ? below(element) : ground(element);
  found.push([walker.currentNode.textContent.slice(0, 30), contrast(ink.slice(0, 3), on),
              parseFloat(style.fontSize)]);
}
return found;
"""


class Looks(PageTest):
    def tearDown(self):
        self.size(1400, 1000)
        self.scheme("light")

    def check_contrast(self, where):
        found = self.script(CONTRASTS)
        self.assertGreater(len(found), 30, where)
        for text, contrast, size in found:
            self.assertGreaterEqual(contrast, 4.5, f"{where}: {text!r}")
            self.assertGreaterEqual(size, 11, f"{where}: {text!r}")

    def test_contrast_is_enough_in_both_schemes(self):
        grounds = []
        for scheme in ("light", "dark"):
            self.scheme(scheme)
            for name, options in ALL.items():
                self.open_report(options)
                for fold in self.shown("summary"):
                    fold.click()
                self.check_contrast(f"{name}, {scheme}")
                if name == "buggy":
                    for key in (Keys.HOME, Keys.END):
                        self.find("#slider").send_keys(key)
                        self.check_contrast(f"{name}, {scheme}, {key!r}")
            grounds.append(self.script("return getComputedStyle(document.body.parentElement)"
                                       ".backgroundColor"))
        self.assertNotEqual(*grounds)

    def test_a_phone_scrolls_in_one_direction(self):
        self.size(375, 800)
        for name, options in ALL.items():
            self.open_report(options)
            width = self.script("return document.documentElement.scrollWidth")
            self.assertLessEqual(width, 375, name)
        self.open_report(BUGGY)
        before = self.step()
        self.click("#forward")  # the controls are at hand without scrolling
        self.assertEqual(self.step(), before + 1)
        box = self.find("#forward").rect
        self.assertGreaterEqual(min(box["width"], box["height"]), 40)
        self.assertIn("header+data takes effect", self.text("#step"))

        def in_view():
            cursor = self.find("#lanes .cursor").rect  # it may still be gliding there
            return 0 <= cursor["x"] and cursor["x"] + cursor["width"] <= 375
        self.eventually(in_view)

    def test_a_window_that_is_turned_is_laid_out_anew(self):
        self.open_report(BUGGY)
        wide = self.find("#log .picture").rect["width"]
        self.size(375, 800)
        self.eventually(lambda: self.find("#log .picture").rect["width"] < wide)
        self.assertLessEqual(self.script("return document.documentElement.scrollWidth"), 375)
        self.assertEqual(self.step(), 7)
        self.assertEqual(len([each for each in self.all("#log .claim")
                              if each.value_of_css_property("visibility") == "visible"]), 2)

    def accessible(self):
        self.browser.execute_cdp_cmd("Accessibility.enable", {})
        nodes = self.browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
        value = lambda node, field: node.get(field, {}).get("value", "")
        return [(value(node, "role"), value(node, "name"), value(node, "value"))
                for node in nodes if not node.get("ignored")]

    def test_everything_that_can_be_used_has_a_name(self):
        for name, options in ALL.items():
            self.open_report(options)
            usable = [node for node in self.accessible() if node[0] in
                      ("button", "slider", "combobox", "listbox", "option", "table", "region",
                       "link")]
            for role, label, _ in usable:
                self.assertTrue(label.strip(), f"{name}: a {role} without a name")
            for fold in self.shown("summary"):
                fold.click()
            for group in self.shown("[role=group]"):
                self.assertTrue(group.accessible_name, f"{name}: a group without a name")

    def test_a_screen_reader_gets_the_whole_story(self):
        self.open_report(BUGGY)
        nodes = self.accessible()
        self.assertIn("step 7 of 12, A: data write done; places its entry at log sector 2",
                      self.find("#slider").get_attribute("aria-valuetext"))
        options = [name for role, name, _ in nodes if role == "option" and "breaks" in name]
        self.assertIn("! breaks no-overlap", options[0])
        self.press(Keys.ARROW_RIGHT)
        self.assertIn("step 8 of 12, A: header+data takes effect",
                      self.find("#said").get_attribute("textContent"))
        headings = {name for role, name, _ in nodes if role == "heading"}
        self.assertLessEqual({"Counterexample", "Requests and disks", "The log after step 7",
                              "Every step", "Step 7", "Driver state", "Requests", "See it again",
                              "Promises", "What was explored"}, headings)

    def test_every_control_is_reached_by_tab(self):
        self.open_report(SEVERAL)
        reached = set()
        for _ in range(40):
            self.press(Keys.TAB)
            active = self.browser.switch_to.active_element
            reached.add(active.get_attribute("id") or active.get_attribute("class"))
        for control in ("choice", "slider", "forward", "breaks", "box", "copy", "jump"):
            self.assertIn(control, reached)

    def test_nothing_is_loaded_and_nothing_complains(self):
        for name, options in ALL.items():
            self.open_report(options)
            self.press(Keys.ARROW_RIGHT)
            loaded = self.script("return performance.getEntriesByType('resource')"
                                 ".map((entry) => entry.name)")
            self.assertEqual(loaded, [], name)
            self.assertEqual(self.browser.get_log("browser"), [], name)


if __name__ == "__main__":
    unittest.main()
