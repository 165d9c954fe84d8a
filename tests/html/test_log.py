#!/usr/bin/python3
"""The picture of the log at a step, against the log map of the text report."""

import json
import unittest

from browser import BUGGY, FAULTY, POWER_CUT, SEVERAL, THREADS, PageTest, run


class Log(PageTest):
    def edges(self, selector):
        """Sectors that shown shapes cover, found from their places on the screen."""
        return self.script("""
          const numbers = [...document.querySelectorAll('#log .number')].map((text) => {
            const box = text.getBoundingClientRect();
            return [Number(text.textContent), (box.left + box.right) / 2];
          });
          return [...document.querySelectorAll(arguments[0])]
            .filter((shape) => getComputedStyle(shape).visibility === 'visible')
            .map((shape) => {
              const box = shape.getBoundingClientRect();
              return numbers.filter(([, x]) => box.left < x && x < box.right).map(([n]) => n);
            });""", selector)

    def cells(self):
        """sector -> letter on the disk"""
        letters = {}
        for cell, sectors in zip(self.visible_cells(), self.edges("#log .cell")):
            for sector in sectors:
                letters[sector] = cell
        return letters

    def visible_cells(self):
        return self.script("""return [...document.querySelectorAll('#log .cell')]
          .filter((cell) => getComputedStyle(cell).visibility === 'visible')
          .map((cell) => cell.textContent)""")

    def test_entries_appear_when_they_are_placed(self):
        self.open_report(BUGGY)
        claims = {}
        for step in (4, 5, 6, 7, 12):
            self.go_to(step)
            claims[step] = self.edges("#log .claim")
        b, a = list(range(1, 10)), list(range(2, 11))
        self.assertEqual(claims, {4: [], 5: [b], 6: [b], 7: [b, a], 12: [b, a]})

    def test_a_driver_without_entries_has_a_device_and_no_log(self):
        def forget(result):
            counterexample = result["counterexamples"][0]
            counterexample["entries"] = []
            for step in counterexample["steps"]:
                for io in step["ios"]:
                    if io["what"] == "header":
                        io.update(what="set bit", offset=0)
                    elif io["device"] == "log":
                        io["what"] = "leg1"

        self.open(self.changed_page(BUGGY, forget))
        self.click("#first")
        self.assertEqual(self.text("#log-title"), "The log device after step 1")
        self.assertEqual(self.text("#reader"), "Nothing was written yet.")
        self.click("#last")
        self.assertIn("sector 0: set bit of B; ", self.text("#reader"))
        self.assertIn("leg1 of A", self.text("#reader"))
        self.assertEqual(self.cells()[0], "B")
        for word in ("superblock", "header", "overlap"):
            self.assertNotIn(word, self.text("#log-card"))

    def test_the_overlap_is_hatched_from_the_step_that_makes_it(self):
        self.open_report(BUGGY)
        self.go_to(6)
        self.assertEqual(self.edges("#log .overlap"), [])
        self.assertIn("No entries overlap", self.text("#reader"))
        self.assertFalse(self.find("#log .label.bad").is_displayed())
        self.go_to(7)
        hatched = self.edges("#log .overlap")
        self.assertEqual(sorted(sum(hatched, [])), list(range(2, 10)))
        for shape in self.all("#log .overlap"):
            self.assertEqual(shape.get_attribute("fill"), "url(#hatch)")
        self.assertIn("sectors 2..9 (B and A)", self.text("#reader"))
        self.assertEqual(self.text("#log .label.bad"), "overlap")

    def test_the_disk_holds_what_took_effect(self):
        self.open_report(BUGGY)
        self.go_to(5)
        self.assertEqual(self.cells()[1], "B?")  # under way
        self.go_to(6)
        self.assertEqual(self.cells()[1], "B")
        self.go_to(8)
        cells = self.cells()
        self.assertEqual([cells[1], cells[2], cells[3], cells[10]], ["B", "A", "a", "a"])
        self.assertEqual(cells[11], "")

    def test_in_the_end_it_is_the_log_map_of_the_text_report(self):
        compared = 0
        for options in (BUGGY, THREADS, SEVERAL, ["--driver", "buggy", "--workload",
                                                 "zeroes, write, zeroes 24k 1k"]):
            text = run(*options, "--verbose").stdout.splitlines()
            sectors = next(line for line in text if line.startswith("  sector")).split()[1:]
            placed = next(line for line in text if line.startswith("  placed")).split()[1:]
            self.open_report(options)
            self.click("#last")
            cells = self.cells()
            for sector, letter in zip(sectors, placed):
                # The text has an S where the superblock goes, written or not.
                if sector not in ("0", "..") and int(sector) in cells:
                    self.assertEqual(cells[int(sector)], letter, f"{options} sector {sector}")
                    compared += 1
        self.assertGreater(compared, 50)

    def test_what_a_reader_finds_is_told_as_in_the_text(self):
        self.open_report(BUGGY)
        text = " ".join(run(*BUGGY).stdout.split())
        told = self.text("#reader").split("In the end, a reader")[1]
        self.assertIn("A reader" + told, text)

    def test_entries_are_a_table_too(self):
        self.open_report(BUGGY)
        self.click("#entries-fold summary")
        self.go_to(6)
        self.assertEqual(len(self.shown("#entries tr")), 1)
        self.go_to(12)
        rows = [row.text for row in self.shown("#entries tr")]
        self.assertEqual(rows, ["B 1 1..9 11..18 data not behind its header", "A 2 2..10 3..10"])

    def test_a_header_that_a_fault_kept_away_claims_nothing(self):
        options = FAULTY + ["--property", "survives-io-error"]
        self.open_report(options)
        self.click("#entries-fold summary")
        self.assertIn("a fault kept its header away", self.text("#entries"))
        self.assertEqual(len(self.all("#log .claim .header")), 1)
        self.assertIn("fails: EIO (fault: eio)", self.script(
            "return document.querySelector('.steps').textContent"))

    def test_after_a_power_cut_nothing_is_sure(self):
        self.open_report(POWER_CUT)
        self.click("#last")
        self.assertIn("need not have survived the cut", self.text("#reader"))
        found = json.loads(run(*POWER_CUT, "--json").stdout)["counterexamples"][0]
        self.assertEqual(found["steps"][-1]["kind"], "cut")


if __name__ == "__main__":
    unittest.main()
