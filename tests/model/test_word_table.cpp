// A WordTable: equal sequences have equal numbers, others have others, however many there are.
#include "model/word_table.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <map>
#include <vector>

#include "tests/support/rapidcheck.hpp"

namespace simcheck::test {
namespace {

using Words = std::vector<std::uint64_t>;

TEST_CASE("numbers are given in the order in which sequences come") {
  model::WordTable table;
  CHECK(table.intern(Words{}) == 0);
  CHECK(table.intern(Words{7}) == 1);
  CHECK(table.intern(Words{7, 0}) == 2);  // not the same as without the 0
  CHECK(table.intern(Words{0, 7}) == 3);
  CHECK(table.intern(Words{7}) == 1);
  CHECK(table.size() == 4);
  CHECK(table.is(2, Words{7, 0}));
  CHECK_FALSE(table.is(2, Words{7}));
  CHECK(table.contains(Words{0, 7}));
  CHECK_FALSE(table.contains(Words{7, 7}));
}

RC_TEST_CASE("a word table is a map from sequences to numbers", [] {
  model::WordTable table;
  std::map<Words, std::uint32_t> known;
  const auto sequences = *rc::gen::container<std::vector<Words>>(
      rc::gen::container<Words>(rc::gen::inRange<std::uint64_t>(0, 3)));
  for (const Words& words : sequences) {
    RC_ASSERT(table.contains(words) == known.contains(words));
    const auto number = known.try_emplace(words, static_cast<std::uint32_t>(known.size())).first;
    RC_ASSERT(table.intern(words) == number->second);
  }
  RC_ASSERT(table.size() == known.size());
});

TEST_CASE("thousands of sequences keep their numbers") {
  model::WordTable table;
  for (std::uint64_t i = 0; i < 5000; ++i) REQUIRE(table.intern(Words{i << 32, i % 3}) == i);
  for (std::uint64_t i = 0; i < 5000; ++i) REQUIRE(table.intern(Words{i << 32, i % 3}) == i);
  CHECK(table.bytes() >= 5000 * 2 * sizeof(std::uint64_t));
}

}  // namespace
}  // namespace simcheck::test
