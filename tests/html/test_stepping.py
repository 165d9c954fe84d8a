#!/usr/bin/python3
"""Moving through the steps, with real clicks and keys, and what the page then says."""

import json
import unittest

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select

from browser import BUGGY, DEADLOCK, SEVERAL, PageTest, run


class Stepping(PageTest):
    def setUp(self):
        self.open_report(BUGGY)

    def state(self):
        return {row.find_element("tag name", "th").text: row.find_element("tag name", "td").text
                for row in self.all("#state tr")}

    def test_opens_at_the_step_that_breaks_something_first(self):
        self.assertEqual(self.step(), 7)
        self.assertIn("breaks no-overlap", self.text("#step"))
        self.assertIn("violated: no-overlap", self.text("h1"))

    def test_the_cursor_stands_at_its_step_as_soon_as_the_page_is_open(self):
        glides = "return document.querySelector('.cursor').classList.contains('glides')"
        self.assertFalse(self.browser.execute_script(glides))
        self.press(Keys.ARROW_RIGHT)
        self.assertTrue(self.browser.execute_script(glides))

    def test_arrow_keys_move_and_stop_at_the_ends(self):
        self.press(Keys.ARROW_RIGHT)
        self.assertEqual(self.step(), 8)
        self.press(Keys.ARROW_LEFT, Keys.ARROW_LEFT)
        self.assertEqual(self.step(), 6)
        self.press(*[Keys.ARROW_LEFT] * 9)
        self.assertEqual(self.step(), 1)
        self.press(*[Keys.ARROW_RIGHT] * 20)
        self.assertEqual(self.step(), 12)

    def test_the_slider_moves_by_keys_and_by_dragging(self):
        slider = self.find("#slider")
        slider.send_keys(Keys.HOME)
        self.assertEqual(self.step(), 1)
        slider.send_keys(Keys.ARROW_RIGHT)
        self.assertEqual(self.step(), 2)
        self.assertIn("step 2 of 12, A: data write takes effect",
                      slider.get_attribute("aria-valuetext"))
        slider.send_keys(Keys.END)
        self.assertEqual(self.step(), 12)
        half = slider.size["width"] // 2
        ActionChains(self.browser).move_to_element_with_offset(slider, half - 9, 0) \
            .click_and_hold().move_by_offset(-half, 0).release().perform()
        self.assertIn(self.step(), (6, 7))

    def test_buttons(self):
        self.click("#first")
        self.assertEqual(self.step(), 1)
        self.click("#back")
        self.assertEqual(self.step(), 1)
        self.click("#forward")
        self.assertEqual(self.step(), 2)
        self.click("#last")
        self.assertEqual(self.step(), 12)
        broken = []
        for _ in range(3):
            self.click("#breaks")
            broken.append(self.step())
        self.assertEqual(broken, [7, 10, 12])

    def test_findings_lead_to_their_steps(self):
        self.click("#findings li:nth-child(2) button")
        self.assertEqual(self.step(), 10)
        self.assertIn("breaks contiguous", self.text("#step"))
        self.assertIn("its header promises log 2..9", self.text("#step"))

    def test_the_list_moves_by_clicks_and_keys(self):
        self.click("#step-3")
        self.assertEqual(self.step(), 3)
        self.press(Keys.ARROW_DOWN)
        self.assertEqual(self.step(), 4)
        self.press(Keys.END, Keys.ARROW_UP)
        self.assertEqual(self.step(), 11)
        box = self.find("[role=listbox]")
        self.assertEqual(box.get_attribute("aria-activedescendant"), "step-11")
        self.assertEqual(len(self.all("[role=option][aria-selected=true]")), 1)

    def test_clicks_in_the_picture_lead_to_steps_and_hovering_tells(self):
        bar = self.find("#lanes [data-span='3'].pending")  # A's entry: header and data
        ActionChains(self.browser).move_to_element(bar).perform()
        told = self.text("#tip")
        self.assertIn("header+data @ log 2..10 of A\nsubmitted in step 7", told)
        self.assertIn("completes in step 9", told)
        self.find("#lanes circle[data-step='5']").click()
        self.assertEqual(self.step(), 5)
        self.press(Keys.ESCAPE)
        self.assertFalse(self.find("#tip").is_displayed())

    def test_the_drivers_state_follows(self):
        values = []
        for step in (4, 5, 6, 7, 10, 11):
            self.go_to(step)
            values.append(self.state()["cur_log_sector"])
        self.assertEqual(values, ["1", "1 → 2", "2", "2 → 11", "11 → 19", "19"])
        self.assertEqual(self.state()["nr_entries"], "2")

    def test_requests_tell_what_they_wait_for(self):
        self.go_to(7)
        rows = [" ".join(row.text.split()) for row in self.all("#requests tr")]
        self.assertEqual(rows, ["A write 0 4k waits for header+data @ log 2..10",
                                "B zeroes 8k 4k header: took effect, not told yet"])
        self.go_to(12)
        self.assertEqual([cell.text for cell in self.all("#requests td")],
                         ["acknowledged: ok", "acknowledged: ok"])

    def test_the_address_leads_to_a_step(self):
        self.open_report(BUGGY, "#1.4")
        self.assertEqual(self.step(), 4)
        self.press(Keys.ARROW_RIGHT)
        self.assertTrue(self.browser.current_url.endswith("#1.5"))
        self.open_report(BUGGY, "#9.999")
        self.assertEqual(self.step(), 12)

    def test_the_replay_line_is_copied(self):
        line = json.loads(run(*BUGGY, "--json").stdout)["counterexamples"][0]["replay"]
        self.assertEqual(self.text("#replay"), line)
        self.click("#copy")
        self.eventually(lambda: self.text("#copied") == "copied")
        self.script("document.body.insertAdjacentHTML('beforeend', '<textarea id=paste>')")
        self.find("#paste").send_keys(Keys.CONTROL, "v")
        self.eventually(lambda: self.find("#paste").get_property("value") != "")
        self.assertEqual(self.find("#paste").get_property("value"), line)

    def test_a_chooser_among_several_counterexamples(self):
        found = json.loads(run(*SEVERAL, "--json").stdout)["counterexamples"]
        self.assertFalse(self.find("#chooser").is_displayed())
        self.open_report(SEVERAL)
        choice = Select(self.find("#choice"))
        self.assertEqual(len(choice.options), len(found))
        choice.select_by_index(1)
        self.assertIn(found[1]["workload"], self.text("#subject"))
        self.assertEqual(self.text("#replay"), found[1]["replay"])
        self.click("#later")
        self.assertEqual(self.text("#replay"), found[2]["replay"])
        self.click("#earlier")
        self.assertEqual(choice.first_selected_option.get_attribute("value"), "1")
        self.open_report(SEVERAL, "#3.2")
        self.assertEqual(self.text("#replay"), found[2]["replay"])
        self.assertEqual(self.step(), 2)

    def test_what_shrinking_removed_is_told_as_in_the_text(self):
        options = ["--driver", "buggy", "--workload", "write, flush, zeroes, write",
                   "--strategy", "random", "--samples", "200"]
        text = " ".join(run(*options).stdout.split())
        self.open_report(options)
        told = self.text("#subject").split("Made smaller")[1]
        self.assertIn("Made smaller" + told.replace(" and ", ", "), text)

    def test_the_execution_of_a_replay_that_breaks_nothing(self):
        self.open_report(["--workload", "zeroes, write", "--replay", "s1:0*3.1*2"])
        self.assertEqual(self.text("#counterexample-title"), "Execution")
        self.assertEqual(self.step(), 1)
        self.assertIn("2 requests in 12 steps", self.text("#subject"))
        self.assertFalse(self.find("#breaks").is_displayed())
        self.click("#last")
        self.assertIn("acknowledged: ok", self.text("#step"))

    def test_the_drivers_word_for_a_request_is_told_on_every_device(self):
        def label(result):
            for step in result["counterexamples"][0]["steps"]:
                for io in step["ios"]:
                    if io["device"] == "data":
                        io["what"] = "leg0"

        self.open(self.changed_page(BUGGY, label))
        self.click("#first")
        self.assertIn("submits leg0 @ data bytes 0..4095", self.text("#step"))
        self.assertIn("waits for leg0 @ data bytes 0..4095", self.text("#requests"))
        self.assertIn("A leg0", self.text("#lanes"))

    def test_a_data_request_that_lies_elsewhere_than_the_guests_tells_where(self):
        def move(result):
            for step in result["counterexamples"][0]["steps"]:
                for io in step["ios"]:
                    if io["device"] == "data" and step["lane"] == 0:
                        io["offset"] = 1048576

        self.open(self.changed_page(BUGGY, move))
        self.click("#first")
        self.assertIn("submits data write @ data bytes 1048576..1052671", self.text("#step"))
        self.go_to(3)
        self.assertIn("submits data zeroes\n", self.text("#step") + "\n")

    def test_a_deadlock_tells_who_waits_for_what(self):
        self.open_report(DEADLOCK)
        self.assertIn("ending in a deadlock", self.text("#subject"))
        self.assertIn("waits for condition variable super_updated", self.text("#requests"))
        self.assertIn("waits for ever", self.text("#lanes"))


if __name__ == "__main__":
    unittest.main()
