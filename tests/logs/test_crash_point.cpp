// What is durable at a power cut, by FLUSH and FUA, in both readings of FLUSH.
#include "logs/crash_point.hpp"

#include <doctest/doctest.h>

#include "tests/logs/judged.hpp"

namespace simcheck::logs {
namespace {

using Entries = std::vector<std::uint64_t>;

// 0 write, 1 FLUSH, 2 write, 3 discard, 4 FUA write, 5 FLUSH, 6 write, 7 FLUSH with data, 8 write
ImageWriter flushed_log() {
  ImageWriter writer;
  const auto data = test::pattern(512, 1);
  writer.append_write(0, data);
  writer.append_flush();
  writer.append_write(1, data);
  writer.append_discard(2, 3);
  writer.append_write(5, data, kFlagFua);
  writer.append_flush();
  writer.append_write(6, data);
  writer.append_write(7, data, kFlagFlush);
  writer.append_write(8, data);
  return writer;
}

Result<CrashPoint> found(const CrashOptions& options, const ImageWriter& writer = flushed_log()) {
  const std::vector<std::byte> bytes = writer.bytes();
  const MemorySource source(bytes);
  return find_crash_point(source, *read_superblock(source), options);
}
CrashPoint point(std::uint64_t at, Coverage coverage) {
  return std::get<CrashPoint>(found({.at = at, .coverage = coverage}));
}
Entries entries(const std::vector<DeviceWrite>& writes) {
  Entries result;
  for (const DeviceWrite& write : writes) result.push_back(write.entry);
  return result;
}

TEST_CASE("logged: a FLUSH covers all entries before it, not its own data") {
  const auto pending = [](std::uint64_t at) {
    return entries(point(at, Coverage::kLogged).pending);
  };
  CHECK(pending(0) == Entries{0});
  CHECK(pending(1) == Entries{});
  CHECK(pending(4) == Entries{2, 3});
  CHECK(pending(5) == Entries{});
  CHECK(pending(6) == Entries{6});
  CHECK(pending(8) == Entries{7, 8});
  CHECK(entries(point(4, Coverage::kLogged).fua) == Entries{4});
  CHECK(point(4, Coverage::kLogged).durable_before == 1);
}

TEST_CASE("issued: a FLUSH covers what lies before the FLUSH before it") {
  const auto pending = [](std::uint64_t at) {
    return entries(point(at, Coverage::kIssued).pending);
  };
  CHECK(pending(1) == Entries{0});
  CHECK(pending(4) == Entries{0, 2, 3});
  CHECK(pending(5) == Entries{2, 3});
  CHECK(pending(7) == Entries{6, 7});
  CHECK(pending(8) == Entries{6, 7, 8});
  CHECK(entries(point(5, Coverage::kIssued).fua) == Entries{4});
  CHECK(point(5, Coverage::kIssued).durable_before == 1);
  CHECK(point(1, Coverage::kIssued).durable_before == 0);
}

TEST_CASE("what was in flight behind the cut may be there, FUA or not") {
  CHECK(entries(std::get<CrashPoint>(found({.at = 0, .in_flight = 4})).pending) ==
        Entries{0, 2, 3, 4});
  CHECK(entries(std::get<CrashPoint>(found({.at = 1, .in_flight_to_flush = true})).pending) ==
        Entries{2, 3, 4});
  CHECK(std::get<CrashPoint>(found({.at = 1, .in_flight = 1})).end == 3);
  CHECK(std::get<CrashPoint>(found({.at = 0, .in_flight = 4})).in_flight == 4);
  // Writes of length zero are entries, too, and the log's end is one.
  ImageWriter empty;
  empty.append_write(0, test::pattern(512, 1));
  empty.append_header({});
  empty.append_header({});
  empty.append_flush();
  empty.append_header({});
  const auto in_flight = [&](const CrashOptions& options) {
    return std::get<CrashPoint>(found(options, empty)).in_flight;
  };
  CHECK(in_flight({.at = 0, .in_flight = 1}) == 1);
  CHECK(in_flight({.at = 0, .in_flight = 9}) == 4);
  CHECK(in_flight({.at = 1, .in_flight_to_flush = true}) == 1);
  CHECK(in_flight({.at = 4, .in_flight = 1}) == 0);
}

TEST_CASE("the coverage is guessed from flags that QEMU never writes, anywhere in the log") {
  CHECK(std::get<CrashPoint>(found({.at = 0})).coverage == Coverage::kLogged);
  CHECK(std::get<CrashPoint>(found({.at = 0})).guessed);
  ImageWriter plain;
  plain.append_write(0, test::pattern(512, 1));
  plain.append_flush();
  const auto coverage = [&] { return std::get<CrashPoint>(found({.at = 0}, plain)).coverage; };
  CHECK(coverage() == Coverage::kIssued);
  plain.append_mark("note");
  CHECK(coverage() == Coverage::kIssued);  // any tool may append one
  ImageWriter closed = plain, dax = plain;
  plain.append_header({0, 0, kFlagMark | kFlagFlush, 0});
  CHECK(coverage() == Coverage::kIssued);
  closed.append_mark(kEndMark);
  CHECK(std::get<CrashPoint>(found({.at = 0}, closed)).coverage == Coverage::kLogged);
  dax.append_header({4, 1, 0, 512});
  dax.grow_to(4096);
  CHECK(std::get<CrashPoint>(found({.at = 0}, dax)).coverage == Coverage::kLogged);
}

TEST_CASE("the device is as long as the whole log says, wherever the cut") {
  for (const std::uint64_t at : {0, 4, 8}) {
    CHECK(point(at, Coverage::kLogged).device_bytes == 9 * 512);
    CHECK(point(at, Coverage::kIssued).device_bytes == 9 * 512);
  }
  CHECK(point(0, Coverage::kLogged).reach_bytes == 512);
}

TEST_CASE("points that are not there") {
  CHECK(std::get<Error>(found({.at = 9})).message == "there is no entry 9, the log has 0 to 8");
  CHECK(std::get<Error>(found({}, ImageWriter())).message == "the log has no entries");
  ImageWriter lagging = flushed_log();
  lagging.super().nr_entries = 8;
  CHECK(std::get<Error>(found({.at = 8}, lagging)).message ==
        "there is no entry 8, the log has 0 to 7; 1 entry parses behind the count, `simcheck log "
        "salvage` takes it up");
  lagging.super().nr_entries = 0;
  CHECK(test::contains(std::get<Error>(found({}, lagging)).message,
                       "the log has no entries; 9 entries parse behind the count"));
  ImageWriter closed;
  closed.append_mark(kEndMark);
  closed.append_flush();
  closed.super().nr_entries = 1;  // what lies behind is an older log's
  CHECK(std::get<Error>(found({.at = 1}, closed)).message ==
        "there is no entry 1, the log has 0 to 0");
  ImageWriter broken = flushed_log();
  broken.put_header(3, {0, 0, 64, 0});  // entry 1
  CHECK(std::get<Error>(found({.at = 1}, broken)).message ==
        "the log cannot be followed to entry 1, only to 0");
  CHECK(std::get<CrashPoint>(found({.at = 0}, broken)).pending.size() == 1);
}

}  // namespace
}  // namespace simcheck::logs
