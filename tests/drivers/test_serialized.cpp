// The merged driver: one update at a time, the early return, the queue, and what sections touch.

#include <doctest/doctest.h>

#include "tests/drivers/rig.hpp"

namespace simcheck::test {

using Strings = std::vector<std::string>;

TEST_CASE("serialized: what each section touches") {
  Rig rig("serialized");
  rig.write(512, 1024).zeroes(512, 1024).flush();
  CHECK(rig.footprints("AAAAA") ==
        Strings{"r thread 0", "w data 1+2",
                "r thread 0, w cur_log_sector, w nr_entries, r log mutex", "w log 1+3",
                "r thread 0"});
  CHECK(rig.footprints("BBBBBBB") ==
        Strings{"r thread 0", "w data 1+2",
                "r thread 0, w cur_log_sector, w nr_entries, r log mutex", "w log 4+1",
                "r thread 0", "w log 5+2", "r thread 0"});
  CHECK(rig.footprints("CCCCCCCCC") ==
        Strings{"r thread 0", "-", "r thread 0, w cur_log_sector, w nr_entries, r log mutex",
                "w log 7+1", "r thread 0, w super_update_seq, r nr_entries, r log mutex",
                "w log 0+1", "r thread 0", "-",
                "r thread 0, w super_update_seq, w super_update_queue, r log mutex"});
}

TEST_CASE("serialized: an update in progress makes a later request wait, and wakes it") {
  Rig rig("serialized");
  rig.flush().flush();
  rig.run("AAAABBBB");
  rig.run("A");  // holds the slot
  CHECK(rig.footprints("B") ==
        Strings{"r thread 0, r super_update_seq, w super_update_queue, r log mutex"});
  CHECK_FALSE(rig.enabled('B'));
  rig.run("AAAA");
  CHECK(rig.status('A') == "ok");
  CHECK(rig.enabled('B'));
  rig.finish('B');
  CHECK(rig.status('B') == "ok");
}

TEST_CASE("serialized: a request returns early when a later one's update is in progress") {
  Rig rig("serialized", {.driver = {.super_update_interval = 2}});
  rig.flush().write(0, 512);
  rig.run("AAABBB");  // the flush is entry 1, the write entry 2
  rig.run("BB");      // the write's header is done and it takes the slot
  rig.run("A");
  CHECK(rig.footprints("A") == Strings{"r thread 0, r super_update_seq, r log mutex"});
  CHECK(rig.status('A') == "ok");
  CHECK(rig.log_filled(0, 1, 0));  // acknowledged, and no superblock counts it yet
}

// A holds the slot; B waits, then C. When A is done, D takes the slot before B runs, so B has to
// wait again: in front of C, whom it would otherwise have to let pass.
TEST_CASE("serialized: who has to wait again waits in front") {
  Rig rig("serialized");
  rig.flush().flush().flush().flush();
  rig.run("AAADDDBBBCCC");  // D is entry 2, B entry 3
  rig.run("ABCD");
  rig.run("ABC");
  CHECK_FALSE(rig.enabled('B'));
  CHECK_FALSE(rig.enabled('C'));
  rig.run("AAAA");
  CHECK(rig.status('A') == "ok");
  rig.run("D");
  rig.run("B");
  CHECK_FALSE(rig.enabled('B'));
  rig.run("DDDD");
  CHECK(rig.status('D') == "ok");
  CHECK(rig.enabled('B'));
  CHECK_FALSE(rig.enabled('C'));
  rig.finish_all();
  CHECK(rig.status('C') == "ok");
}

TEST_CASE("serialized: superblocks cannot overtake one another") {
  Rig rig("serialized", {.driver = {.super_update_interval = 1}});
  rig.write(0, 512).write(512, 512);
  rig.run("AAAAA");
  rig.finish('B');
  CHECK(rig.status('B') == "-");  // waits
  rig.finish('A');
  CHECK(rig.superblock().nr_entries == 1);
  rig.finish('B');
  CHECK(rig.superblock().nr_entries == 2);
}

TEST_CASE("serialized: a failed update gives the slot back") {
  for (const int failing : {2, 3}) {  // the superblock; the flush of the log
    Rig rig("serialized", {.failing_log_request = failing});
    rig.flush().flush();
    rig.finish('A');
    CHECK(rig.status('A') == "EIO");
    rig.finish('B');
    CHECK(rig.status('B') == "ok");
    CHECK(rig.superblock().nr_entries == 2);
  }
}

TEST_CASE("serialized: a failed update wakes who waits") {
  Rig rig("serialized", {.failing_log_request = 4});
  rig.flush().flush();
  rig.run("AAAABBBB");  // requests 1 and 2 to the log are the headers
  rig.run("AB");        // 3 is A's superblock; B waits
  rig.finish('A');      // 4 is A's flush
  CHECK(rig.status('A') == "EIO");
  rig.finish('B');
  CHECK(rig.status('B') == "ok");
}

}  // namespace simcheck::test
