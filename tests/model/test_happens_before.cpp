// Vector clocks and races on executions written by hand.
#include "model/happens_before.hpp"

#include <doctest/doctest.h>

#include <vector>

namespace simcheck::model {
namespace {

using sim::AccessMode;

class Execution {
 public:
  void add(std::uint32_t fiber, std::vector<sim::Access> accesses) {
    order.push({sim::FiberId{fiber}, footprints.intern(accesses)});
  }
  std::vector<std::pair<int, int>> races() const {
    std::vector<std::pair<int, int>> list;
    for (const HappensBefore::Race& race : order.races())
      list.emplace_back(race.first, race.second);
    return list;
  }
  static sim::Access write(std::uint32_t object) {
    return {sim::ObjectId{object}, AccessMode::kWrite};
  }
  static sim::Access read(std::uint32_t object) {
    return {sim::ObjectId{object}, AccessMode::kRead};
  }

  FootprintTable footprints;
  HappensBefore order{footprints, 3};
};

using Races = std::vector<std::pair<int, int>>;

TEST_CASE("conflicting events of two fibers race, others do not") {
  Execution e;
  e.add(0, {Execution::write(1)});
  e.add(1, {Execution::write(2)});
  e.add(1, {Execution::read(1)});
  e.add(2, {Execution::read(1)});
  CHECK(e.races() == Races{{0, 2}, {0, 3}});
  CHECK(e.order.happens_before(0, 2));
  CHECK(e.order.happens_before(1, 2));  // of one fiber
  CHECK_FALSE(e.order.happens_before(0, 1));
  CHECK_FALSE(e.order.happens_before(2, 3));
}

TEST_CASE("a conflict with a chain around it is no race") {
  Execution e;
  e.add(0, {Execution::write(1)});
  e.add(1, {Execution::write(1)});
  e.add(2, {Execution::write(1)});
  CHECK(e.races() == Races{{0, 1}, {1, 2}});
  CHECK(e.order.happens_before(0, 2));
}

TEST_CASE("enabling orders without a race") {
  Execution e;
  const sim::ObjectId token{sim::kEnablingBit | 1};
  e.add(0, {Execution::write(1), {token, AccessMode::kAdd}});
  e.add(1, {{token, AccessMode::kRead}, Execution::write(1)});
  CHECK(e.races().empty());
  CHECK(e.order.happens_before(0, 1));
}

TEST_CASE("what is taken back leaves no trace") {
  Execution e;
  e.add(0, {Execution::write(1)});
  e.add(1, {Execution::write(1)});
  CHECK(e.order.pop().number == 1);
  CHECK(e.races().empty());
  e.add(2, {Execution::read(2)});
  e.add(1, {Execution::write(1)});
  CHECK(e.races() == Races{{0, 2}});
  CHECK(e.order.path() == Schedule{sim::FiberId{0}, sim::FiberId{2}, sim::FiberId{1}});
}

TEST_CASE("the races of a transition that did not happen, latest first") {
  Execution e;
  e.add(0, {Execution::read(1)});
  e.add(1, {Execution::read(1)});
  const sim::Access access = Execution::write(1);
  const FootprintId footprint = e.footprints.intern({&access, 1});
  const auto races = e.order.would_race(sim::FiberId{2}, footprint);
  CHECK(std::vector<std::uint32_t>(races.begin(), races.end()) == std::vector<std::uint32_t>{1, 0});
}

}  // namespace
}  // namespace simcheck::model
