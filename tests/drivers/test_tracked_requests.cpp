// Who waits for whom in the block layer. Each fiber is one request that yields once while it is in
// flight, so its schedule is: enter (or wait), leave.

#include <doctest/doctest.h>

#include "drivers/tracked_requests.hpp"
#include "tests/drivers/rig.hpp"

namespace simcheck::test {

using drivers::TrackedRequests;
using Kind = TrackedRequests::Kind;
using Strings = std::vector<std::string>;

namespace {

struct Tracked : Rig {
  Tracked() : Rig("fixed"), requests(world.make<TrackedRequests>(world)) {}

  Tracked& add(Kind kind, std::uint64_t begin, std::uint64_t end) {
    request([=, this](sim::BlockDevice&) {
      TrackedRequests::Request request(requests, kind, begin, end);
      request.wait_for_overlapping();
      world.yield();
      return sim::IoStatus::kOk;
    });
    return *this;
  }
  Tracked& plain(std::uint64_t begin, std::uint64_t end) { return add(Kind::kPlain, begin, end); }
  Tracked& padded(std::uint64_t begin, std::uint64_t end) {
    return add(Kind::kSerialising, begin, end);
  }

  TrackedRequests& requests;
};

}  // namespace

TEST_CASE("tracked requests: plain ones overlap freely, and their coming and going commutes") {
  Tracked rig;
  rig.plain(0, 1024).plain(512, 1536);
  CHECK(rig.footprints("AB") ==
        Strings{"a plain requests in flight 0+2, r padded requests in flight 0+2",
                "a plain requests in flight 1+2, r padded requests in flight 1+2"});
  CHECK(rig.footprints("AB") ==
        Strings{"a plain requests in flight 0+2", "a plain requests in flight 1+2"});
}

TEST_CASE("tracked requests: a padded one waits for a plain one, and the other way round") {
  Tracked rig;
  rig.plain(0, 512).padded(0, 512).plain(100, 200);
  rig.run("AB");
  CHECK_FALSE(rig.enabled('B'));
  rig.run("A");
  CHECK(rig.footprints("B") == Strings{"r enabling, r plain requests in flight 0+1, "
                                       "w padded requests in flight 0+1"});
  rig.run("C");
  CHECK_FALSE(rig.enabled('C'));
  CHECK(rig.stuck().back() == "C: padded requests in flight");
  rig.run("BCC");
  CHECK(rig.status('C') == "ok");
}

TEST_CASE("tracked requests: what does not overlap does not wait") {
  Tracked rig;
  rig.padded(0, 512).padded(512, 1024).plain(1024, 2048);
  rig.run("ABCABC");
  CHECK(rig.world.unfinished() == 0);
}

TEST_CASE("tracked requests: nobody waits for one that waits, which then waits for them") {
  Tracked rig;
  rig.padded(0, 512).padded(0, 1024).plain(512, 1024);
  rig.run("AB");  // B waits for A
  rig.run("C");   // C overlaps B alone, and goes ahead
  CHECK(rig.enabled('C'));
  rig.run("AB");  // A is done, B finds C
  CHECK_FALSE(rig.enabled('B'));
  rig.run("CBB");
  CHECK(rig.world.unfinished() == 0);
}

TEST_CASE("tracked requests: one woken but not yet running counts as waiting") {
  Tracked rig;
  rig.padded(0, 512).padded(0, 512).padded(0, 512);
  rig.run("ABA");  // B is woken
  rig.run("C");    // C does not wait for it
  CHECK(rig.enabled('C'));
  rig.run("B");
  CHECK_FALSE(rig.enabled('B'));
  rig.run("CBB");
  CHECK(rig.world.unfinished() == 0);
}

TEST_CASE("tracked requests: whom one waits for first does not depend on who came first") {
  for (const char* arrivals : {"AB", "BA"}) {
    Tracked rig;
    rig.plain(0, 512).plain(512, 1024).padded(0, 1024);
    rig.run(arrivals);
    rig.run("CB");
    CHECK_FALSE(rig.enabled('C'));  // C waits for A
    rig.run("ACC");
    CHECK(rig.world.unfinished() == 0);
  }
}

TEST_CASE("tracked requests: a cancelled wait leaves nothing behind") {
  Tracked rig;
  rig.padded(0, 512).padded(0, 512);
  rig.run("AB");  // and the rig's end cancels both
}

}  // namespace simcheck::test
