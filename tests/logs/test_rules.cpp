// Sound logs raise no error, planted damage is found under the right name, any bytes end in a
// verdict.
#include "logs/rules.hpp"

#include <filesystem>
#include <set>

#include "tests/logs/judged.hpp"
#include "tests/support/files.hpp"
#include "tests/support/rapidcheck.hpp"

namespace simcheck::test {
namespace {

using logs::ImageWriter;

// Three entries, as QEMU leaves them: sectors 1 to 3, 4, and 5.
ImageWriter sound(std::uint32_t sector_size = 512) {
  ImageWriter image(sector_size);
  image.append_write(0, pattern(2 * sector_size, 0x5a));
  image.append_discard(8, 4);
  image.append_flush();
  return image;
}

TEST_CASE("sound logs of each sector size") {
  for (std::uint32_t size = 32; size <= 8388608; size *= 2) CHECK(judged(sound(size)).ok());
  CHECK(judged(ImageWriter()).ok());  // no entries yet
}

TEST_CASE("a log of the kernel target") {
  for (const std::uint32_t size : {512U, 1024U, 4096U}) {
    ImageWriter image(size);
    image.append_mark("mkfs");
    image.append_write(0, pattern(size, 1), logs::kFlagFua);
    image.append_write(1, pattern(size, 2), logs::kFlagFua | logs::kFlagMetadata);
    image.append_write(2, pattern(size, 2), logs::kFlagMetadata);
    image.append_discard(9, 1 << 20);
    image.append_flush();
    image.append_mark(std::string(size - 33, 'x'));
    image.append_mark(logs::kEndMark);
    const logs::Verdict clean = judged(image);
    CHECK(clean.ok());
    CHECK(clean.findings.size() == 1);
    CHECK(
        message(clean, "metadata") ==
        "entry 2 at sector 4 is METADATA: QEMU's log-append refuses such a log (1 more of these)");
    image.super().nr_entries = 2;  // an unclean end: the superblock lags behind
    const logs::Verdict unclean = judged(image);
    CHECK(unclean.ok());
    CHECK(contains(message(unclean, "beyond-count"), "6 entries parse behind the counted ones"));
    CHECK(contains(message(unclean, "end-mark"), "still in use, cut off by a crash, or full"));
  }
}

TEST_CASE("what is no log at all") {
  CHECK(judged(std::vector<std::byte>{}).ok());
  CHECK(contains(message(judged(std::vector<std::byte>{}), "empty-file"), "0 bytes"));
  CHECK(judged(pattern(4096, 0)).ok());
  CHECK(contains(message(judged(pattern(4096, 0)), "empty-file"), "nothing but zeroes"));
  CHECK(contains(message(judged(pattern(27, 1)), "super-missing"), "cut short: 27 bytes"));
  std::vector<std::byte> bytes = pattern(4096, 1);
  std::fill_n(bytes.begin(), 512, std::byte{0});
  CHECK(contains(message(judged(bytes), "super-missing"), "no entries under any sector size"));
  CHECK(contains(message(judged(pattern(4096, 1)), "magic"), "no log-writes log"));
}

TEST_CASE("damage to the superblock") {
  ImageWriter image = sound();
  image.super().magic ^= 1;
  CHECK(errors(judged(image)) == "magic");
  image = sound();
  image.super().version = 2;
  CHECK(errors(judged(image)) == "version");
  for (const std::uint32_t wrong : {0U, 1U, 16U, 500U, 16777216U, UINT32_MAX}) {
    image = sound();
    image.super().sector_size = wrong;
    CHECK(errors(judged(image)) == "sector-size");
  }
  image = sound();
  image.super().sector_size = 4096;
  CHECK(errors(judged(image)) == "super-bounds");
}

TEST_CASE("damage to a header") {
  const auto with = [](const logs::EntryHeader& header) {
    ImageWriter image = sound();
    image.put_header(4, header);
    return errors(judged(image));
  };
  CHECK(with({8, 4, 32 | logs::kFlagDiscard, 0}) == "flags");
  CHECK(with({8, 0, 1ULL << 63, 0}) == "flags");
  CHECK(with({8, 1ULL << 55, 0, 0}) == "overflow");
  CHECK(with({8, 1000, 0, 0}) == "bounds");
  CHECK(with({8, 1000, 0, 8}) == "hole, bounds");  // two fields: hardly a header
  CHECK(with({8, 4, logs::kFlagMark, 0}) == "mark");
  CHECK(with({0, 0, logs::kFlagMark, 480}) == "mark");
  CHECK(with({8, 0, 0, 512}) == "data-length");
}

TEST_CASE("flags alone are damaged") {
  ImageWriter image = sound();
  image.put_header(1, {0, 2, 64, 0});
  const logs::Verdict verdict = judged(image);
  CHECK(errors(verdict) == "flags");
  CHECK(contains(message(verdict, "flags"), "its length leads to 2 valid entries at sector 4"));
}

TEST_CASE("a count too large") {
  ImageWriter image = sound();
  image.super().nr_entries = 4;
  const std::string past_end = message(judged(image), "bounds");
  CHECK(contains(past_end, "entry 3 of 4: the header at sector 6 would lie past the end"));
  image.grow_to(1 << 20);
  CHECK(errors(judged(image)) == "missing-entries");
  image.super().nr_entries = UINT64_MAX;
  CHECK(errors(judged(image)) == "bounds");
}

TEST_CASE("a log cut short anywhere is rejected") {
  const std::vector<std::byte> whole = sound().bytes();
  for (std::size_t bytes = 1; bytes < whole.size(); bytes += 64) {
    CHECK_FALSE(judged({whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(bytes)}).ok());
  }
}

TEST_CASE("writes of length zero raise no error") {
  ImageWriter image;
  image.append_header({});
  image.append_header({});
  image.append_flush();
  CHECK(judged(image).ok());
  CHECK(contains(message(judged(image), "blank-header"), "2 headers are blank"));
}

TEST_CASE("bytes behind a header are a warning") {
  ImageWriter image = sound();
  image.put_bytes(4 * 512 + 100, pattern(1, 1));
  CHECK(judged(image).ok());
  CHECK(contains(message(judged(image), "header-padding"), "entry 1: its sector 4"));
}

TEST_CASE("findings are kept up to a bound") {
  ImageWriter image;
  for (int i = 0; i < 100; ++i) {
    image.append_flush();
    image.put_bytes((image.next_sector() - 1) * 512 + 100, pattern(1, 1));
  }
  const logs::Verdict verdict = judged(image);
  REQUIRE(verdict.findings.size() == 22);
  CHECK(verdict.findings[20].message == "80 more of these are not shown");
  CHECK(contains(verdict.findings[21].message, "(98 more of these)"));
}

TEST_CASE("rules have names and say what must hold") {
  std::set<std::string_view> ids;
  for (const logs::Rule& rule : logs::all_rules()) {
    CHECK(ids.insert(rule.id).second);
    CHECK_FALSE(rule.summary.empty());
    CHECK((rule.judge != nullptr || rule.judge_entry != nullptr));
  }
}

TEST_CASE("gigabytes of nothing, whatever the superblock counts") {
  const TempDir dir;
  ImageWriter image(32);
  image.append_flush();
  image.super().nr_entries = UINT64_MAX - 1;
  image.grow_to(1ULL << 42);
  REQUIRE_FALSE(image.save(dir / "log"));
  const auto opened = logs::FileSource::open(dir / "log");
  const auto verdict = logs::verify(*std::get<0>(opened));
  CHECK(errors(std::get<logs::Verdict>(verdict)) == "bounds");
}

ImageWriter random_log() {
  const auto size = *rc::gen::element(32U, 512U, 4096U);
  ImageWriter image(size);
  for (int i = *rc::gen::inRange(1, 30); i > 0; --i) {
    const auto sectors = *rc::gen::inRange<std::uint64_t>(1, 10);
    const auto at = *rc::gen::inRange<std::uint64_t>(0, 1 << 20);
    const auto fill = *rc::gen::arbitrary<std::uint8_t>();
    switch (*rc::gen::inRange(0, 5)) {
      case 0:
        image.append_zeroes(at, sectors);
        break;
      case 1:
        image.append_discard(at, sectors);
        break;
      case 2:
        image.append_flush();
        break;
      case 3:
        if (size > 32) image.append_mark("mark");
        break;
      default:
        image.append_write(at, pattern(sectors * size, fill), *rc::gen::element(0, 2, 16, 18));
    }
  }
  return image;
}

RC_TEST_CASE("random sound logs verify",
             [] {
               ImageWriter image = random_log();
               if (*rc::gen::arbitrary<bool>()) image.grow_to(1 << 20);
               const logs::Verdict verdict = judged(image);
               RC_ASSERT(errors(verdict).empty());
               RC_ASSERT(verdict.entries == image.super().nr_entries);
               RC_ASSERT(verdict.end_sector == image.next_sector());
             },
             {.max_success = 300})

RC_TEST_CASE("random damage ends in a verdict",
             [] {
               std::vector<std::byte> bytes = random_log().bytes();
               for (int i = *rc::gen::inRange(1, 20); i > 0; --i) {
                 bytes[*rc::gen::inRange<std::size_t>(0, bytes.size())] =
                     std::byte{*rc::gen::arbitrary<std::uint8_t>()};
               }
               bytes.resize(*rc::gen::inRange<std::size_t>(0, bytes.size() + 1));
               const logs::Verdict verdict = judged(bytes);
               RC_ASSERT(verdict.bytes == bytes.size());
             },
             {.max_success = 1000})

RC_TEST_CASE("any bytes behind a sound superblock end in a verdict",
             [](std::vector<std::uint64_t> words) {
               ImageWriter image(32);
               image.put_bytes(32, std::as_bytes(std::span(words)));
               image.super().nr_entries = *rc::gen::arbitrary<std::uint64_t>();
               RC_ASSERT(judged(image).bytes >= 32U);
             },
             {.max_success = 300})

}  // namespace
}  // namespace simcheck::test
