// Data races, told by what orders accesses in a real program and not by the order in which they
// happened to come.

#include "sim/race_detector.hpp"

#include <doctest/doctest.h>

#include <cstdint>

namespace simcheck::test {
namespace {

using sim::Atomicity;

// Threads and objects are small numbers; each access is a step of its own, by the fiber of the
// thread's number.
class Rig {
 public:
  bool read(std::uint32_t thread, std::uint32_t object, Atomicity atomicity = Atomicity::kPlain) {
    return access(thread, object, false, atomicity);
  }
  bool write(std::uint32_t thread, std::uint32_t object, Atomicity atomicity = Atomicity::kPlain) {
    return access(thread, object, true, atomicity);
  }
  void lock(std::uint32_t thread, std::uint32_t object) {
    detector_.acquire_lock(sim::ObjectId{object}, sim::ThreadId{thread});
  }
  void unlock(std::uint32_t thread, std::uint32_t object) {
    detector_.release_lock(sim::ObjectId{object}, sim::ThreadId{thread});
  }

  sim::DataRace last;

 private:
  bool access(std::uint32_t thread, std::uint32_t object, bool is_write, Atomicity atomicity) {
    const auto race = detector_.access({.object = sim::ObjectId{object},
                                        .thread = sim::ThreadId{thread},
                                        .access = {sim::FiberId{thread}, step_++, is_write},
                                        .atomicity = atomicity});
    if (race) last = *race;
    return race.has_value();
  }

  sim::RaceDetector detector_;
  std::uint32_t step_ = 0;
};

constexpr std::uint32_t kCounter = 0, kFlag = 1, kMutex = 2;
constexpr auto kAtomic = Atomicity::kAtomic, kUpdate = Atomicity::kUpdate;

}  // namespace

TEST_CASE("a thread does not race with itself") {
  Rig rig;
  CHECK(!rig.write(0, kCounter));
  CHECK(!rig.read(0, kCounter));
  CHECK(!rig.write(0, kCounter));
}

TEST_CASE("reads do not race") {
  Rig rig;
  CHECK(!rig.read(0, kCounter));
  CHECK(!rig.read(1, kCounter));
}

TEST_CASE("a write races with the read or write of another thread, in either order") {
  Rig write_read, read_write, write_write;
  write_read.write(0, kCounter);
  CHECK(write_read.read(1, kCounter));
  read_write.read(0, kCounter);
  CHECK(read_write.write(1, kCounter));
  write_write.write(0, kCounter);
  CHECK(write_write.write(1, kCounter));
}

TEST_CASE("a race says who did what when, and each object is told once") {
  Rig rig;
  rig.read(0, kFlag);
  rig.read(0, kCounter);
  CHECK(rig.write(1, kCounter));
  CHECK(rig.last.object == sim::ObjectId{kCounter});
  CHECK(rig.last.earlier.fiber == sim::FiberId{0});
  CHECK(rig.last.earlier.step == 1);
  CHECK(!rig.last.earlier.is_write);
  CHECK(rig.last.later.fiber == sim::FiberId{1});
  CHECK(rig.last.later.step == 2);
  CHECK(rig.last.later.is_write);
  CHECK(!rig.write(0, kCounter));
  CHECK(rig.write(1, kFlag));
}

TEST_CASE("accesses under one mutex do not race, under different ones they do") {
  Rig rig;
  rig.lock(0, kMutex);
  rig.write(0, kCounter);
  rig.unlock(0, kMutex);
  rig.lock(1, kMutex);
  CHECK(!rig.write(1, kCounter));
  rig.unlock(1, kMutex);
  rig.lock(2, kMutex + 1);
  CHECK(rig.write(2, kCounter));
}

TEST_CASE("what comes after the unlock is not ordered by it, whatever came first") {
  Rig rig;
  rig.lock(0, kMutex);
  rig.unlock(0, kMutex);
  rig.write(0, kCounter);
  rig.lock(1, kMutex);
  CHECK(rig.write(1, kCounter));
}

TEST_CASE("ordering is passed on: a third thread learns from the second") {
  Rig rig;
  rig.write(0, kCounter);
  rig.unlock(0, kMutex);
  rig.lock(1, kMutex);
  rig.unlock(1, kMutex + 1);
  rig.lock(2, kMutex + 1);
  CHECK(!rig.write(2, kCounter));
}

TEST_CASE("a race is not hidden by a later access of the same thread") {
  Rig rig;
  rig.write(0, kCounter);
  rig.read(0, kCounter);
  CHECK(rig.read(1, kCounter));
}

TEST_CASE("an atomic access hides no plain one before it, of the same thread") {
  Rig rig;
  SUBCASE("writes") {
    rig.write(0, kCounter);
    rig.write(0, kCounter, kAtomic);
    CHECK(rig.write(1, kCounter, kAtomic));
    CHECK(rig.last.earlier.step == 0);
  }
  SUBCASE("reads") {
    rig.read(0, kCounter);
    rig.read(0, kCounter, kAtomic);
    CHECK(rig.write(1, kCounter, kAtomic));
    CHECK(rig.last.earlier.step == 0);
  }
}

TEST_CASE("atomic accesses do not race with one another, but with plain ones") {
  Rig rig;
  CHECK(!rig.write(0, kCounter, kAtomic));
  CHECK(!rig.write(1, kCounter, kUpdate));
  CHECK(!rig.read(2, kCounter, kAtomic));
  CHECK(rig.read(3, kCounter));
}

TEST_CASE("an atomic load hands on what was done before the store it reads") {
  Rig rig;
  rig.write(0, kCounter);
  rig.write(0, kFlag, kAtomic);
  rig.read(1, kFlag, kAtomic);
  CHECK(!rig.read(1, kCounter));
}

TEST_CASE("a store learns nothing from the store before it") {
  Rig rig;
  rig.write(0, kCounter);
  rig.write(0, kFlag, kAtomic);
  rig.write(1, kFlag, kAtomic);
  CHECK(rig.read(1, kCounter));
}

TEST_CASE("who reads a store learns nothing of earlier ones; updates hand them on") {
  Rig rig;
  rig.write(0, kCounter);
  rig.write(0, kFlag, kAtomic);
  SUBCASE("a store") {
    rig.write(1, kFlag, kAtomic);
    rig.read(2, kFlag, kAtomic);
    CHECK(rig.read(2, kCounter));
  }
  SUBCASE("an update") {
    rig.write(1, kFlag, kUpdate);
    rig.read(2, kFlag, kAtomic);
    CHECK(!rig.read(2, kCounter));
  }
}

}  // namespace simcheck::test
