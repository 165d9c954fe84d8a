// Files and block devices as targets.
#include "logs/replay_file.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>

#include "tests/logs/judged.hpp"
#include "tests/logs/loop_device.hpp"
#include "tests/support/files.hpp"

namespace simcheck::logs {
namespace {

using test::read_file;
using test::TempDir;

std::unique_ptr<FileTarget> opened(const std::string& path) {
  auto result = FileTarget::open(path);
  if (const auto* error = std::get_if<Error>(&result)) FAIL(error->message);
  return std::get<0>(std::move(result));
}
std::string refusal(const std::string& path) {
  return std::get<Error>(FileTarget::open(path)).message;
}

void write(FileTarget& target, std::uint64_t offset, std::span<const std::byte> bytes) {
  const Written done = target.write(offset, std::span(&bytes, 1));
  CHECK(done.error == 0);
  CHECK(done.bytes == bytes.size());
}

TEST_CASE("writes, zeroes and holes in a file, which keeps its size") {
  const TempDir directory;
  const std::string path = directory / "file";
  test::write_file(path, std::string(1 << 20, 'x'));
  const auto target = opened(path);
  CHECK(target->size() == 1 << 20);
  CHECK(!target->is_device());
  write(*target, 100, test::pattern(50, 'a'));
  CHECK(target->zero(1000, 5000) == 0);
  CHECK(target->discard((1 << 20) - 65536, 65536) == 0);
  CHECK(target->sync() == 0);
  std::string expected(1 << 20, 'x');
  expected.replace(100, 50, std::string(50, 'a'));
  expected.replace(1000, 5000, std::string(5000, '\0'));
  expected.replace((1 << 20) - 65536, 65536, std::string(65536, '\0'));
  CHECK((read_file(path) == expected));
}

TEST_CASE("more pieces than one system call takes") {
  const TempDir directory;
  const std::string path = directory / "file";
  test::write_file(path, std::string(4000, 'x'));
  const auto target = opened(path);
  std::string text;
  for (int i = 0; i < 1500; ++i) text += static_cast<char>('a' + i % 26);
  std::vector<std::span<const std::byte>> pieces;
  for (std::size_t i = 0; i < text.size(); ++i)
    pieces.push_back(std::as_bytes(std::span(text)).subspan(i, 1));
  const Written done = target->write(10, pieces);
  CHECK(done.bytes == 1500);
  CHECK(done.error == 0);
  CHECK(read_file(path) == std::string(10, 'x') + text + std::string(2490, 'x'));
}

TEST_CASE("what is no target") {
  const TempDir directory;
  CHECK(test::contains(refusal(directory / "none"), "No such file"));
  CHECK(test::contains(refusal(directory.path()), "neither a regular file nor a block device"));
  CHECK(test::contains(refusal("/dev/null"), "neither a regular file nor a block device"));
}

// Where the machine gives out no loop devices, nothing can be learnt here: what a target has to do
// is then tested on files and in memory only.
TEST_CASE("a block device, if the machine has one to spare") {
  const TempDir directory;
  const std::string path = directory / "backing";
  test::write_file(path, std::string(1 << 20, 'x'));
  const test::LoopDevice device(path);
  if (device.path().empty()) {
    MESSAGE("no loop device: ", device.why_not());
    return;
  }
  {
    const auto target = opened(device.path());
    CHECK(target->is_device());
    CHECK(target->size() == 1 << 20);
    CHECK(test::contains(refusal(device.path()), "mounted or in use"));
    write(*target, 100, test::pattern(50, 'a'));
    CHECK(target->zero(8192, 4096) == 0);
    CHECK(target->zero(20001, 10) == 0);  // not a whole sector of the device
    CHECK(target->discard(20001, 10) == ENOTSUP);
    CHECK(target->discard(65536, 65536) == 0);  // a loop device makes a hole of it
    CHECK(target->sync() == 0);
  }
  std::string expected(1 << 20, 'x');
  expected.replace(100, 50, std::string(50, 'a'));
  expected.replace(8192, 4096, std::string(4096, '\0'));
  expected.replace(20001, 10, std::string(10, '\0'));
  expected.replace(65536, 65536, std::string(65536, '\0'));
  CHECK((read_file(path) == expected));
}

}  // namespace
}  // namespace simcheck::logs
