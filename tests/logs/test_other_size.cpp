// A superblock with a wrong, legal sector size: the entries tell the right one.
#include "logs/other_size.hpp"

#include <fmt/format.h>

#include "tests/logs/damaged.hpp"
#include "tests/logs/salvaged.hpp"
#include "tests/support/rapidcheck.hpp"

namespace simcheck::test {
namespace {

using logs::ImageWriter;

// Ten entries in sectors of `size` bytes, in an image of a megabyte at least.
ImageWriter log_in_sectors_of(std::uint32_t size) {
  ImageWriter image(size);
  for (std::uint64_t i = 0; i < 8; ++i)
    image.append_write(4 * i, pattern(2 * size, static_cast<std::uint8_t>(i + 1)));
  image.append_discard(99, 5);
  image.append_flush();
  image.grow_to(std::max<std::uint64_t>(1 << 20, image.size()));
  return image;
}

TEST_CASE("entries that parse under another sector size than the superblock's") {
  for (const std::uint32_t size : {32U, 512U, 4096U, 65536U}) {
    const std::vector<std::byte> whole = salvaged(log_in_sectors_of(size)).bytes;
    for (const std::uint32_t wrong : {64U, 512U, 1024U, 4096U, 1U << 20, 1U << 23}) {
      if (wrong == size) continue;
      CAPTURE(size);
      CAPTURE(wrong);
      ImageWriter image = log_in_sectors_of(size);
      image.super().sector_size = wrong;
      const logs::Verdict verdict = judged(image);
      const bool is_cut = wrong > log_in_sectors_of(size).size();
      CHECK(errors(verdict) == (is_cut ? "super-bounds" : "sector-size"));
      CHECK(contains(message(verdict, is_cut ? "super-bounds" : "sector-size"),
                     fmt::format("10 entries parse in sectors of {} bytes", size)));
      const Salvaged log = salvaged(image);
      CHECK(log.bytes == whole);
      CHECK(log.losses() == 0);
      CHECK(contains(log.words(), fmt::format("sector size, which says {} bytes", wrong)));
    }
  }
}

TEST_CASE("an impossible sector size is told beside the right one") {
  ImageWriter image = log_in_sectors_of(512);
  image.super().sector_size = 500;
  CHECK(
      contains(message(judged(image), "sector-size"), "10 entries parse in sectors of 512 bytes"));
}

TEST_CASE("what is counted stays so, and what else is damaged is mended, too") {
  ImageWriter image = log_in_sectors_of(512);
  scribble(image, 4, 3);  // entry 1
  image.super().nr_entries = 8;
  image.super().sector_size = 4096;
  CHECK(salvaged(image, {.sector_size = 512}).super.nr_entries == 9);
  CHECK(salvaged(image, {.sector_size = 512, .counted_only = true}).super.nr_entries == 7);
}

TEST_CASE("a sector size that is asked for needs entries that say so") {
  const auto error = [](const ImageWriter& image, std::uint32_t wanted) {
    const std::vector<std::byte> bytes = image.bytes();
    const logs::MemorySource source(bytes);
    const auto result = logs::salvage(source, {.sector_size = wanted});
    const auto* found = std::get_if<logs::Error>(&result);
    return found == nullptr ? "" : found->message;
  };
  ImageWriter image = log_in_sectors_of(512);
  CHECK(error(image, 512).empty());
  CHECK(contains(error(image, 4096), "its superblock says sectors of 512 bytes, and not of 4096"));
  image.super().sector_size = 4096;
  CHECK(contains(error(image, 1024), "and not of 1024"));
  CHECK(error(image, 512).empty());
}

TEST_CASE("a first entry that was never written does not make the sector size doubtful") {
  for (const bool over_zeroes : {true, false}) {
    ImageWriter image = log_of_writes(9);
    (over_zeroes ? erase : scribble)(image, sector_of(0), 9);
    CHECK(errors(judged(image)) == (over_zeroes ? "hole" : "hole, flags"));
  }
}

RC_TEST_CASE("whatever the superblock says, the entries' sector size is found",
             [] {
               const std::uint32_t size = 32U << *rc::gen::inRange(0, 12);
               const std::uint32_t wrong = 32U << *rc::gen::inRange(0, 12);
               ImageWriter image(size);
               for (int i = *rc::gen::inRange(4, 20); i > 0; --i) {
                 const auto at = *rc::gen::inRange<std::uint64_t>(0, 1 << 20);
                 const auto sectors = *rc::gen::inRange<std::uint64_t>(1, 9);
                 const auto fill = *rc::gen::inRange<std::uint8_t>(1, 255);
                 switch (*rc::gen::inRange(0, 4)) {
                   case 0:
                     image.append_discard(at, sectors);
                     break;
                   case 1:
                     image.append_flush();
                     break;
                   default:
                     image.append_write(at, pattern(sectors * size, fill));
                 }
               }
               const std::vector<std::byte> whole = image.bytes();
               image.super().sector_size = wrong;
               RC_ASSERT(errors(judged(image)).empty() == (wrong == size));
               RC_ASSERT(salvaged(image).bytes == whole);
             },
             {.max_success = 200})

}  // namespace
}  // namespace simcheck::test
