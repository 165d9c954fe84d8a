// A set of hashes: each once, and honest once it is full.
#include "model/hash_set.hpp"

#include <doctest/doctest.h>

namespace simcheck::test {
namespace {

using Insertion = model::HashSet::Insertion;

TEST_CASE("each hash is new once, also zero and those of one slot") {
  model::HashSet set(5000);
  for (const Insertion expected : {Insertion::kNew, Insertion::kKnown}) {
    CHECK(set.insert({0, 0}) == expected);
    for (std::uint64_t i = 1; i <= 1000; ++i) {
      CHECK(set.insert({i << 32, i}) == expected);
      CHECK(set.insert({i << 32, i + 1000}) == expected);
    }
  }
  CHECK(set.size() == 2001);
}

TEST_CASE("a full set still knows its own") {
  model::HashSet set(2);
  set.insert({1, 1});
  set.insert({2, 2});
  CHECK(set.insert({3, 3}) == Insertion::kFull);
  CHECK(set.insert({3, 3}) == Insertion::kFull);
  CHECK(set.insert({2, 2}) == Insertion::kKnown);
  CHECK(set.size() == 2);
}

}  // namespace
}  // namespace simcheck::test
