// no-overlap on histories written by hand, and against a bitmap of sectors on random placements.

#include <doctest/doctest.h>

#include <vector>

#include "properties/all.hpp"
#include "tests/properties/history_builder.hpp"
#include "tests/properties/stories.hpp"
#include "tests/support/rapidcheck.hpp"

namespace simcheck::test {
namespace {

std::string no_overlap(const HistoryBuilder& h) {
  return verdict(*properties::make_no_overlap(), h);
}

struct Placement {
  std::uint64_t sector;
  std::uint64_t nr_sectors;
  bool discard;
};

// Every sector of a small log, and who claimed it.
bool bitmap_overlaps(const std::vector<Placement>& placements) {
  std::vector<bool> taken(200);
  taken[0] = true;
  for (const Placement& p : placements) {
    const std::uint64_t end = p.sector + 1 + (p.discard ? 0 : p.nr_sectors);
    for (std::uint64_t sector = p.sector; sector < end; ++sector) {
      if (taken[sector]) return true;
      taken[sector] = true;
    }
  }
  return false;
}

rc::Gen<Placement> any_placement() {
  return rc::gen::build<Placement>(
      rc::gen::set(&Placement::sector, rc::gen::inRange<std::uint64_t>(0, 100)),
      rc::gen::set(&Placement::nr_sectors, rc::gen::inRange<std::uint64_t>(0, 12)),
      rc::gen::set(&Placement::discard, rc::gen::arbitrary<bool>()));
}

HistoryBuilder with(const std::vector<Placement>& placements) {
  HistoryBuilder h;
  for (const Placement& p : placements) {
    const auto r = p.discard ? h.discard(0, p.nr_sectors * 512) : h.write(0, p.nr_sectors * 512);
    h.place(r, p.sector);
  }
  return h;
}

}  // namespace

TEST_CASE("entries side by side hold") { CHECK(no_overlap(two_in_flight()) == "holds"); }

TEST_CASE("without an entry nothing was exercised") {
  HistoryBuilder h;
  h.submit(h.flush());
  CHECK(no_overlap(h) == "not exercised");
}

TEST_CASE("the race is found when the second header is placed") {
  CHECK(no_overlap(the_race()) ==
        "step 3: entry of request A (zeroes 0 4k) at log sectors 1..9 covers the header of request "
        "B at sector 2");
}

TEST_CASE("an entry placed before another that it covers") {
  HistoryBuilder h;
  const auto a = h.flush(), b = h.write(0, 1024);
  h.place(a, 3).place(b, 1);
  CHECK(no_overlap(h) ==
        "step 1: entry of request B (write 0 1k) at log sectors 1..3 covers the header of request "
        "A at sector 3");
}

TEST_CASE("the overlap named is the first in time, not in the log") {
  HistoryBuilder h;
  const auto a = h.flush(), b = h.flush(), c = h.flush(), d = h.flush();
  h.place(a, 1).place(b, 7).place(c, 7).place(d, 1);
  CHECK(no_overlap(h) ==
        "step 2: entry of request B (flush) at log sector 7 covers the header of request C at "
        "sector 7");
}

TEST_CASE("one entry can cover the superblock") {
  HistoryBuilder h;
  h.place(h.write(512, 513), 0);
  CHECK(no_overlap(h) ==
        "step 0: entry of request A (write 512 513) has its header at sector 0, which is the "
        "superblock's");
}

TEST_CASE("a discard occupies its header alone") {
  HistoryBuilder h;
  const auto a = h.discard(0, 8192), b = h.flush();
  h.place(a, 1).place(b, 2);
  CHECK(no_overlap(h) == "holds");
}

TEST_CASE("an execution that never ended is judged by what it placed") {
  HistoryBuilder h = the_race();
  h.ending = sim::Ending::kDeadlocked;
  CHECK(no_overlap(h).starts_with("step 3: "));
}

TEST_CASE("more entries than fit on the judge's stack") {
  HistoryBuilder h({.log = 1024 * 1024});
  for (int i = 0; i < 1000; ++i) h.run(h.flush());
  CHECK(no_overlap(h) == "holds");
  h.place(h.write(0, 512), 999);
  CHECK(no_overlap(h) ==
        "step 3000: entry of request R998 (flush) at log sector 999 covers the header of request "
        "R1000 at sector 999");
}

RC_TEST_CASE("no-overlap agrees with a bitmap of sectors", [] {
  const auto placements = *rc::gen::container<std::vector<Placement>>(any_placement());
  const std::string is = no_overlap(with(placements));
  RC_CLASSIFY(is == "holds", "holds");
  RC_ASSERT((is.starts_with("step")) == bitmap_overlaps(placements));
  RC_ASSERT((is == "not exercised") == placements.empty());
});

}  // namespace simcheck::test
