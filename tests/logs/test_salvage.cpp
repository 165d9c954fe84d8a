// What salvage makes verifies, holds every entry that survived, and says what did not.
#include "logs/salvage.hpp"

#include <nlohmann/json.hpp>

#include "logs/requests.hpp"
#include "tests/logs/damaged.hpp"
#include "tests/logs/old_driver.hpp"
#include "tests/logs/salvaged.hpp"
#include "tests/support/rapidcheck.hpp"

namespace simcheck::test {
namespace {

using logs::ImageWriter;

TEST_CASE("a sound log is copied as it is") {
  const ImageWriter image = log_of_writes(5);
  const Salvaged copy = salvaged(image);
  CHECK(copy.bytes == image.bytes());
  CHECK(copy.words() == "out: 6 entries of in, which needed no repair\n");
}

TEST_CASE("what lies around holes is put together") {
  for (const bool over_zeroes : {true, false}) {
    ImageWriter image = log_of_writes(9);
    for (const std::uint64_t lost : {2, 5}) {
      (over_zeroes ? erase : scribble)(image, sector_of(lost), 9);
    }
    const Salvaged log = salvaged(image);
    CHECK(log.super.nr_entries == 8);
    CHECK(log.losses() == 2);
    CHECK(contains(log.words(), "lost: entry 2 at sector 19: "));
    CHECK(contains(log.words(), "lost: entry 5 at sector 46: "));
    ImageWriter wanted;
    for (const std::uint64_t i : {0, 1, 3, 4, 6, 7, 8})
      wanted.append_write(16 * i, pattern(8 * 512, static_cast<std::uint8_t>(i + 1)));
    wanted.append_flush();
    CHECK(log.bytes == wanted.bytes());
  }
}

TEST_CASE("a missing superblock is made anew, of every sector size") {
  for (std::uint32_t size = 32; size <= 65536; size *= 2) {
    ImageWriter image(size);
    image.append_write(0, pattern(2 * size, 7));
    image.append_zeroes(8, 1);
    image.append_discard(8, 4);
    image.append_flush();
    const std::vector<std::byte> whole = image.bytes();
    for (const std::uint8_t junk : {0, 0x77}) {
      std::vector<std::byte> bytes = whole;
      std::fill_n(bytes.begin(), size, std::byte{junk});
      CHECK(salvaged(bytes).bytes == whole);
    }
  }
}

TEST_CASE("entries behind the count are taken up, unless they are not wanted") {
  ImageWriter image = log_of_writes(9);
  image.super().nr_entries = 3;
  const Salvaged all = salvaged(image);
  CHECK(all.super.nr_entries == 10);
  CHECK(all.losses() == 0);
  CHECK(contains(all.words(), "repaired: 7 entries behind the count, from sector 28 on"));
  const Salvaged counted = salvaged(image, {.sector_size = {}, .counted_only = true});
  CHECK(counted.super.nr_entries == 3);
  CHECK(contains(counted.words(), "lost: 7 entries behind the count, from sector 28 on, left out"));
}

TEST_CASE("entries behind zeroes behind the count are left out, and listed") {
  ImageWriter image = log_of_writes(9);
  image.super().nr_entries = 3;
  erase(image, sector_of(3), 9);
  const Salvaged log = salvaged(image);
  CHECK(log.super.nr_entries == 3);
  CHECK(contains(log.words(), "lost: 6 entries behind the count, from sector 37 on, left out: 9"));
}

TEST_CASE("a log cut short keeps its whole entries") {
  const std::vector<std::byte> whole = log_of_writes(4).bytes();
  for (std::size_t bytes = 2 * 512; bytes < whole.size(); bytes += 512) {
    const Salvaged log = salvaged({whole.begin(), whole.begin() + static_cast<long>(bytes)});
    CHECK(log.super.nr_entries == (bytes / 512 - 1) / 9);
    CHECK(log.losses() == 1);
  }
}

TEST_CASE("counted entries that were never written are left out") {
  ImageWriter image = log_of_writes(4);
  image.super().nr_entries = 8;
  image.grow_to(1 << 20);
  const Salvaged log = salvaged(image);
  CHECK(log.super.nr_entries == 5);
  CHECK(contains(log.words(), "lost: the last 3 entries counted, from sector 38 on, were never"));
}

TEST_CASE("a damaged header that explains itself is repaired") {
  ImageWriter image = log_of_writes(4);
  const std::vector<std::byte> whole = image.bytes();
  image.put_header(sector_of(1), {16, 8, 64, 0});
  CHECK(salvaged(image).bytes == whole);
  CHECK(salvaged(image).losses() == 0);
  for (const std::uint64_t wrong : {3, 9, 12, 18}) {
    image.put_header(sector_of(1), {16, wrong, 0, 0});
    CAPTURE(wrong);
    CHECK(salvaged(image).bytes == whole);
    CHECK(salvaged(image).losses() == 0);
  }
}

TEST_CASE("swallowed headers come out of the data again") {
  OldDriver old;
  old.begin({Kind::kZeroes, 3});
  old.begin({Kind::kWrite, 2, 9});
  old.begin({Kind::kZeroes, 1});
  old.begin({Kind::kFlush, 0});
  old.finish_all();
  REQUIRE(errors(judged(old.image())) == "swallowed-header");
  const Salvaged log = salvaged(old.image());
  ImageWriter wanted;
  wanted.append_zeroes(8, 3);
  wanted.append_write(16, pattern(1024, 9));
  wanted.append_zeroes(24, 1);
  wanted.append_flush();
  CHECK(log.losses() == 0);
  CHECK(log.bytes == wanted.bytes());
}

TEST_CASE("entries behind a swallowed header are taken up where the superblock lags") {
  OldDriver old;
  old.begin({Kind::kZeroes, 3});
  old.begin({Kind::kZeroes, 2});
  old.finish_all();
  old.begin({Kind::kWrite, 2, 9});
  old.begin({Kind::kFlush, 0});
  ImageWriter image = old.image();
  image.super().nr_entries = 2;
  REQUIRE(errors(judged(image)) == "swallowed-header");
  CHECK(contains(message(judged(image), "beyond-count"), "2 entries parse behind the counted"));
  const Salvaged log = salvaged(image);
  CHECK(log.super.nr_entries == 4);
  CHECK(log.losses() == 0);
}

// What lies at byte 4096 would be the first header, were that the sector size.
TEST_CASE("a hole does not make another sector size the likelier one") {
  ImageWriter image;
  image.append_write(0, pattern(512, 1));
  image.append_write(8, pattern(4 * 512, 2));
  image.append_zeroes(16, 1);  // at byte 4096
  for (std::uint64_t i = 3; i < 12; ++i) image.append_write(8 * i, pattern(512, 9));
  erase(image, 3, 5);
  image.super().magic ^= 1;
  const Salvaged log = salvaged(image);
  CHECK(log.super.sector_size == 512);
  CHECK(log.super.nr_entries == 11);
}

TEST_CASE("what is given up without a superblock is said") {
  ImageWriter image = log_of_writes(4);
  image.super().magic = 0;
  scribble(image, sector_of(3), 10);
  CHECK(contains(salvaged(image).words(), "lost: from entry 3 at sector 28 on nothing parses"));
}

TEST_CASE("no log, nothing to salvage") {
  const auto error = [](const std::vector<std::byte>& bytes) {
    const logs::MemorySource source(bytes);
    return std::get<logs::Error>(logs::salvage(source)).message;
  };
  CHECK(contains(error({}), "no superblock, and no entries behind it"));
  CHECK(contains(error(pattern(4096, 0)), "no superblock, and no entries behind it"));
  CHECK(contains(error(pattern(4096, 0xee)), "no superblock, and no entries behind it"));
  std::vector<std::byte> cut = log_of_writes(9).bytes();
  cut.resize(28);
  CHECK(
      contains(error(cut), "it ends within sector 0 (28 of 512 bytes), behind a superblock that"));
}

TEST_CASE("a plan as a document") {
  ImageWriter image = log_of_writes(9);
  erase(image, sector_of(2), 9);
  const auto json = nlohmann::json::parse(logs::salvage_json("in", "\xff", salvaged(image)));
  CHECK(json["format"] == "simcheck-log-salvage");
  CHECK(json["nr_entries"] == 9);
  CHECK(json["lost"].size() == 1);
  CHECK(json["lost"][0]["entry"] == 2);
  CHECK(json["repaired"].empty());
}

RC_TEST_CASE("whatever is done to a log, what is salvaged verifies",
             [] {
               ImageWriter image =
                   log_of_writes(*rc::gen::inRange(1, 12), *rc::gen::inRange<std::uint64_t>(1, 5));
               std::vector<std::byte> bytes = image.bytes();
               for (int i = *rc::gen::inRange(0, 5); i > 0; --i) {
                 const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size() / 8);
                 bytes[8 * at] = std::byte{*rc::gen::arbitrary<std::uint8_t>()};
               }
               bytes.resize(*rc::gen::inRange<std::size_t>(512, bytes.size() + 1));
               const logs::MemorySource source(bytes);
               const auto plan = logs::salvage(source);
               if (const auto* found = std::get_if<logs::Salvaged>(&plan)) {
                 RC_ASSERT(salvaged(bytes).super.nr_entries == found->super.nr_entries);
               }
             },
             {.max_success = 500})

}  // namespace
}  // namespace simcheck::test
