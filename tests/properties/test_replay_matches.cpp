// replay-matches on histories written by hand.

#include <doctest/doctest.h>

#include <utility>

#include "properties/all.hpp"
#include "tests/properties/history_builder.hpp"
#include "tests/properties/stories.hpp"

namespace simcheck::test {
namespace {

std::string replay_matches(const HistoryBuilder& h) {
  return verdict(*properties::make_replay_matches(), h);
}

// A and B, both on disk as A then B, logged the other way round.
HistoryBuilder logged_in_reverse(bool in_flight_together) {
  HistoryBuilder h;
  const auto a = h.write(0, 4096), b = h.write(2048, 4096);
  h.submit(a);
  if (in_flight_together) h.submit(b);
  h.put_data(a).acknowledge(a);
  if (!in_flight_together) h.submit(b);
  return std::move(h.log_properly(b).log_properly(a).put_data(b).acknowledge(b));
}

}  // namespace

TEST_CASE("writes beside and over each other, one after the other") {
  HistoryBuilder h;
  h.run(h.write(0, 8192)).run(h.zeroes(2048, 512)).run(h.write(1024, 4096)).run(h.flush());
  CHECK(replay_matches(h) == "holds");
}

TEST_CASE("content that comes in small pieces") {
  HistoryBuilder h({.run_max = 7});
  h.run(h.write(0, 8192)).run(h.zeroes(2048, 512));
  CHECK(replay_matches(h) == "holds");
}

TEST_CASE("an execution that is not at rest, or lacks a disk, exercises nothing") {
  HistoryBuilder h = the_race();
  h.ending = sim::Ending::kDeadlocked;
  CHECK(replay_matches(h) == "not exercised");
  h.ending = sim::Ending::kFinished;
  sim::History history = h.history();
  history.data = nullptr;
  CHECK(verdict(*properties::make_replay_matches(), history) == "not exercised");
}

TEST_CASE("flushes and discards write nothing to compare") {
  HistoryBuilder h;
  h.run(h.flush()).run(h.discard(0, 4096));
  CHECK(replay_matches(h) == "not exercised");
}

TEST_CASE("the race replays a header over the zeroed blocks") {
  CHECK(replay_matches(the_race()) ==
        "step 8: byte 0 of the data device, written by request A (zeroes 0 4k), differs in the "
        "replayed log, which has it from the entry at log sector 1");
}

TEST_CASE("planted: a driver that logs in another order than it writes") {
  CHECK(replay_matches(logged_in_reverse(false)) ==
        "step 8: byte 2048 of the data device, written by request B (write 2k 4k), differs "
        "in the replayed log, which has it from the entry at log sector 10");
}

TEST_CASE("what requests in flight together share is left out, the rest is not") {
  HistoryBuilder h = logged_in_reverse(true);
  CHECK(replay_matches(h) == "holds");
  h.data_content.fill(0, 1, std::byte{77});
  CHECK(replay_matches(h).starts_with("step 8: byte 0 of the data device, written by request A "));
}

TEST_CASE("planted: a driver that never logs a write") {
  HistoryBuilder h;
  const auto a = h.write(0, 512), b = h.write(256, 1024);
  h.run(a).submit(b).put_data(b).acknowledge(b);
  h.put_data(a);
  CHECK(replay_matches(h) ==
        "step 6: byte 512 of the data device, written by request B (write 256 1k), is in "
        "no entry of the replayed log");
}

TEST_CASE("planted: a driver with the wrong offset in the header") {
  HistoryBuilder h;
  h.run(h.write(512, 512)).put_header(1, {.sector = 0, .nr_sectors = 1});
  CHECK(replay_matches(h) ==
        "step 4: byte 0 of the data device, written by no request, differs in the replayed log, "
        "which has it from the entry at log sector 1");
}

TEST_CASE("discarded ranges are left out") {
  HistoryBuilder h;
  h.run(h.write(0, 4096)).run(h.discard(1024, 1024));
  h.data_content.fill(1024, 1024, std::byte{77});
  CHECK(replay_matches(h) == "holds");
  h.data_content.fill(2048, 1, std::byte{77});
  CHECK(replay_matches(h).starts_with("step 7: byte 2048 "));
}

TEST_CASE("ranges of requests that failed are left out") {
  HistoryBuilder h;
  const auto a = h.write(0, 4096), b = h.zeroes(1024, 1024);
  h.run(a).submit(b).put_data(b).place(b, 10).acknowledge(b, sim::IoStatus::kIoError);
  CHECK(replay_matches(h) == "holds");
}

TEST_CASE("a replay ends at what cannot be an entry") {
  HistoryBuilder h;
  const auto a = h.flush(), b = h.write(0, 512);
  h.run(a).run(b).put_header(1, {.flags = 32});
  CHECK(replay_matches(h) ==
        "step 7: byte 0 of the data device, written by request B (write 0 512), is in no "
        "entry of the replayed log");
  h.put_header(1, {.sector = UINT64_MAX, .nr_sectors = 1});
  CHECK(replay_matches(h).ends_with("is in no entry of the replayed log"));
}

TEST_CASE("who was in flight with whom is observed") {
  const auto observes = properties::make_replay_matches()->observes().orders.front();
  CHECK(observes.reads == 1U << static_cast<unsigned>(sim::EventKind::kSubmitted));
  CHECK(observes.writes == 1U << static_cast<unsigned>(sim::EventKind::kAcknowledged));
}

}  // namespace simcheck::test
