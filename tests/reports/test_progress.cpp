// One line of progress.
#include <doctest/doctest.h>

#include "reports/plain_text.hpp"
#include "reports/progress.hpp"

namespace simcheck::test {
namespace {

const model::Progress kMidway = {.workloads_done = 37,
                                 .workloads_total = 1209,
                                 .workload = "zeroes 0 4k, write 8k 4k",
                                 .counts = {.executions = 1234567},
                                 .seconds = 65.4};

}  // namespace

TEST_CASE("a progress line") {
  CHECK(reports::progress_line(kMidway, 100) ==
        "37/1,209 workloads  1,234,567 executions  19k/s  1:05  zeroes 0 4k, write 8k 4k");
}

TEST_CASE("the share that is done and the time that is left, as guesses") {
  model::Progress progress = kMidway;
  progress.share = 0.25;
  CHECK(reports::progress_line(progress, 87) ==
        "37/1,209 workloads  ~25 %  1,234,567 executions  19k/s  1:05 (~3:16 left)  zeroes 0 4..");
  progress.share_before = 0.2;
  progress.executions_before = 1'000'000;
  CHECK(reports::progress_line(progress, 75) ==
        "37/1,209 workloads  ~25 %  1,234,567 executions  3.6k/s  1:05 (~16:21 left)");
  progress.seconds_max = 120;
  CHECK(reports::progress_line(progress, 75).ends_with("1:05 (~0:54 left)"));
  progress.share = 0.00001;
  progress.seconds_max = 0;
  CHECK(reports::progress_line(progress, 60).ends_with("3.6k/s  1:05"));
  progress.share = 2;  // a guess may be anything
  for (std::size_t width = 1; width < 100; ++width) {
    CHECK(reports::columns(reports::progress_line(progress, width)) <= width);
  }
}

TEST_CASE("what does not fit is left out from the end") {
  CHECK(reports::progress_line(kMidway, 72) ==
        "37/1,209 workloads  1,234,567 executions  19k/s  1:05  zeroes 0 4k, wr..");
  CHECK(reports::progress_line(kMidway, 60) ==
        "37/1,209 workloads  1,234,567 executions  19k/s  1:05");
  for (std::size_t width = 1; width < 100; ++width) {
    CHECK(reports::columns(reports::progress_line(kMidway, width)) <= width);
  }
}

TEST_CASE("rates and clocks of all sizes") {
  model::Progress progress = kMidway;
  progress.workload = "bad\r\x1b[2K";
  progress.seconds = 0;
  CHECK(reports::progress_line(progress) ==
        "37/1,209 workloads  1,234,567 executions  0/s  0:00  bad\\x0d\\x1b[2K");
  progress.seconds = 1;
  CHECK(reports::progress_line(progress, 56).ends_with("1.2M/s  0:01"));
  progress.seconds = 3661;
  CHECK(reports::progress_line(progress, 60).ends_with("337/s  1:01:01"));
}

}  // namespace simcheck::test
