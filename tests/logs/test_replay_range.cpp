// Where a replay begins, ends and stops.
#include "logs/replay_range.hpp"

#include <doctest/doctest.h>

#include "tests/logs/judged.hpp"

namespace simcheck::logs {
namespace {

// 0 write, 1 mark a, 2 FLUSH, 3 FUA write, 4 mark a, 5 FLUSH and write, 6 discard, 7 FUA, 8 mark b
ImageWriter marked_log() {
  ImageWriter writer;
  writer.append_write(8, test::pattern(1024, 1));
  writer.append_mark("a");
  writer.append_flush();
  writer.append_write(2, test::pattern(512, 1), kFlagFua);
  writer.append_mark("a");
  writer.append_write(3, test::pattern(512, 1), kFlagFlush);
  writer.append_discard(100, 50);
  writer.append_write(4, test::pattern(512, 1), kFlagFua);
  writer.append_mark("b");
  return writer;
}

Result<ReplayRange> found(const ReplayWish& wish, const StopsWanted& wanted = {},
                          const ImageWriter& writer = marked_log()) {
  const std::vector<std::byte> bytes = writer.bytes();
  const MemorySource source(bytes);
  return find_range(source, *read_superblock(source), wish, wanted);
}
ReplayRange range(const ReplayWish& wish, const StopsWanted& wanted = {}) {
  return std::get<ReplayRange>(found(wish, wanted));
}
std::string error(const ReplayWish& wish) { return std::get<Error>(found(wish)).message; }

std::vector<std::uint64_t> stops(const ReplayWish& wish, const StopsWanted& wanted) {
  std::vector<std::uint64_t> entries;
  for (const Stop& stop : range(wish, wanted).stops) entries.push_back(stop.entry);
  return entries;
}
using Entries = std::vector<std::uint64_t>;

TEST_CASE("each end includes the entry that it names") {
  CHECK(range({}).end == 9);
  CHECK(range({.to = 4}).end == 5);
  CHECK(range({.limit = 4}).end == 4);
  CHECK(range({.from = 2, .limit = 4}).end == 6);
  CHECK(range({.to_mark = "a"}).end == 2);
  CHECK(range({.from = 2, .to_mark = "a"}).end == 5);
  CHECK(range({.to_mark = "b"}).end == 9);
  CHECK(range({.to_flush = 1}).end == 3);
  CHECK(range({.to_flush = 2}).end == 6);
  CHECK(range({.to_fua = 2}).end == 8);
  CHECK(range({.to = 6, .to_flush = 2, .to_fua = 2}).end == 6);
  CHECK(range({.to = 0, .to_flush = 2}).end == 1);
  CHECK(range({.from = 9}).end == 9);
}

TEST_CASE("what is not there, and ranges of nothing") {
  CHECK(error({.to = 9}) == "there is no entry 9, the log has 0 to 8");
  CHECK(error({.from = 10}) == "there is no entry 10, the log has 0 to 8");
  CHECK(error({.to_flush = 3}) == "the log has 2 entries with FLUSH");
  CHECK(error({.to_fua = 9}) == "the log has 2 entries with FUA");
  CHECK(error({.to_mark = "c"}) == "no mark 'c' from entry 0 on; the log has 3 marks");
  CHECK(error({.from = 5, .to_mark = "a"}) == "no mark 'a' from entry 5 on; the log has 3 marks");
  CHECK(error({.from = 4, .to_flush = 1}) ==
        "nothing to do: entry 4 is to be the first and entry 2 the last");
  CHECK(std::get<Error>(found({.to = 0}, {}, ImageWriter())).message == "the log has no entries");
  CHECK(std::get<ReplayRange>(found({}, {}, ImageWriter())).end == 0);
}

TEST_CASE("what is not there may lie behind the count") {
  ImageWriter lagging = marked_log();
  lagging.super().nr_entries = 7;
  const auto message = [&](const ReplayWish& wish) {
    return std::get<Error>(found(wish, {}, lagging)).message;
  };
  const std::string behind =
      "; 2 entries parse behind the count, `simcheck log salvage` takes them up";
  CHECK(message({.to = 8}) == "there is no entry 8, the log has 0 to 6" + behind);
  CHECK(message({.to_fua = 2}) == "the log has 1 entry with FUA" + behind);
  CHECK(test::contains(message({.to_mark = "c"}), "the log has 2 marks" + behind));
}

TEST_CASE("how long a target has to be is that of the range") {
  CHECK(range({}).reach_bytes == 150 * 512);
  CHECK(range({}).reach_entry == 6);
  CHECK(range({.to = 5}).reach_bytes == 10 * 512);
  CHECK(range({.from = 1, .to = 5}).reach_bytes == 4 * 512);
  CHECK(range({.from = 1, .to = 2}).reach_bytes == 0);
}

TEST_CASE("stops") {
  CHECK(stops({}, {.flush = true}) == Entries{2, 5});
  CHECK(stops({}, {.fua = true}) == Entries{3, 7});
  CHECK(stops({}, {.flush = true, .fua = true, .mark = true}) == Entries{1, 2, 3, 4, 5, 7, 8});
  CHECK(stops({.from = 3, .to = 7}, {.flush = true, .mark = true}) == Entries{4, 5});
  CHECK(stops({.from = 1}, {.every = 3}) == Entries{3, 6});
  CHECK(stops({.to_fua = 1}, {.mark = true}) == Entries{1});
  CHECK(range({}, {.mark = true}).stops.back().mark == "b");
}

TEST_CASE("a log that cannot be followed ends there") {
  ImageWriter broken = marked_log();
  broken.put_header(4, {0, 0, 64, 0});  // entry 1, behind entry 0 and its two sectors
  const auto result = std::get<ReplayRange>(found({.to_flush = 2}, {}, broken));
  CHECK(result.end == 1);
  CHECK(result.unreadable_from == 1);
  CHECK(!std::get<ReplayRange>(found({.to = 0}, {}, broken)).unreadable_from);
}

TEST_CASE("blank headers count as entries") {
  ImageWriter writer;
  for (int i = 0; i < 7; ++i) writer.append_header({});
  writer.append_flush();
  const auto result = std::get<ReplayRange>(found({.from = 1}, {.every = 2}, writer));
  CHECK(result.end == 8);
  REQUIRE(result.stops.size() == 3);
  CHECK(result.stops[2].entry == 6);
  CHECK(std::get<ReplayRange>(found({.to = 3}, {}, writer)).end == 4);
}

}  // namespace
}  // namespace simcheck::logs
