// The first posted try: its own number decides, updates still overtake one another.

#include <doctest/doctest.h>

#include "tests/drivers/rig.hpp"

namespace simcheck::test {

using Strings = std::vector<std::string>;

TEST_CASE("mutex-v1: what each section touches") {
  Rig rig("mutex-v1");
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
                "w log 7+1", "r thread 0, r nr_entries, r log mutex", "w log 0+1", "r thread 0",
                "-", "r thread 0"});
}

TEST_CASE("mutex-v1: the request whose number is at the interval updates, with the current count") {
  Rig rig("mutex-v1", {.driver = {.super_update_interval = 2}});
  rig.write(0, 512).write(512, 512).write(1024, 512);
  rig.run("AAABBBCCC");
  rig.finish('A');
  CHECK(rig.log_filled(0, 1, 0));
  rig.finish('B');
  CHECK(rig.superblock().nr_entries == 3);
}

TEST_CASE("mutex-v1: an older superblock can land on a newer one") {
  Rig rig("mutex-v1", {.driver = {.super_update_interval = 1}});
  rig.write(0, 512).write(512, 512);
  rig.run("AAAAA");
  rig.finish('B');
  rig.finish('A');
  CHECK(rig.superblock().nr_entries == 1);
}

}  // namespace simcheck::test
