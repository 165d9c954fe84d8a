// Sources of bytes: files, holes, memory, and media that fail.
#include "logs/image.hpp"

#include <filesystem>

#include "tests/logs/judged.hpp"
#include "tests/support/files.hpp"
#include "tests/support/rapidcheck.hpp"

namespace simcheck::logs {
namespace {

std::string why_not_open(const std::string& path) {
  const auto opened = FileSource::open(path);
  const Error* error = std::get_if<Error>(&opened);
  return error == nullptr ? "" : error->message;
}

TEST_CASE("what cannot be read says so") {
  const test::TempDir dir;
  const std::string missing = dir / "none";
  CHECK(why_not_open(missing) == "cannot read '" + missing + "': No such file or directory");
  CHECK(test::contains(why_not_open(dir.path()), "it is a directory"));
  CHECK(test::contains(why_not_open("/dev/null"), "must be a regular file or a block device"));
}

TEST_CASE("a terabyte of nothing costs nothing") {
  const test::TempDir dir;
  test::write_file(dir / "huge", "");
  std::filesystem::resize_file(dir / "huge", 1ULL << 40);
  const auto opened = FileSource::open(dir / "huge");
  const FileSource& source = *std::get<0>(opened);
  CHECK(source.size() == 1ULL << 40);
  CHECK(source.next_data(4096) == source.size());
  WindowedSource window(source);
  CHECK(window.zero_run(512, UINT64_MAX) == (1ULL << 40) - 512);
}

class FailingSource final : public ByteSource {
 public:
  std::uint64_t size() const override { return 1 << 20; }
  bool read(std::uint64_t offset, std::span<std::byte> to) const override {
    std::fill(to.begin(), to.end(), std::byte{1});
    return offset < 65536;
  }
};

class CountingSource final : public ByteSource {
 public:
  std::uint64_t size() const override { return 1 << 20; }
  bool read(std::uint64_t offset, std::span<std::byte> to) const override {
    ++reads;
    bytes += to.size();
    for (std::byte& byte : to) byte = static_cast<std::byte>(offset++ % 251);
    return true;
  }
  mutable std::uint64_t reads = 0, bytes = 0;
};

TEST_CASE("the window grows over neighbours, and is small again after a leap") {
  const auto cost_of = [](std::uint64_t step) {
    const CountingSource source;
    WindowedSource window(source);
    for (std::uint64_t at = 512; at + 32 <= source.size(); at += step) {
      std::array<std::byte, 32> bytes;
      window.read(at, bytes);
      REQUIRE(bytes[31] == static_cast<std::byte>((at + 31) % 251));
    }
    return std::pair(source.reads, source.bytes);
  };
  const auto neighbours = cost_of(1024), leaps = cost_of(4608);
  CHECK(neighbours.first < 100);
  CHECK(neighbours.second <= 1 << 20);
  CHECK(leaps.first < 240);
  CHECK(leaps.second < 240 * 1024);
}

TEST_CASE("a failing medium is remembered and reads as zero") {
  const FailingSource source;
  WindowedSource window(source);
  std::array<std::byte, 16> bytes;
  window.read(0, bytes);
  CHECK(bytes[0] == std::byte{1});
  CHECK_FALSE(window.failed());
  window.read(70000, bytes);
  CHECK(bytes[0] == std::byte{0});
  CHECK(window.failed());
  CHECK(window.failed_offset() == 70000);
}

RC_TEST_CASE("the window shows what the source holds", [] {
  std::vector<std::byte> bytes(*rc::gen::inRange<std::size_t>(1, 70000));
  for (int i = *rc::gen::inRange(0, 4); i > 0; --i) {
    bytes[*rc::gen::inRange<std::size_t>(0, bytes.size())] = std::byte{1};
  }
  const MemorySource source(bytes);
  WindowedSource window(source);
  for (int i = 0; i < 4; ++i) {
    const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size());
    const auto size = *rc::gen::inRange<std::size_t>(0, 40000);
    std::vector<std::byte> expected(bytes.begin() + static_cast<std::ptrdiff_t>(at), bytes.end());
    const auto one = std::find(expected.begin(), expected.end(), std::byte{1});
    const auto run = static_cast<std::uint64_t>(one - expected.begin());
    RC_ASSERT(window.zero_run(at, size) == std::min<std::uint64_t>(run, size));
    expected.resize(size);
    std::vector<std::byte> seen(size);
    window.read(at, seen);
    RC_ASSERT(seen == expected);
  }
})

}  // namespace
}  // namespace simcheck::logs
