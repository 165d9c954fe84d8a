// no-exception on histories written by hand.

#include <doctest/doctest.h>

#include "properties/all.hpp"
#include "tests/properties/history_builder.hpp"
#include "tests/properties/stories.hpp"

namespace simcheck::test {
namespace {

std::string no_exception(const HistoryBuilder& h) {
  return verdict(*properties::make_no_exception(), h);
}

}  // namespace

TEST_CASE("an execution without exceptions holds") {
  CHECK(no_exception(two_in_flight()) == "holds");
}

TEST_CASE("planted: a driver that throws") {
  HistoryBuilder h;
  const auto a = h.zeroes(0, 4096);
  h.submit(a).throws(a, "vector::_M_range_check");
  CHECK(no_exception(h) ==
        "step 1: an exception left the fiber of request A (zeroes 0 4k): vector::_M_range_check");
}

TEST_CASE("of several exceptions the first is told") {
  HistoryBuilder h;
  h.throws(sim::kNoRequest, "first").throws(sim::kNoRequest, "second");
  CHECK(no_exception(h) == "step 0: an exception left the fiber of no request: first (and 1 more)");
}

}  // namespace simcheck::test
