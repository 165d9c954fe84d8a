// Counting traces: each once, and honestly once the memory is full.
#include "model/trace_set.hpp"

#include <doctest/doctest.h>

namespace simcheck::test {
namespace {

TEST_CASE("each trace counts once, also those that hash to zero or to one slot") {
  model::TraceSet set;
  for (int round = 0; round < 2; ++round) {
    set.insert({0, 0});
    for (std::uint64_t i = 1; i <= 1000; ++i) {
      set.insert({i << 32, i});
      set.insert({i << 32, i + 1});
    }
  }
  CHECK(set.size() == 2001);
  CHECK_FALSE(set.overflowed());
}

TEST_CASE("a full set says so when it meets another trace, not before") {
  model::TraceSet set(3);
  for (const std::uint64_t i : {1, 2, 3, 3, 2, 1}) set.insert({i, i});
  CHECK(set.size() == 3);
  CHECK_FALSE(set.overflowed());
  set.insert({4, 4});
  CHECK(set.size() == 3);
  CHECK(set.overflowed());
}

TEST_CASE("workloads have sets of their own") {
  const model::TraceSets sets(2);
  sets.of(0)->insert({1, 1});
  CHECK(sets.of(0)->size() == 1);
  CHECK(sets.of(1)->size() == 0);
}

}  // namespace
}  // namespace simcheck::test
