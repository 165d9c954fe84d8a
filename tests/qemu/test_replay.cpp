// Replaying the logs of the real driver gives the data image that QEMU wrote, byte for byte.
#include <algorithm>

#include "tests/qemu/qemu_io.hpp"
#include "tests/qemu/replayed.hpp"

namespace simcheck::test {
namespace {

namespace fs = std::filesystem;

// Overwrites, concurrent requests apart from each other, zeroes of both kinds, discards.
const std::vector<std::string> kMixedSizes = {"aio_write -q -z 0 64k",
                                              "aio_write -q -P 1 64k 8k",
                                              "aio_write -q -P 0 96k 8k",
                                              "aio_write -q -P 2 1M 3M",
                                              "aio_flush",
                                              "write -q -P 3 66k 1k",
                                              "discard -q 1M 128k",
                                              "write -q -P 4 1088k 16k",
                                              "write -q -z -u 2M 512k",
                                              "write -q 5M 0",
                                              "flush",
                                              "write -q -z 8M 32M",
                                              "write -q -P 5 63M 1M",
                                              "flush"};

TEST_CASE("each sector size and detect-zeroes") {
  for (const std::string size : {"32", "512", "4096", "65536"}) {
    for (const std::string detect : {"off", "unmap,discard=unmap"}) {
      CAPTURE(size);
      CAPTURE(detect);
      const TempDir dir;
      make_log(dir, kMixedSizes,
               {.driver = "log-sector-size=" + size + ",detect-zeroes=" + detect + ","});
      const logs::ReplayCounts counts = replay(dir, "replayed.img");
      CHECK(is_data_image(dir, "replayed.img"));
      CHECK(counts.discards >= 1);
      CHECK(counts.flushes >= 2);
    }
  }
}

TEST_CASE("discards that are zeroed give the same image, ignored ones another") {
  const TempDir dir;
  make_log(dir, kMixedSizes);
  replay(dir, "zeroed.img", {.discard = logs::DiscardMode::kZero});
  CHECK(is_data_image(dir, "zeroed.img"));
  replay(dir, "ignored.img", {.discard = logs::DiscardMode::kIgnore});
  CHECK(!is_data_image(dir, "ignored.img"));
}

TEST_CASE("unaligned writes are logged as what the driver made of them") {
  const TempDir dir;
  make_log(dir,
           {"write -q -P 1 100 17", "write -q -P 2 4000 5000", "write -q -z 10000 3333", "flush"},
           {.driver = "log-sector-size=4096,"});
  replay(dir, "replayed.img");
  CHECK(is_data_image(dir, "replayed.img"));
}

TEST_CASE("onto a base that is not empty, and on from where an appended log was left") {
  const TempDir dir;
  make_sparse(dir / "log.img", 64 << 20);
  write_file(dir / "data.img", std::string(64 << 20, 'b'));
  fs::copy_file(dir / "data.img", dir / "replayed.img");
  run_qemu_io(dir, kMixedSizes);
  replay(dir, "replayed.img");
  CHECK(is_data_image(dir, "replayed.img"));
  const auto before = std::get<0>(logs::FileSource::open(dir / "log.img"));
  const std::uint64_t entries =
      std::get<logs::Superblock>(logs::read_sound_superblock(*before)).nr_entries;

  run_qemu_io(dir, {"write -q -P 9 2M 1M", "discard -q 16k 64k", "flush"},
              {.driver = "log-append=on,"});
  CHECK(!is_data_image(dir, "replayed.img"));
  replay(dir, "replayed.img", {}, entries);
  CHECK(is_data_image(dir, "replayed.img"));
}

TEST_CASE("many requests in flight at once") {
  std::vector<std::string> commands;
  for (int i = 0; i < 300; ++i) {
    const std::string at = std::to_string((i * 7919) % 4096 * 16) + "k ";
    commands.push_back(i % 4 == 0
                           ? "aio_write -q -z " + at + "16k"
                           : "aio_write -q -P " + std::to_string(i % 250) + " " + at + "12k");
    if (i % 50 == 49) commands.push_back("aio_flush");
  }
  const TempDir dir;
  make_log(dir, commands);
  replay(dir, "replayed.img");
  CHECK(is_data_image(dir, "replayed.img"));
}

}  // namespace
}  // namespace simcheck::test
