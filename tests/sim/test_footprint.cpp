// Which accesses conflict: the whole of dependence.

#include "sim/footprint.hpp"

#include <doctest/doctest.h>

#include "tests/support/rapidcheck.hpp"

namespace simcheck::test {
namespace {

using sim::Access;
using sim::conflict;
using sim::ObjectId;
using Mode = sim::AccessMode;

constexpr ObjectId kX{1}, kY{2};

}  // namespace

TEST_CASE("two uses of an object commute if both only read, or both only add") {
  for (const Mode a : {Mode::kRead, Mode::kAdd, Mode::kWrite}) {
    for (const Mode b : {Mode::kRead, Mode::kAdd, Mode::kWrite}) {
      const bool commute = a == b && a != Mode::kWrite;
      CHECK(conflict({kX, a}, {kX, b}) == !commute);
      CHECK(!conflict({kX, a}, {kY, b}));
    }
  }
}

TEST_CASE("extents conflict where they share a byte") {
  const auto writes = [](std::uint64_t begin, std::uint64_t end) {
    return Access{kX, Mode::kWrite, begin, end};
  };
  CHECK(conflict(writes(0, 8), writes(7, 9)));
  CHECK(!conflict(writes(0, 8), writes(8, 9)));
  CHECK(conflict(writes(0, 8), writes(2, 3)));
  CHECK(conflict(writes(100, 101), Access{kX, Mode::kRead}));  // the whole object
}

RC_TEST_CASE("conflicts are mutual, and are those of the shared bytes", [] {
  const auto access = [] {
    const auto begin = *rc::gen::inRange<std::uint64_t>(0, 8);
    const auto length = *rc::gen::inRange<std::uint64_t>(1, 4);
    return Access{*rc::gen::element(kX, kY), *rc::gen::element(Mode::kRead, Mode::kWrite), begin,
                  begin + length};
  };
  const Access a = access(), b = access();
  bool shared_byte = false;
  for (std::uint64_t i = 0; i < 16; ++i) {
    if (i >= a.begin && i < a.end && i >= b.begin && i < b.end) shared_byte = true;
  }
  const bool both_read = a.mode == Mode::kRead && b.mode == Mode::kRead;
  RC_ASSERT(conflict(a, b) == (a.object == b.object && shared_byte && !both_read));
  RC_ASSERT(conflict(a, b) == conflict(b, a));
});

TEST_CASE("enabling objects are told by their bit") {
  CHECK(sim::is_enabling(ObjectId{sim::kEnablingBit | 3}));
  CHECK(!sim::is_enabling(ObjectId{3}));
}

}  // namespace simcheck::test
