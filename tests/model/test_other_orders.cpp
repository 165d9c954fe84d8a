// What may be exchanged is, and nothing else.
#include "model/other_orders.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <vector>

namespace simcheck::test {
namespace {

using model::OrderRule;
using sim::Access, sim::AccessMode, sim::FiberId, sim::ObjectId;
using Places = std::vector<std::uint32_t>;

constexpr Access kReadX{ObjectId{0}, AccessMode::kRead};
constexpr Access kWriteX{ObjectId{0}, AccessMode::kWrite};
constexpr Access kStoreX{ObjectId{0}, AccessMode::kStore};
constexpr Access kStoreY{ObjectId{1}, AccessMode::kStore};

// An execution, put together by hand.
class Execution {
 public:
  void add(std::uint32_t fiber, std::vector<Access> accesses = {}) {
    steps_.push_back({FiberId{fiber}, footprints_.intern(accesses)});
  }
  Places by(OrderRule rule, std::uint64_t seed = 0) const {
    return model::OtherOrders(footprints_, steps_, 2).by(rule, seed);
  }

 private:
  model::FootprintTable footprints_;
  std::vector<model::Transition> steps_;
};

TEST_CASE("what is independent comes in turns, or the last fiber's first") {
  Execution execution;
  for (const std::uint32_t fiber : {0U, 0U, 0U, 1U, 1U}) execution.add(fiber);
  CHECK(execution.by(OrderRule::kInTurns) == Places{0, 3, 1, 4, 2});
  CHECK(execution.by(OrderRule::kInTurnsDown) == Places{3, 0, 4, 1, 2});
  CHECK(execution.by(OrderRule::kLastFiberFirst) == Places{3, 4, 0, 1, 2});
}

TEST_CASE("at random, every order comes, and the same from one seed") {
  Execution execution;
  for (const std::uint32_t fiber : {0U, 0U, 1U, 1U}) execution.add(fiber);
  std::set<Places> orders;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    orders.insert(execution.by(OrderRule::kAtRandom, seed));
    CHECK(execution.by(OrderRule::kAtRandom, seed) == execution.by(OrderRule::kAtRandom, seed));
  }
  CHECK(orders.size() == 6);  // 4! / (2! 2!)
}

TEST_CASE("what is dependent stays in order") {
  Execution execution;
  execution.add(0);
  execution.add(0, {kWriteX});
  execution.add(1);
  execution.add(1, {kReadX});
  execution.add(0);
  CHECK(execution.by(OrderRule::kLastFiberFirst) == Places{2, 0, 1, 3, 4});
  CHECK(execution.by(OrderRule::kInTurns) == Places{0, 2, 1, 3, 4});
}

TEST_CASE("stores to one place stay in order, though they commute") {
  Execution execution;
  execution.add(0, {kStoreX});
  execution.add(0, {kStoreY});
  execution.add(1, {kStoreX});
  CHECK(execution.by(OrderRule::kLastFiberFirst) == Places{0, 2, 1});
}

TEST_CASE("a footprint that conflicts with a later one alone is no private one") {
  Execution execution;
  execution.add(1, {kReadX});
  execution.add(0);
  execution.add(0, {kWriteX});
  CHECK(execution.by(OrderRule::kInTurns) == Places{1, 0, 2});
}

}  // namespace
}  // namespace simcheck::test
