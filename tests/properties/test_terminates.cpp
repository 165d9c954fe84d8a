// terminates on histories written by hand.

#include <doctest/doctest.h>

#include "properties/all.hpp"
#include "tests/properties/history_builder.hpp"
#include "tests/properties/stories.hpp"

namespace simcheck::test {
namespace {

std::string terminates(const HistoryBuilder& h) {
  return verdict(*properties::make_terminates(), h);
}

}  // namespace

TEST_CASE("an execution that finished holds") { CHECK(terminates(two_in_flight()) == "holds"); }

TEST_CASE("a deadlock is an end, and another property's business") {
  HistoryBuilder h = two_in_flight();
  h.ending = sim::Ending::kDeadlocked;
  CHECK(terminates(h) == "holds");
}

TEST_CASE("planted: a waiter that wakes itself for ever") {
  HistoryBuilder h;
  const auto a = h.flush();
  for (int i = 0; i < 5; ++i) h.submit(a);
  h.ending = sim::Ending::kTooLong;
  CHECK(terminates(h) == "step 5: not at an end after 5 steps");
}

}  // namespace simcheck::test
