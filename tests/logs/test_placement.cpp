// Overlaps and gaps of placed entries, against a reader that paints sectors one by one.
#include "logs/placement.hpp"

#include <map>
#include <vector>

#include "tests/support/rapidcheck.hpp"

namespace simcheck::logs {
namespace {

using Placed = std::vector<PlacedEntry>;

TEST_CASE("entries one behind the other neither overlap nor leave a gap") {
  const Placed log = {{1, 8, 0}, {10, 0, kFlagFlush}, {11, 500, kFlagDiscard}, {12, 1, 0}};
  CHECK_FALSE(find_overlap(log));
  CHECK_FALSE(find_gap(log));
  CHECK_FALSE(find_overlap({}));
  CHECK_FALSE(find_gap({}));
}

TEST_CASE("the race: a flush took the sector behind a header") {
  const Placed log = {{1, 8, 0}, {2, 0, kFlagFlush}};
  CHECK(find_overlap(log) == Overlap{0, 1, 2, 3});
  CHECK(explain(*find_overlap(log), log) ==
        "entry 0 (header at sector 1, 8 data sectors) and entry 1 (header at sector 2, 0 data "
        "sectors) both cover sector 2");
}

TEST_CASE("entries come in any order; the first fault in log order is told") {
  const Placed log = {{30, 8, 0}, {31, 8, 0}, {5, 1, 0}, {4, 4, 0}};
  CHECK(find_overlap(log) == Overlap{3, 2, 5, 7});
  CHECK(find_gap(log) == Gap{kSuperblockIndex, 3, 1, 4});
}

TEST_CASE("sector 0 is the superblock's") {
  const Placed log = {{0, 3, 0}};
  CHECK(find_overlap(log) == Overlap{kSuperblockIndex, 0, 0, 1});
  CHECK(explain(*find_overlap(log), log, 7) ==
        "the superblock (sector 0) and entry 7 (header at sector 0, 3 data sectors) both cover "
        "sector 0");
}

TEST_CASE("a gap is told with its neighbours") {
  const Placed log = {{1, 1, 0}, {5, 0, kFlagFlush}};
  CHECK(find_gap(log) == Gap{0, 1, 3, 5});
  CHECK(explain(*find_gap(log), log) ==
        "sectors 3 to 4 belong to no entry: entry 0 (header at sector 1, 1 data sector) ends "
        "before, entry 1 (header at sector 5, 0 data sectors) begins behind");
}

TEST_CASE("lengths near 2^64 do not wrap around") {
  const Placed log = {{1, UINT64_MAX - 3, 0}, {UINT64_MAX - 5, 1, 0}};
  CHECK(find_overlap(log) == Overlap{0, 1, UINT64_MAX - 5, UINT64_MAX - 3});
  CHECK(PlacedEntry{UINT64_MAX, UINT64_MAX, 0}.end() == UINT64_MAX);
  const Placed both_last = {{UINT64_MAX, 1, 0}, {UINT64_MAX, 1, 0}};
  CHECK(find_overlap(both_last).has_value());
}

TEST_CASE("more entries than fit the stack") {
  Placed log;
  for (std::uint64_t i = 0; i < 1000; ++i) log.push_back({1 + 2 * i, 1, 0});
  CHECK_FALSE(find_overlap(log));
  log[500].nr_sectors = 2;
  CHECK(find_overlap(log) == Overlap{500, 501, 1003, 1004});
}

RC_TEST_CASE("overlaps and gaps are those that painting shows",
             [] {
               const auto size = *rc::gen::inRange<std::size_t>(0, 6);
               Placed log(size);
               std::map<std::uint64_t, int> painted = {{0, 1}};
               std::uint64_t last = 0;
               for (PlacedEntry& entry : log) {
                 entry = {*rc::gen::inRange<std::uint64_t>(0, 12),
                          *rc::gen::inRange<std::uint64_t>(0, 4),
                          *rc::gen::element<std::uint64_t>(0, kFlagDiscard)};
                 for (std::uint64_t s = entry.header_sector; s < entry.end(); ++s) ++painted[s];
                 last = std::max(last, entry.header_sector);
               }
               bool twice = false, missing = false;
               for (const auto& [sector, times] : painted) twice |= times > 1;
               for (std::uint64_t s = 0; s < last; ++s) missing |= painted.count(s) == 0;
               RC_ASSERT(find_overlap(log).has_value() == twice);
               RC_ASSERT(find_gap(log).has_value() == missing);
             },
             {.max_success = 1000})

}  // namespace
}  // namespace simcheck::logs
