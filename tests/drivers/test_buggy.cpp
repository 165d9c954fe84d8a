// The race, step by step, and what each section of the old driver touches.

#include <doctest/doctest.h>

#include "tests/drivers/rig.hpp"

namespace simcheck::test {

using Strings = std::vector<std::string>;

// DOMAIN: the zero-write's header goes to s, another request takes s+1, the zeroes land behind it.
TEST_CASE("buggy: a write in the window between header and zeroes tears the entry") {
  Rig rig("buggy");
  rig.zeroes(0, 1024).write(8192, 512, 7);
  rig.run("AAA");    // A has submitted its header, for sector 1
  rig.run("BBBBB");  // B takes sectors 2 and 3, start to end
  rig.finish('A');   // and A's zeroes go to sectors 4 and 5
  CHECK(rig.placements() ==
        Strings{"A entry 1+2 flags 0", "B entry 2+1 flags 0", "B data 3+1", "A data 4+2"});
  CHECK(rig.header_at(1) == logs::EntryHeader{0, 2, 0, 0});
  CHECK(rig.header_at(2) == logs::EntryHeader{16, 1, 0, 0});  // where A's zeroes belong
  CHECK(rig.log_filled(3, 1, 7));
  CHECK(rig.status('A') == "ok");
  CHECK(rig.status('B') == "ok");
}

TEST_CASE("buggy: the window closes when the header is done, not before") {
  Rig rig("buggy");
  rig.zeroes(0, 1024).write(8192, 512, 7);
  rig.run("AAAAA");  // A has its header behind it, and its zeroes in flight
  rig.finish('B');
  rig.finish('A');
  CHECK(rig.placements() ==
        Strings{"A entry 1+2 flags 0", "A data 2+2", "B entry 4+1 flags 0", "B data 5+1"});
}

TEST_CASE("buggy: what each section of a write touches") {
  Rig rig("buggy");
  rig.write(512, 1024);
  CHECK(rig.footprints("AAAAA") ==
        Strings{"-", "w data 1+2", "w cur_log_sector, w nr_entries", "w log 1+3", "r nr_entries"});
  CHECK(rig.status('A') == "ok");
}

TEST_CASE("buggy: what each section of a write-zeroes touches") {
  Rig rig("buggy");
  rig.zeroes(512, 1024);
  CHECK(rig.footprints("AAAAAAA") == Strings{"-", "w data 1+2", "w cur_log_sector, w nr_entries",
                                             "w log 1+1", "w cur_log_sector", "w log 2+2",
                                             "r nr_entries"});
  CHECK(rig.status('A') == "ok");
}

TEST_CASE("buggy: what each section of a flush touches") {
  Rig rig("buggy");
  rig.flush();
  CHECK(rig.footprints("AAAAAAAAA") == Strings{"-", "-", "w cur_log_sector, w nr_entries",
                                               "w log 1+1", "r nr_entries", "w log 0+1", "-", "-",
                                               "-"});
  CHECK(rig.status('A') == "ok");
}

}  // namespace simcheck::test
