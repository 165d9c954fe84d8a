// The log as a line of sectors, and what becomes of its readers.
#include <doctest/doctest.h>

#include <limits>
#include <string>

#include "reports/log_layout.hpp"
#include "reports/log_map.hpp"
#include "reports/plain_text.hpp"
#include "reports/reader_story.hpp"
#include "tests/reports/samples.hpp"

namespace simcheck::test {
namespace {

model::Trace two_entries(model::PlacedEntry a, model::PlacedEntry b) {
  model::Trace trace{.lanes = {{"A", "", ""}, {"writer", "", ""}}};
  b.lane = 1;
  trace.entries = {a, b};
  return trace;
}

std::string map_text(const model::Trace& trace, std::size_t width, bool every_part = false) {
  return reports::joined(reports::log_map(trace, {.width = width, .every_part = every_part}), "\n");
}

}  // namespace

TEST_CASE("a map of few sectors shows every one") {
  CHECK(map_text(racy_counterexample().trace, 98) ==
        "sector      0  1  2  3  4  5  6  7  8  9 10 11 12 13 14 15 16 17 18\n"
        "placed      S  A  B  b  b  b  b  b  b  b  b  a  a  a  a  a  a  a  a\n"
        "entry of A     A  a  a  a  a  a  a  a  a\n"
        "entry of B        B  b  b  b  b  b  b  b  b\n"
        "overlap           ^  ^  ^  ^  ^  ^  ^  ^");
}

TEST_CASE("gaps, entries without data, names that are no letter") {
  const model::Trace trace =
      two_entries({.header_sector = 1}, {.header_sector = 4, .data_sectors = 1, .data_at = 5});
  CHECK(map_text(trace, 60) ==
        "sector           0  1  2  3  4  5\n"
        "placed           S  A  .  .  B  b\n"
        "entry of A          A\n"
        "entry of writer              B  b");
}

TEST_CASE("an entry on the superblock's sector overlaps it; two parts in one place show as *") {
  const model::Trace trace =
      two_entries({.header_sector = 0, .data_sectors = 2, .data_at = 1}, {.header_sector = 2});
  CHECK(map_text(trace, 60) ==
        "sector           0  1  2\n"
        "placed           *  a  *\n"
        "entry of A       A  a  a\n"
        "entry of writer        B\n"
        "overlap          ^     ^");
}

TEST_CASE("huge entries are abbreviated, long maps cut, dull parts left out") {
  model::Trace trace = sequential_counterexample(12, 8).trace;
  trace.entries[11].data_sectors = std::uint64_t{1} << 60;
  trace.entries[10].data_at = 200;
  for (const std::size_t width : {40U, 58U, 78U, 98U}) {
    for (const bool every_part : {false, true}) {
      CHECK(widest_line(map_text(trace, width, every_part)) <= width);
    }
  }
  CHECK(map_text(trace, 58).starts_with("sector     "));
  CHECK(map_text(trace, 58, true).find("entry of A") != std::string::npos);
}

TEST_CASE("sizes near 2^64 end somewhere") {
  const auto max = std::numeric_limits<std::uint64_t>::max();
  const model::Trace trace =
      two_entries({.header_sector = 1, .data_sectors = max, .data_at = max - 1},
                  {.header_sector = max - 2, .data_sectors = max, .data_at = max});
  CHECK(widest_line(map_text(trace, 58)) <= 58);
  CHECK(!reports::is_sound(trace.entries));
}

TEST_CASE("without entries there is no map and no reader") {
  CHECK(reports::log_map({}, {}).empty());
  CHECK(reports::reader_story({}).empty());
}

TEST_CASE("sound logs are sound, and their readers find all") {
  const model::Trace trace = sequential_counterexample(5, 3).trace;
  CHECK(reports::is_sound(trace.entries));
  CHECK(reports::reader_story(trace).empty());
}

TEST_CASE("a reader of a broken log goes astray in words") {
  CHECK(reports::reader_story(racy_counterexample().trace) ==
        "A reader who trusts the headers finds the entry of A, looks for the next header in sector "
        "10 and meets data of B; the entry of B is never seen.");
  CHECK(reports::reader_story(two_entries({.header_sector = 2}, {.header_sector = 3})) ==
        "A reader who trusts the headers looks for the first header in sector 1 and meets nothing; "
        "the entries of A, writer are never seen.");
}

}  // namespace simcheck::test
