// Searches, figures, and listings of chosen entries.
#include "logs/find.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "logs/dump.hpp"
#include "logs/stats.hpp"
#include "tests/logs/judged.hpp"

namespace simcheck::logs {
namespace {

// Entries: 0 write 16+1 FUA, 1 mark, 2 flush, 3 and 4 blank, 5 discard 4+2, 6 zeroes 16+4, 7 flush.
std::vector<std::byte> sample_bytes() {
  ImageWriter image;
  image.append_write(16, test::pattern(512, 1), kFlagFua);
  image.append_mark("tick");
  image.append_flush();
  image.append_header({});
  image.append_header({});
  image.append_discard(4, 2);
  image.append_zeroes(16, 4);
  image.append_flush();
  return image.bytes();
}

std::string indices(const Query& query) {
  const std::vector<std::byte> bytes = sample_bytes();
  const auto result = find_entries(MemorySource(bytes), query);
  std::string text;
  for (const Entry& entry : std::get<Found>(result).entries) text += std::to_string(entry.index);
  return text;
}

TEST_CASE("questions and their answers") {
  using What = Query::What;
  CHECK(indices({.what = What::kMark, .mark = "tick"}) == "1");
  CHECK(indices({.what = What::kMark, .mark = "tic"}).empty());
  CHECK(indices({.what = What::kSector, .sector = 16}) == "06");
  CHECK(indices({.what = What::kSector, .sector = 5}) == "5");
  CHECK(indices({.what = What::kSector, .sector = 6}).empty());
  CHECK(indices({.what = What::kSector, .sector = 0}).empty());
  CHECK(indices({.flag = kFlagFlush, .nth = 2}) == "7");
  CHECK(indices({.flag = kFlagFlush, .nth = 3}).empty());
  CHECK(indices({.flag = kFlagFua, .nth = 1}) == "0");
  CHECK(indices({.flag = kFlagFlush, .nth = 1, .from = 3}) == "7");
  CHECK(indices({.flag = kFlagFlush, .nth = 1, .from = 2}) == "2");
}

TEST_CASE("what was found, in words and as a document") {
  const std::vector<std::byte> bytes = sample_bytes();
  const MemorySource source(bytes);
  const auto found = std::get<Found>(find_entries(source, {.flag = kFlagFua}));
  CHECK(found_text(source, found) ==
        "   entry   log sector         sector    sectors  flags\n"
        "       0            1             16          1  FUA\n");
  const auto json = nlohmann::json::parse(found_json(source, "log", found));
  CHECK(json["format"] == "simcheck-log-find");
  CHECK(json["entries"][0]["flags"][0] == "FUA");
}

std::string listed(const EntryFilter& filter) {
  const std::vector<std::byte> bytes = sample_bytes();
  std::string text;
  const auto result = dump_json(
      MemorySource(bytes), "log", [&](std::string_view part) { text += part; }, filter);
  CHECK_FALSE(std::get<std::optional<Entry>>(result));
  std::string all;
  const nlohmann::json json = nlohmann::json::parse(text);
  for (const auto& entry : json["entries"]) {
    all += std::to_string(entry["entry"].get<int>());
    if (entry.contains("repeated")) all += "x" + std::to_string(entry["repeated"].get<int>());
    all += " ";
  }
  return all;
}

TEST_CASE("listings of chosen entries") {
  CHECK(listed({}) == "0 1 2 3x2 5 6 7 ");
  CHECK(listed({.entries = {1, 3}}) == "1 2 3 ");
  CHECK(listed({.entries = {4, 5}}) == "4 5 ");
  CHECK(listed({.sectors = Range{5, 16}}) == "0 5 6 ");
  CHECK(listed({.any_flag = kFlagFlush | kFlagMark}) == "1 2 7 ");
  CHECK(listed({.any_flag = kFlagFua, .no_flag = true}) == "0 3x2 6 ");
  CHECK(listed({.entries = {2, UINT64_MAX}, .any_flag = kFlagFlush}) == "2 7 ");
}

TEST_CASE("figures of a log") {
  const std::vector<std::byte> bytes = sample_bytes();
  const auto stats = std::get<Stats>(stats_of(MemorySource(bytes)));
  CHECK(stats.entries == 8);
  CHECK(stats.writes.entries == 2);
  CHECK(stats.writes.sectors == 5);
  CHECK(stats.zeroes.sectors == 4);
  CHECK(stats.discards.sectors_max == 2);
  CHECK(stats.flushes == 2);
  CHECK(stats.fua == 1);
  CHECK(stats.marks == 1);
  CHECK(stats.empty == 2);
  CHECK(stats.flushed_longest == 4);
  CHECK(stats.device_first == 4);
  CHECK(stats.device_end == 20);
  CHECK(stats.by_length[0] == 1);
  CHECK(stats.by_length[2] == 1);
  const auto json = nlohmann::json::parse(stats_json("log", stats));
  CHECK(json["writes"]["bytes"] == 2560);
  CHECK(json["device"]["begin"] == 2048);
  CHECK(test::contains(stats_text("log", stats), "writes               2           2560"));
  CHECK(std::holds_alternative<Error>(stats_of(MemorySource({}))));
}

TEST_CASE("searches and figures end where the log cannot be followed") {
  std::vector<std::byte> bytes = sample_bytes();
  bytes[4 * 512 + 16] = std::byte{99};
  const MemorySource source(bytes);
  const auto found = std::get<Found>(find_entries(source, {.flag = kFlagFlush, .nth = 1}));
  CHECK(found.entries.empty());
  REQUIRE(found.stopped);
  CHECK(found.stopped->index == 2);
  CHECK(
      test::contains(stats_text("log", std::get<Stats>(stats_of(source))), "followed to entry 2"));
}

}  // namespace
}  // namespace simcheck::logs
