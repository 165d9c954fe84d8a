// Images in memory and in files: the same bytes, replaced at once or not at all.
#include "logs/writer.hpp"

#include <filesystem>

#include "tests/logs/judged.hpp"
#include "tests/support/files.hpp"
#include "tests/support/rapidcheck.hpp"

namespace simcheck::logs {
namespace {

namespace fs = std::filesystem;

ImageWriter small() {
  ImageWriter image;
  image.append_write(0, test::pattern(512, 1));
  image.append_zeroes(8, 3);
  return image;
}

std::size_t files_in(const fs::path& directory) {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator(directory), fs::directory_iterator()));
}

TEST_CASE("a file holds the bytes of the image, in place of what was there") {
  const test::TempDir dir;
  test::write_file(dir / "log", "old and longer " + std::string(10000, '.'));
  CHECK_FALSE(small().save(dir / "log"));
  const std::string file = test::read_file(dir / "log");
  const std::vector<std::byte> bytes = small().bytes();
  REQUIRE(file.size() == bytes.size());
  CHECK(std::memcmp(file.data(), bytes.data(), bytes.size()) == 0);
  CHECK(files_in(dir.path()) == 1);
}

TEST_CASE("a failure is told and leaves nothing behind") {
  const test::TempDir dir;
  const auto error = small().save(dir / "missing/log");
  REQUIRE(error);
  CHECK(test::contains(error->message, "/missing/log': No such file or directory"));
  fs::create_directory(dir / "there");
  CHECK(test::contains(small().save(dir / "there")->message, "is not a regular file"));
  CHECK(test::contains(small().save("/dev/null")->message, "is not a regular file"));
  ImageWriter too_big;
  too_big.grow_to(1ULL << 63);
  CHECK(too_big.save(dir / "big"));
  CHECK(files_in(dir.path()) == 1);
}

RC_TEST_CASE("later bytes cover earlier ones", [] {
  ImageWriter image(32);
  std::vector<std::byte> expected(1024);
  image.grow_to(1024);
  for (int i = 0; i < 20; ++i) {
    const auto at = *rc::gen::inRange<std::size_t>(32, 1000);
    const auto data = test::pattern(*rc::gen::inRange<std::size_t>(0, 1024 - at + 1),
                                    *rc::gen::element<std::uint8_t>(0, 1, 2));
    image.put_bytes(at, data);
    std::copy(data.begin(), data.end(), expected.begin() + static_cast<std::ptrdiff_t>(at));
  }
  std::vector<std::byte> bytes = image.bytes();
  std::fill_n(bytes.begin(), kSuperblockBytes, std::byte{0});
  RC_ASSERT(bytes == expected);
})

}  // namespace
}  // namespace simcheck::logs
