// log-parses on histories written by hand.

#include <doctest/doctest.h>

#include <string>

#include "properties/all.hpp"
#include "tests/properties/history_builder.hpp"
#include "tests/properties/stories.hpp"

namespace simcheck::test {
namespace {

std::string log_parses(const HistoryBuilder& h) {
  return verdict(*properties::make_log_parses(), h);
}

}  // namespace

TEST_CASE("every kind of request, logged properly") {
  HistoryBuilder h;
  h.run(h.write(0, 4096)).run(h.zeroes(4096, 512)).run(h.discard(0, 8192)).run(h.flush());
  h.run(h.add({.kind = sim::IoKind::kWrite, .length = 512, .fill = std::byte{9}, .fua = true}));
  CHECK(log_parses(h) == "holds");
}

TEST_CASE("content that comes in small pieces") {
  HistoryBuilder h({.run_max = 7});
  h.run(h.write(0, 4096)).run(h.zeroes(8192, 4096));
  CHECK(log_parses(h) == "holds");
}

TEST_CASE("log sectors other than 512 bytes") {
  HistoryBuilder h({.sector = 4096});
  h.run(h.write(8192, 8192)).run(h.zeroes(0, 4096));
  CHECK(log_parses(h) == "holds");
}

TEST_CASE("an execution that is not at rest, or has no log, exercises nothing") {
  HistoryBuilder h = the_race();
  h.ending = sim::Ending::kDeadlocked;
  CHECK(log_parses(h) == "not exercised");
  h.ending = sim::Ending::kFinished;
  sim::History history = h.history();
  history.log = nullptr;
  CHECK(verdict(*properties::make_log_parses(), history) == "not exercised");
}

TEST_CASE("reads leave nothing to parse") {
  HistoryBuilder h;
  const auto a = h.add({.kind = sim::IoKind::kRead, .length = 512});
  h.submit(a).acknowledge(a);
  CHECK(log_parses(h) == "not exercised");
}

TEST_CASE("the race leaves a header where zeroes should be") {
  CHECK(log_parses(the_race()) ==
        "step 8: entry 1 of 2, read at log sector 1, is request A (zeroes 0 4k), but its data is "
        "not at log sectors 2..9");
}

TEST_CASE("alike requests may stand for each other, but only once each") {
  HistoryBuilder h;
  const auto a = h.flush(), b = h.flush();
  h.submit(a).submit(b).log_properly(b).log_properly(a).acknowledge(a).acknowledge(b);
  CHECK(log_parses(h) == "holds");
  h.log_properly(a);
  CHECK(log_parses(h) ==
        "step 7: entry 3 of 3, read at log sector 3, is request A (flush) a second time");
}

TEST_CASE("requests with one header are told apart by their data") {
  HistoryBuilder h;
  const auto a = h.write(0, 512), b = h.write(0, 512);
  h.submit(a).submit(b).log_properly(b).log_properly(a).acknowledge(a).acknowledge(b);
  CHECK(log_parses(h) == "holds");
  h.put_entry(a, 1);  // now both entries are A's
  CHECK(log_parses(h) ==
        "step 8: entry 2 of 2, read at log sector 3, is request B (write 0 512), but its data is "
        "not at log sector 4");
}

TEST_CASE("planted: a driver that acknowledges and forgets to log") {
  HistoryBuilder h;
  const auto a = h.write(0, 512), b = h.flush();
  h.run(a).submit(b).acknowledge(b);
  CHECK(log_parses(h) ==
        "step 6: request B (flush) was acknowledged, but the log holds no entry of it");
}

TEST_CASE("planted: a driver that acknowledges before it writes the header") {
  HistoryBuilder h;
  const auto a = h.write(0, 512), b = h.flush();
  h.run(a).submit(b).place(b, 3).acknowledge(b);
  CHECK(log_parses(h) == "step 7: entry 2 of 2, read at log sector 3, is all zeroes");
}

TEST_CASE("planted: a driver with the wrong flags") {
  HistoryBuilder h;
  const auto a = h.write(1024, 512);
  h.run(a).put_header(1, {.sector = 2, .nr_sectors = 1, .flags = logs::kFlagMetadata});
  CHECK(log_parses(h) ==
        "step 4: entry 1 of 1, read at log sector 1, is no acknowledged request: sector 2, "
        "nr_sectors 1, flags METADATA");
}

TEST_CASE("no header of any bytes leads outside of the log") {
  HistoryBuilder h;
  const auto a = h.write(0, 512);
  for (const std::uint64_t nr_sectors : {std::uint64_t{255}, std::uint64_t{1} << 55, UINT64_MAX}) {
    HistoryBuilder bad = h;
    bad.run(a).put_header(1, {.nr_sectors = nr_sectors});
    CHECK(log_parses(bad) ==
          "step 4: entry 1 of 1, read at log sector 1, is no acknowledged request: "
          "sector 0, nr_sectors " +
              std::to_string(nr_sectors) + ", flags -");
  }
}

TEST_CASE("the log's end is an end of parsing") {
  HistoryBuilder h({.log = 1024});
  const auto a = h.flush(), b = h.flush();
  h.run(a).submit(b).place(b, 2).acknowledge(b);
  CHECK(log_parses(h) == "step 6: entry 2 of 2, read at log sector 2, is all zeroes");
}

TEST_CASE("requests that failed may be in the log, half in it, or missing") {
  HistoryBuilder h;
  const auto a = h.write(0, 512), b = h.zeroes(512, 4096), c = h.flush(), d = h.flush();
  h.submit(a).place(a, 1).acknowledge(a, sim::IoStatus::kIoError);  // a hole
  h.submit(b).place(b, 3).put_entry(b, 3).acknowledge(b, sim::IoStatus::kNoSpace);
  h.run(c).submit(d).acknowledge(d, sim::IoStatus::kIoError);
  CHECK(log_parses(h) == "holds");
}

}  // namespace simcheck::test
