// The fix under the schedule that breaks `buggy`, what remains broken, and what sections touch.

#include <doctest/doctest.h>

#include "tests/drivers/rig.hpp"

namespace simcheck::test {

using Strings = std::vector<std::string>;

TEST_CASE("fixed: the schedule that tears an entry of buggy does no harm") {
  Rig rig("fixed");
  rig.zeroes(0, 1024).write(8192, 512, 7);
  rig.run("AAABBBBB");
  rig.finish('A');
  CHECK(rig.placements() ==
        Strings{"A entry 1+2 flags 0", "A data 2+2", "B entry 4+1 flags 0", "B data 5+1"});
  CHECK(rig.header_at(4) == logs::EntryHeader{16, 1, 0, 0});
}

TEST_CASE("fixed: an older superblock can land on a newer one") {
  Rig rig("fixed", {.driver = {.super_update_interval = 1}});
  rig.write(0, 512).write(512, 512);
  rig.run("AAAAA");  // superblock(1) submitted
  rig.finish('B');
  CHECK(rig.superblock().nr_entries == 2);
  CHECK(rig.status('B') == "ok");
  rig.finish('A');
  CHECK(rig.superblock().nr_entries == 1);
}

TEST_CASE("fixed: requests can all miss the interval, which they test on the current count") {
  Rig rig("fixed", {.driver = {.super_update_interval = 2}});
  rig.write(0, 512).write(512, 512).write(1024, 512);
  rig.run("AAABBBCCC");
  rig.finish_all();
  CHECK(rig.log_filled(0, 1, 0));
}

TEST_CASE("fixed: what each section touches") {
  Rig rig("fixed");
  rig.write(512, 1024).zeroes(512, 1024).flush().discard(512, 1024);
  CHECK(rig.footprints("AAAAA") ==
        Strings{"-", "w data 1+2", "w cur_log_sector, w nr_entries", "w log 1+3", "r nr_entries"});
  CHECK(rig.footprints("BBBBBBB") == Strings{"-", "w data 1+2", "w cur_log_sector, w nr_entries",
                                             "w log 4+1", "-", "w log 5+2", "r nr_entries"});
  CHECK(rig.footprints("CCCCCCCCC") == Strings{"-", "-", "w cur_log_sector, w nr_entries",
                                               "w log 7+1", "r nr_entries", "w log 0+1", "-", "-",
                                               "-"});
  CHECK(rig.footprints("DDDDD") ==
        Strings{"-", "w data 1+2", "w cur_log_sector, w nr_entries", "w log 8+1", "r nr_entries"});
  CHECK(rig.status('D') == "ok");
}

TEST_CASE("fixed: a superblock at the interval counts what is reserved by then") {
  Rig rig("fixed", {.driver = {.super_update_interval = 2}});
  rig.write(0, 512).write(512, 512).write(1024, 512).write(1536, 512);
  rig.run("AAABBBCCC");
  rig.run("DDD");  // four reserved
  rig.run("A");    // A's header takes effect
  CHECK(rig.footprints("A") == Strings{"r nr_entries"});
  rig.finish('A');
  CHECK(rig.superblock().nr_entries == 4);
}

}  // namespace simcheck::test
