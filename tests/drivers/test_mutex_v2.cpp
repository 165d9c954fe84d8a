// The second posted try: it works until two superblock updates meet.

#include <doctest/doctest.h>

#include "tests/drivers/rig.hpp"

namespace simcheck::test {

using Strings = std::vector<std::string>;

TEST_CASE("mutex-v2: a second update stops the thread that would finish the first") {
  Rig rig("mutex-v2");
  rig.flush().flush();
  rig.run("AAAABBBB");  // both headers are written
  rig.run("A");         // A has submitted its superblock
  CHECK(rig.footprints("B") ==
        Strings{"w thread 0, r super_update_seq, w super_updated, r log mutex"});
  rig.finish_all();  // A's superblock still reaches the disk, but A is never resumed
  CHECK(rig.superblock().nr_entries == 2);
  CHECK(rig.world.enabled() == 0);
  CHECK(rig.status('A') == "-");
  CHECK(rig.stuck() ==
        Strings{"A: its thread, which B stopped", "B: condition variable super_updated"});
}

TEST_CASE("mutex-v2: an older request leaves the update to a newer one in progress") {
  Rig rig("mutex-v2");
  rig.flush().flush();
  rig.run("AAAABBBB");
  rig.run("B");
  rig.finish('A');
  CHECK(rig.status('A') == "ok");
  CHECK(rig.log_filled(0, 1, 0));  // acknowledged before any superblock
  rig.finish_all();
  CHECK(rig.superblock().nr_entries == 2);
}

}  // namespace simcheck::test
