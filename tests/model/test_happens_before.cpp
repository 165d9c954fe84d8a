// Vector clocks and races on executions written by hand.
#include "model/happens_before.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <utility>
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

// By definition, of all events that were not taken back.
class Definition {
 public:
  void add(std::uint32_t fiber, const std::vector<sim::Access>& accesses) {
    const std::size_t k = events_.size();
    events_.push_back({fiber, accesses});
    before_.emplace_back(k);
    for (std::size_t j = k; j-- > 0;) {
      if (!ordered(j, k)) continue;
      if (!before_[k][j] && events_[j].fiber != fiber) races_.emplace_back(j, k);
      for (std::size_t i = 0; i < j; ++i)
        if (before_[j][i]) before_[k][i] = true;
      before_[k][j] = true;
    }
  }
  void take_back() {
    events_.pop_back();
    before_.pop_back();
    std::erase_if(races_, [&](const auto& race) { return race.second == int(events_.size()); });
  }
  std::size_t size() const { return events_.size(); }
  bool happens_before(std::size_t j, std::size_t k) const { return before_[k][j]; }
  std::vector<std::pair<int, int>> races() const {
    auto sorted = races_;
    std::ranges::sort(sorted);
    return sorted;
  }

 private:
  struct Event {
    std::uint32_t fiber;
    std::vector<sim::Access> accesses;
  };
  bool ordered(std::size_t j, std::size_t k) const {
    if (events_[j].fiber == events_[k].fiber) return true;
    for (const sim::Access& a : events_[j].accesses)
      for (const sim::Access& b : events_[k].accesses)
        if (sim::conflict(a, b)) return true;
    return false;
  }

  std::vector<Event> events_;
  std::vector<std::vector<bool>> before_;  // [k][j]
  std::vector<std::pair<int, int>> races_;
};

TEST_CASE("long executions, parts of which are taken back, are ordered as by definition") {
  std::mt19937 random(1);
  for (int run = 0; run < 20; ++run) {
    Execution e;
    Definition defined;
    while (defined.size() < 150) {
      const std::uint32_t fiber = random() % 3;
      std::vector<sim::Access> accesses;
      if (random() % 4 != 0)
        accesses.push_back(random() % 2 ? Execution::read(random() % 6)
                                        : Execution::write(random() % 6));
      e.add(fiber, accesses);
      defined.add(fiber, accesses);
      for (auto back = random() % 40 == 0 ? random() % (defined.size() + 1) : 0; back > 0; --back) {
        e.order.pop();
        defined.take_back();
      }
    }
    auto races = e.races();
    std::ranges::sort(races);
    CHECK(races == defined.races());
    bool same = true;
    for (std::size_t k = 0; k < defined.size(); ++k)
      for (std::size_t j = 0; j < k; ++j)
        same &= e.order.happens_before(j, k) == defined.happens_before(j, k);
    CHECK(same);
  }
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

TEST_CASE("what conflicted with nothing so far is found once something conflicts with it") {
  Execution e;
  e.add(0, {Execution::read(1)});
  e.add(1, {Execution::read(2)});
  e.add(1, {Execution::write(1)});
  CHECK(e.races() == Races{{0, 2}});
  const FootprintId write_2 = e.footprints.intern(std::vector{Execution::write(2)});
  const auto found = e.order.would_race(sim::FiberId{2}, write_2);
  CHECK(std::vector(found.begin(), found.end()) == std::vector<std::uint32_t>{1});
  e.order.pop();
  e.order.pop();
  e.add(2, {Execution::write(2)});
  e.add(2, {Execution::write(1)});
  CHECK(e.races() == Races{{0, 2}});
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
