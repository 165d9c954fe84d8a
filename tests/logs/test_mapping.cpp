// Mapped bytes, above all those that cannot be had any more: an error, never the end of the
// program.
#include "logs/mapping.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

#include <filesystem>

#include "logs/replay.hpp"
#include "logs/replay_file.hpp"
#include "tests/logs/judged.hpp"
#include "tests/support/files.hpp"

namespace simcheck::logs {
namespace {

constexpr std::size_t kBytes = 1 << 20;

Mapping mapping_of(const std::string& path, std::uint64_t offset, std::size_t bytes) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  REQUIRE(fd >= 0);
  Mapping mapping(fd, offset, bytes);
  ::close(fd);
  return mapping;
}

TEST_CASE("a mapping holds what it was asked for, wherever that begins") {
  const test::TempDir dir;
  std::string text(kBytes, 'x');
  text.replace(100'000, 5, "hello");
  test::write_file(dir / "file", text);
  Mapping mapping = mapping_of(dir / "file", 99'999, 1000);
  CHECK(mapping.holds(99'999, 1000));
  CHECK_FALSE(mapping.holds(99'999, 1001));
  std::string copy(5, ' ');
  CHECK(copy_mapped(mapping.at(100'000, 5), std::as_writable_bytes(std::span(copy))));
  CHECK(copy == "hello");
  mapping = Mapping();
  CHECK_FALSE(mapping.holds(99'999, 1));
}

TEST_CASE("what cannot be mapped holds nothing") {
  CHECK_FALSE(mapping_of("/dev/null", 0, 1000).holds(0, 1));
}

TEST_CASE("a copy of what was cut off fails, and the next one does not") {
  const test::TempDir dir;
  test::write_file(dir / "file", std::string(kBytes, 'x'));
  const Mapping mapping = mapping_of(dir / "file", 0, kBytes);
  std::filesystem::resize_file(dir / "file", kBytes / 2);
  std::vector<std::byte> copy(100);
  for (int i = 0; i < 3; ++i) {
    CHECK_FALSE(copy_mapped(mapping.at(kBytes - 100, 100), copy));
    CHECK(copy_mapped(mapping.at(kBytes / 2 - 100, 100), copy));
    CHECK(copy[99] == std::byte{'x'});
  }
}

// A log of writes of 4 KiB, and where entry i begins in it.
constexpr std::uint64_t kEntries = 1000, kDataBytes = 4096, kHeaderBytes = 512;
constexpr std::uint64_t begin_of(std::uint64_t entry) {
  return kHeaderBytes + entry * (kHeaderBytes + kDataBytes);
}

TEST_CASE("a log that is cut short while it is replayed: everything before that is written") {
  const test::TempDir dir;
  ImageWriter image;
  for (std::uint64_t i = 0; i < kEntries; ++i)
    image.append_write(i * 8, test::pattern(kDataBytes, static_cast<unsigned char>(i % 250 + 1)));
  // At an entry, in its data, and beyond what is at hand.
  for (const std::uint64_t cut :
       {begin_of(30), begin_of(30) + kHeaderBytes + 2048, begin_of(900)}) {
    CAPTURE(cut);
    const std::vector<std::byte> bytes = image.bytes();
    test::write_file(dir / "log",
                     std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
    test::write_file(dir / "target", std::string(kEntries * kDataBytes, '\0'));
    const auto log = std::get<0>(FileSource::open(dir / "log"));
    const auto target = std::get<0>(FileTarget::open(dir / "target"));
    Replayer replayer(*log, std::get<Superblock>(read_sound_superblock(*log)), *target);
    REQUIRE(!replayer.run_to(10));
    std::filesystem::resize_file(dir / "log", cut);
    const auto error = replayer.run_to(kEntries);
    REQUIRE(error);
    CHECK(test::contains(error->message, "the file was cut short meanwhile"));
    const std::uint64_t next = replayer.next_entry();
    CHECK(begin_of(next) <= cut);
    const std::string written = test::read_file(dir / "target");
    for (std::uint64_t i = 0; i < next; ++i)
      REQUIRE(written[(i + 1) * kDataBytes - 1] == static_cast<char>(i % 250 + 1));
  }
}

TEST_CASE("a log that is cut short while it is read is unreadable there") {
  const test::TempDir dir;
  test::write_file(dir / "log", std::string(kBytes, 'x'));
  const auto log = std::get<0>(FileSource::open(dir / "log"));
  std::vector<std::byte> header(32);
  for (std::uint64_t at = 0; at < kBytes / 2; at += 4608) REQUIRE(log->read(at, header));
  std::filesystem::resize_file(dir / "log", kBytes / 2);
  CHECK_FALSE(log->read(kBytes / 2 + 1000, header));
  CHECK(log->read(kBytes / 2 - 32, header));
  CHECK(log->cut_short_at() == kBytes / 2);
  CHECK(WindowedSource(*log).failed_offset() == kBytes / 2);
  // Not a hole up to the end that it had.
  CHECK(log->next_data(kBytes / 2 + 1000) == kBytes / 2 + 1000);
}

}  // namespace
}  // namespace simcheck::logs
