// What a step depends on, in executions written by hand.
#include "model/step_order.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <vector>

namespace simcheck::model {
namespace {

using sim::AccessMode;
using Steps = std::vector<std::uint32_t>;

class Execution {
 public:
  Steps add(std::uint32_t fiber, const std::vector<sim::Access>& footprint) {
    return order_.push(sim::FiberId{fiber}, footprint);
  }

 private:
  StepOrder order_;
};

sim::Access use(std::uint32_t object, AccessMode mode) { return {sim::ObjectId{object}, mode}; }

}  // namespace

TEST_CASE("a step depends on those of other fibers that conflict with it") {
  Execution e;
  CHECK(e.add(0, {use(1, AccessMode::kWrite)}).empty());
  CHECK(e.add(1, {use(2, AccessMode::kWrite)}).empty());
  CHECK(e.add(2, {use(1, AccessMode::kRead), use(2, AccessMode::kRead)}) == Steps{0, 1});
}

TEST_CASE("what follows from other edges, or from the order of a fiber, is left out") {
  Execution e;
  e.add(0, {use(1, AccessMode::kWrite)});
  CHECK(e.add(0, {use(1, AccessMode::kWrite)}).empty());
  CHECK(e.add(1, {use(1, AccessMode::kWrite)}) == Steps{1});
  CHECK(e.add(2, {use(1, AccessMode::kWrite)}) == Steps{2});
  CHECK(e.add(1, {use(3, AccessMode::kWrite)}).empty());
  CHECK(e.add(0, {use(3, AccessMode::kWrite)}) == Steps{4});
}

TEST_CASE("reads commute, bytes that do not meet do, and stores to the same bytes do not") {
  Execution e;
  e.add(0, {use(1, AccessMode::kRead), {sim::ObjectId{2}, AccessMode::kStore, 0, 512}});
  CHECK(e.add(1, {use(1, AccessMode::kRead)}).empty());
  CHECK(e.add(2, {{sim::ObjectId{2}, AccessMode::kStore, 512, 1024}}).empty());
  CHECK(e.add(3, {{sim::ObjectId{2}, AccessMode::kStore, 0, 1024}}) == Steps{0, 2});
}

}  // namespace simcheck::model
