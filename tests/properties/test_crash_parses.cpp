// crash-parses on histories written by hand: what the devices hold is what was found after the cut.

#include <doctest/doctest.h>

#include <string>

#include "properties/all.hpp"
#include "tests/properties/history_builder.hpp"

namespace simcheck::test {
namespace {

std::string crash_parses(const sim::History& history) {
  const auto judgement = properties::make_crash_parses()->judge_crash(history);
  if (judgement.violation) return judgement.violation->reason;
  return judgement.exercised ? "holds" : "not exercised";
}

std::string crash_parses(const HistoryBuilder& h) { return crash_parses(h.history()); }

// What lies in sector 0 of the log.
void put_super(HistoryBuilder& h, logs::Superblock super) {
  std::byte* const at = h.log_content.bytes.data();
  logs::encode(super, std::span<std::byte, logs::kSuperblockBytes>(at, logs::kSuperblockBytes));
}

void put_count(HistoryBuilder& h, std::uint64_t entries) {
  put_super(h, logs::Superblock{.nr_entries = entries});
}

// A (write 0 4k), then B (flush), both acknowledged and logged.
HistoryBuilder write_then_flush() {
  HistoryBuilder h;
  h.run(h.write(0, 4096)).run(h.flush());
  put_count(h, 2);
  return h;
}

}  // namespace

TEST_CASE("the log reaches what a flush promised") {
  CHECK(crash_parses(write_then_flush()) == "holds");
}

TEST_CASE("nothing is counted and nothing was promised") {
  HistoryBuilder h;
  CHECK(crash_parses(h) == "not exercised");
  h.run(h.write(0, 4096));
  CHECK(crash_parses(h) == "not exercised");
  put_count(h, 0);
  CHECK(crash_parses(h) == "not exercised");
  put_count(h, 1);
  CHECK(crash_parses(h) == "holds");
}

TEST_CASE("an execution without a cut, or without a log, exercises nothing") {
  const HistoryBuilder h = write_then_flush();
  CHECK(verdict(*properties::make_crash_parses(), h) == "not exercised");
  sim::History history = h.history();
  history.log = nullptr;
  CHECK(crash_parses(history) == "not exercised");
}

TEST_CASE("entries behind the count, and those of requests in flight, may be there or not") {
  HistoryBuilder h;
  const auto a = h.write(0, 4096), b = h.write(8192, 4096);
  h.submit(a).submit(b).log_properly(a).log_properly(b);
  put_count(h, 1);
  CHECK(crash_parses(h) == "holds");
  put_count(h, 2);
  CHECK(crash_parses(h) == "holds");
}

TEST_CASE("a hole where an entry is counted") {
  HistoryBuilder h = write_then_flush();
  h.put_header(10, {});
  CHECK(crash_parses(h) ==
        "after the power cut the superblock counts 2 entries, but the 2nd, at log sector 10, is a "
        "hole: its header is all zeroes");
}

TEST_CASE("an entry whose data is torn") {
  HistoryBuilder h = write_then_flush();
  h.log_content.fill(std::uint64_t{9} * 512, 512, std::byte{0});
  CHECK(crash_parses(h) ==
        "after the power cut the superblock counts 2 entries, but the 1st, at log sector 1, is "
        "request A (write 0 4k) without its data at log sectors 2..9");
}

TEST_CASE("an entry a second time, or of nothing that was issued") {
  HistoryBuilder h = write_then_flush();
  put_count(h, 3);
  h.put_entry(sim::RequestId{1}, 11);
  CHECK(crash_parses(h).ends_with("the 3rd, at log sector 11, is request B (flush) a second time"));
  h.put_header(11, {.sector = 77, .nr_sectors = 1});
  CHECK(crash_parses(h).ends_with("the 3rd, at log sector 11, is no request that was ever issued"));
}

TEST_CASE("what was not submitted yet cannot be there") {
  HistoryBuilder h;
  h.run(h.write(0, 4096));
  h.put_entry(h.flush(), 10);
  put_count(h, 2);
  CHECK(crash_parses(h).find("the 2nd, at log sector 10, is request B (flush) without") !=
        std::string::npos);
}

TEST_CASE("a superblock of another format, version or sector size") {
  for (const logs::Superblock& super :
       {logs::Superblock{.magic = 1}, logs::Superblock{.version = 9},
        logs::Superblock{.nr_entries = 2, .sector_size = 4096}}) {
    HistoryBuilder h = write_then_flush();
    put_super(h, super);
    CHECK(crash_parses(h) ==
          "after the power cut the superblock is neither empty nor one of this format");
  }
}

TEST_CASE("a promise that the count misses") {
  HistoryBuilder h = write_then_flush();
  put_count(h, 0);
  CHECK(crash_parses(h) ==
        "after the power cut request A (write 0 4k) was acknowledged before request B (flush) was "
        "submitted, which was acknowledged too, but the log does not reach it");
}

TEST_CASE("no promise: the flush failed, came too early, or was not acknowledged") {
  HistoryBuilder failed;
  failed.run(failed.write(0, 4096));
  const auto f = failed.flush();
  failed.submit(f).acknowledge(f, sim::IoStatus::kIoError);
  CHECK(crash_parses(failed) == "not exercised");
  HistoryBuilder early;
  const auto w = early.write(0, 4096), g = early.flush();
  early.submit(w).submit(g).acknowledge(w).acknowledge(g);
  CHECK(crash_parses(early) == "not exercised");
  HistoryBuilder cut;
  cut.run(cut.write(0, 4096)).submit(cut.flush());
  CHECK(crash_parses(cut) == "not exercised");
}

namespace {

// An older log of one entry (discard 512 512) lay there from the start, durable.
void put_older(HistoryBuilder& h) {
  h.put_header(1, {.sector = 1, .nr_sectors = 1, .flags = logs::kFlagDiscard});
  put_count(h, 1);
  MemoryContent& log = h.log_content;
  log.watched = true;
  log.version_bytes.assign(log.bytes.begin(), log.bytes.begin() + 1024);
  log.versions.push_back({.begin = 0, .end = 1024, .bytes = 0, .fill = {}, .effect = 0});
  log.writes.push_back(
      {.fua = true, .length = 1024, .submitted = 0, .took_effect = 0, .completed = 0});
}

}  // namespace

TEST_CASE("an older log may be there as long as all of it is, unless more was promised") {
  HistoryBuilder h;
  put_older(h);
  CHECK(crash_parses(h) == "holds");
  const auto a = h.flush();
  h.submit(a).put_entry(a, 1);
  CHECK(crash_parses(h) ==
        "after the power cut the superblock is that of the older log and counts 1 entry, but at "
        "log sector 1 the 1st of these was written over");
  HistoryBuilder promised;
  put_older(promised);
  const auto b = promised.discard(0, 512), c = promised.flush();
  promised.submit(b).acknowledge(b).submit(c).acknowledge(c);
  CHECK(crash_parses(promised).ends_with("the log does not reach it"));
}

TEST_CASE("a log that is appended to: the older entries are not looked at") {
  const HistoryBuilder h = write_then_flush();
  HistoryBuilder later;
  later.run(later.write(0, 4096)).run(later.flush());
  later.log_content.fill(0, 128 * 1024UL, std::byte{0});
  later.put_entry(sim::RequestId{0}, 21).put_entry(sim::RequestId{1}, 30);
  put_count(later, 6);
  sim::History history = later.history();
  history.first_log_sector = 21;
  history.log_entries_before = 4;
  CHECK(crash_parses(history) == "holds");
  put_count(later, 4);
  CHECK(crash_parses(history).ends_with("the log does not reach it"));
}

}  // namespace simcheck::test
