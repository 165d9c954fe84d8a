// Holes: what is missing, how long it was and where the log goes on, over zeroes and over old
// bytes.
#include <algorithm>

#include "tests/logs/damaged.hpp"
#include "tests/support/rapidcheck.hpp"

namespace simcheck::test {
namespace {

using logs::ImageWriter;

TEST_CASE("a hole over old bytes says what is missing and where the log goes on") {
  ImageWriter image = log_of_writes(26);
  scribble(image, sector_of(17), 9);
  const logs::Verdict verdict = judged(image);
  CHECK(errors(verdict) == "hole, flags");
  const std::string text = message(verdict, "hole");
  CHECK(contains(text, "entry 17's header at sector 154 is impossible"));
  CHECK(contains(text, "a chain of 9 valid entries starts at sector 163"));
  CHECK(contains(text, "the request whose log write failed was 8 sectors long"));
  CHECK(contains(text, "Entry 17 is missing, and all behind it lies 9 sectors further on"));
}

TEST_CASE("a hole over zeroes pushes entries out of the count") {
  for (const std::uint64_t hole : {0, 3, 24}) {
    ImageWriter image = log_of_writes(26);
    erase(image, sector_of(hole), 9);
    const logs::Verdict verdict = judged(image);
    CHECK(errors(verdict) == "hole");
    CHECK(contains(message(verdict, "hole"), "entry " + std::to_string(hole) + " was never"));
    CHECK(contains(message(verdict, "hole"), "a chain of " + std::to_string(26 - hole) + " valid"));
    CHECK(contains(message(verdict, "hole"), "was 8 sectors long"));
  }
}

std::size_t holes_told(const logs::Verdict& verdict) {
  return static_cast<std::size_t>(
      std::count_if(verdict.findings.begin(), verdict.findings.end(),
                    [](const auto& finding) { return finding.rule->id == "hole"; }));
}

TEST_CASE("several holes in one log, of either kind") {
  ImageWriter image = log_of_writes(26);
  erase(image, sector_of(3), 9);
  erase(image, sector_of(9), 9);
  CHECK(errors(judged(image)) == "hole, hole");
  scribble(image, sector_of(14), 9);
  CHECK(holes_told(judged(image)) == 3);
  scribble(image, sector_of(0), 9);
  CHECK(holes_told(judged(image)) == 4);
}

TEST_CASE("neighbouring entries are lost together") {
  ImageWriter image = log_of_writes(26);
  erase(image, sector_of(3), 18);
  const logs::Verdict verdict = judged(image);
  CHECK(holes_told(verdict) == 2);  // the hole, and what the count says of it
  CHECK(contains(verdict.findings[1].message,
                 "counts 27 entries, 1 more than that makes: more than one was lost"));
  scribble(image, sector_of(3), 18);
  CHECK(holes_told(judged(image)) == 2);
}

TEST_CASE("writes of length zero beside a hole are no hole") {
  ImageWriter image;
  image.append_header({});
  image.append_header({});
  image.append_header({});
  image.append_write(8, pattern(512, 1));
  CHECK(judged(image).ok());
  const std::uint64_t hole = image.next_sector();
  image.append_zeroes(16, 4);
  image.put_header(hole, {});
  image.append_flush();
  image.append_flush();
  const logs::Verdict verdict = judged(image);
  CHECK(errors(verdict) == "hole");
  CHECK(contains(message(verdict, "hole"), "entry 4 was never written"));
}

TEST_CASE("an older log's entries in the hole do not hide the chain behind it") {
  ImageWriter image = log_of_writes(26);
  erase(image, sector_of(17), 9);
  scribble(image, sector_of(17), 2);
  image.put_header(sector_of(17) + 2, {64, 1, 0, 0});
  image.put_bytes((sector_of(17) + 3) * 512, pattern(512, 3));
  image.put_header(sector_of(17) + 4, {64, 30, 0, 0});
  const logs::Verdict verdict = judged(image);
  CHECK(contains(message(verdict, "hole"), "a chain of 9 valid entries starts at sector 163"));
}

TEST_CASE("nothing parses behind the damage") {
  ImageWriter image = log_of_writes(26);
  scribble(image, sector_of(5), 300);
  CHECK(errors(judged(image)) == "flags");
  CHECK(contains(message(judged(image), "flags"), "cannot be read from here on (22 entries lost)"));
  erase(image, sector_of(2), 9);
  CHECK_FALSE(judged(image).ok());
}

TEST_CASE("a header that was lost over its data") {
  ImageWriter image = log_of_writes(26);
  image.put_header(sector_of(4), {});
  const logs::Verdict verdict = judged(image);
  CHECK(contains(message(verdict, "hole"), "entry 4's header at sector 37 is blank, with other"));
  CHECK(contains(message(verdict, "hole"), "a chain of 22 valid entries starts at sector 46"));
}

TEST_CASE("a wrong length is told from a hole by the count") {
  for (const std::uint64_t wrong : {0, 3, 7, 9, 12, 16, 18, 40}) {
    ImageWriter image = log_of_writes(26);
    image.put_header(sector_of(4), {64, wrong, 0, 0});
    const logs::Verdict verdict = judged(image);
    CAPTURE(wrong);
    CHECK(contains(errors(verdict), "length"));
    CHECK_FALSE(contains(errors(verdict), "hole"));
    CHECK(contains(message(verdict, "length"), "the length should be 8"));
    CHECK(contains(message(verdict, "length"), "a chain of 22 valid entries starts at sector 46"));
    CHECK(message(verdict, "beyond-count") == "");
  }
}

TEST_CASE("an impossible header tells where the log goes on next") {
  ImageWriter image = log_of_writes(40);
  scribble(image, sector_of(10), 9);
  scribble(image, sector_of(20), 9);
  const logs::Verdict verdict = judged(image);
  CHECK(contains(message(verdict, "flags") + message(verdict, "bounds"),
                 "the log goes on at sector " + std::to_string(sector_of(11))));
}

TEST_CASE("where the superblock lags behind, no length is corrected") {
  for (const std::uint64_t lag : {1, 2, 3}) {
    for (const std::uint64_t wrong : {9, 12, 24, 40}) {
      ImageWriter image = log_of_writes(30);
      image.put_header(sector_of(4), {64, wrong, 0, 0});
      image.super().nr_entries = 31 - lag;
      CAPTURE(lag);
      CAPTURE(wrong);
      CHECK_FALSE(contains(errors(judged(image)), "length"));
    }
  }
}

TEST_CASE("a search within data is as long as the data") {
  ImageWriter image;
  image.append_write(0, pattern(512 * 40'000, 1));
  for (std::uint64_t at = 2; at < 40'000; ++at) image.put_header(at, {0, 0, logs::kFlagFlush, 0});
  const std::uint64_t hole = 40'002;
  image.append_write(0, pattern(512 * 8, 2));
  image.append_write(0, pattern(512 * 8, 3));
  scribble(image, hole, 9);
  image.super().nr_entries = 1'000'000;
  CHECK_FALSE(judged(image).ok());
}

TEST_CASE("a count that proves nothing is a warning") {
  ImageWriter image = log_of_writes(26);
  erase(image, sector_of(3), 9);
  image.super().nr_entries = 8;  // killed in mid-run
  const logs::Verdict verdict = judged(image);
  CHECK(verdict.ok());
  CHECK(contains(message(verdict, "blank-header"), "or, likelier, a hole of 9 sectors"));
}

RC_TEST_CASE("any entry of a random log may be lost, and is named",
             [] {
               ImageWriter image;
               std::vector<std::pair<std::uint64_t, std::uint64_t>> entries;
               const int count = *rc::gen::inRange(6, 20);
               for (int i = 0; i < count; ++i) {
                 const auto length = *rc::gen::inRange<std::uint64_t>(1, 20);
                 entries.emplace_back(image.next_sector(), length + 1);
                 image.append_write(*rc::gen::inRange(0, 1000), pattern(512 * length, 0xa5));
               }
               image.append_flush();
               const auto lost = *rc::gen::inRange<std::size_t>(0, entries.size());
               const auto [sector, sectors] = entries[lost];
               if (*rc::gen::arbitrary<bool>()) {
                 erase(image, sector, sectors);
               } else {
                 scribble(image, sector, sectors);
               }
               const logs::Verdict verdict = judged(image);
               const std::string text = message(verdict, "hole");
               RC_ASSERT(contains(text, "entry " + std::to_string(lost)));
               RC_ASSERT(contains(text, "was " + std::to_string(sectors - 1) + " sector"));
               RC_ASSERT(holes_told(verdict) == 1U);
             },
             {.max_success = 300})

}  // namespace
}  // namespace simcheck::test
