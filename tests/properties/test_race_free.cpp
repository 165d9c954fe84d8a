// race-free on histories written by hand.

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <vector>

#include "properties/all.hpp"
#include "tests/properties/history_builder.hpp"
#include "tests/properties/stories.hpp"

namespace simcheck::test {
namespace {

constexpr std::array<std::string_view, 3> kNames = {"cur_log_sector", "nr_entries", "queue"};

struct Raced {
  std::uint32_t threads = 2;
  std::vector<sim::DataRace> races{};
  bool named = true;
};

std::string race_free(const Raced& raced) {
  const HistoryBuilder h = two_in_flight();
  sim::History history = h.history();
  history.threads = raced.threads;
  history.races = raced.races;
  if (raced.named) {
    history.object_name = [](const void*, sim::ObjectId object) {
      return kNames.at(sim::index_of(object));
    };
  }
  return verdict(*properties::make_race_free(), history);
}

// Fibers 0 and 1, in steps 3 and 7.
sim::DataRace race(std::uint32_t object, bool earlier_writes, bool later_writes) {
  return {.object = sim::ObjectId{object},
          .earlier = {.fiber = sim::FiberId{0}, .step = 3, .is_write = earlier_writes},
          .later = {.fiber = sim::FiberId{1}, .step = 7, .is_write = later_writes}};
}

}  // namespace

TEST_CASE("one thread cannot race") { CHECK(race_free({.threads = 1}) == "not exercised"); }

TEST_CASE("several threads without a race hold") { CHECK(race_free({}) == "holds"); }

TEST_CASE("a race is told by variable, fibers and accesses, at the later one's step") {
  CHECK(race_free({.races = {race(0, false, true)}}) ==
        "step 7: A reads cur_log_sector at step 4, and B writes it in another thread: "
        "no lock orders the two");
  CHECK(race_free({.races = {race(1, true, true)}}) ==
        "step 7: A writes nr_entries at step 4, and B writes it in another thread: "
        "no lock orders the two");
}

TEST_CASE("further variables are named") {
  CHECK(race_free({.races = {race(1, true, false), race(0, true, true), race(2, true, true)}}) ==
        "step 7: A writes nr_entries at step 4, and B reads it in another thread: "
        "no lock orders the two; likewise cur_log_sector, queue");
}

TEST_CASE("a world without names") {
  CHECK(race_free({.races = {race(0, true, true)}, .named = false}) ==
        "step 7: A writes a shared variable at step 4, and B writes it in another thread: "
        "no lock orders the two");
}

}  // namespace simcheck::test
