// The least number of preemptions of a trace, on traces whose answer is plain. Against brute force:
// test_bounded.cpp.
#include "model/trace_preemptions.hpp"

#include <doctest/doctest.h>

#include <array>

namespace simcheck::model {
namespace {

using sim::Access;
using sim::AccessMode;
using sim::FiberId;

constexpr FiberId kA{0}, kB{1};
constexpr sim::ObjectId kX{0}, kMutex{1};

struct Rig {
  FootprintTable footprints;
  TracePreemptions trace{footprints, 2};

  FootprintId footprint(sim::ObjectId object, AccessMode mode) {
    const std::array access{Access{object, mode}};
    return footprints.intern(access);
  }
  void step(FiberId fiber, sim::ObjectId object, AccessMode mode, bool goes_on) {
    trace.push({fiber, footprint(object, mode)}, goes_on);
  }
};

}  // namespace

TEST_CASE("a write between two reads of one section is a preemption, an own variable is none") {
  Rig rig;
  rig.step(kA, kX, AccessMode::kRead, true);
  CHECK(rig.trace.within(0, {}));
  SUBCASE("of what was read") {
    rig.step(kB, kX, AccessMode::kWrite, false);
    CHECK(rig.trace.within(0, {}));  // A may never go on
    rig.step(kA, kX, AccessMode::kRead, false);
    CHECK(!rig.trace.within(0, {}));
    CHECK(rig.trace.within(1, {}));
    rig.trace.resize(2);
    CHECK(rig.trace.within(0, {}));
  }
  SUBCASE("of something else") {
    rig.step(kB, sim::ObjectId{2}, AccessMode::kWrite, false);
    rig.step(kA, kX, AccessMode::kRead, false);
    CHECK(rig.trace.within(0, {}));
  }
}

TEST_CASE("a disk request's effect within a section is no preemption") {
  Rig rig;
  rig.step(kA, kX, AccessMode::kRead, true);
  rig.trace.push({kB, rig.footprint(kX, AccessMode::kWrite), false}, false);
  rig.step(kA, kX, AccessMode::kRead, false);
  CHECK(rig.trace.within(0, {}));
}

TEST_CASE("a fiber that waits for a lock is not preempted") {
  Rig rig;
  rig.step(kA, kMutex, AccessMode::kAcquire, true);
  rig.step(kB, kX, AccessMode::kWrite, true);  // and then wants the mutex
  rig.step(kA, kX, AccessMode::kRead, true);
  rig.step(kA, kMutex, AccessMode::kRelease, false);
  rig.step(kB, kMutex, AccessMode::kAcquire, false);
  CHECK(!rig.trace.within(0, {}));  // A was, when B wrote
  CHECK(rig.trace.within(1, {}));   // B was not
}

TEST_CASE("a fiber that could have had the lock it is stuck for was preempted") {
  Rig rig;
  rig.step(kA, kX, AccessMode::kWrite, true);
  rig.step(kB, kX, AccessMode::kRead, true);
  rig.step(kB, kMutex, AccessMode::kAcquire, false);
  CHECK(rig.trace.within(0, {}));
  const std::array stuck{StuckFiber{kA, rig.footprint(kMutex, AccessMode::kAcquire)}};
  CHECK(!rig.trace.within(0, stuck));
  CHECK(rig.trace.within(1, stuck));
}

}  // namespace simcheck::model
