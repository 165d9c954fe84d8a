// deadlock-free on histories written by hand.

#include <doctest/doctest.h>

#include "properties/all.hpp"
#include "tests/properties/history_builder.hpp"
#include "tests/properties/stories.hpp"

namespace simcheck::test {
namespace {

std::string deadlock_free(const HistoryBuilder& h) {
  return verdict(*properties::make_deadlock_free(), h);
}

}  // namespace

TEST_CASE("an execution that finished holds") { CHECK(deadlock_free(two_in_flight()) == "holds"); }

TEST_CASE("what was cut off says nothing about deadlocks") {
  HistoryBuilder h = two_in_flight();
  h.ending = sim::Ending::kTooLong;
  CHECK(deadlock_free(h) == "not exercised");
}

TEST_CASE("planted: a slot that is never given back; the report says who waits for what") {
  HistoryBuilder h;
  h.submit(h.flush()).submit(h.flush());
  h.ending = sim::Ending::kDeadlocked;
  h.stuck = {{"A", "the completion of a write to log"}, {"B", "condition variable super_update"}};
  CHECK(deadlock_free(h) ==
        "step 2: nothing can ever run again: A waits for the completion of a write to log; B waits "
        "for condition variable super_update");
}

TEST_CASE("what several wait for alike is said once") {
  HistoryBuilder h;
  h.ending = sim::Ending::kDeadlocked;
  h.stuck = {{"a lane", "its thread"}, {"B", "mutex m"}, {"a lane", "its thread"}};
  CHECK(deadlock_free(h) ==
        "step 0: nothing can ever run again: a lane waits for its thread (2 times); B waits for "
        "mutex m");
}

TEST_CASE("a deadlock without a report") {
  HistoryBuilder h;
  h.ending = sim::Ending::kDeadlocked;
  sim::History history = h.history();
  history.stuck_fibers = nullptr;
  CHECK(verdict(*properties::make_deadlock_free(), history) ==
        "step 0: nothing can ever run again");
}

}  // namespace simcheck::test
