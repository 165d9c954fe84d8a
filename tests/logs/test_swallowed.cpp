// What the write-zeroes race leaves in an image is found, whatever was swallowed and however deep.
#include "tests/logs/judged.hpp"
#include "tests/logs/old_driver.hpp"
#include "tests/support/rapidcheck.hpp"

namespace simcheck::test {
namespace {

constexpr Request kZeroes{Kind::kZeroes, 8};
constexpr Request kWrite{Kind::kWrite, 8};
constexpr Request kDiscard{Kind::kDiscard, 16};
constexpr Request kFlush{Kind::kFlush, 0};

logs::Verdict after(const std::vector<Request>& begun_together) {
  OldDriver driver;
  for (const Request& request : begun_together) driver.begin(request);
  driver.finish_all();
  return judged(driver.image());
}

TEST_CASE("each kind of entry can be swallowed") {
  CHECK(errors(after({kZeroes, kWrite})) == "swallowed-header");
  CHECK(errors(after({kZeroes, kFlush})) == "swallowed-header");
  CHECK(errors(after({kZeroes, kDiscard})) == "swallowed-header");
  CHECK(errors(after({kZeroes, kZeroes})) == "swallowed-header");
  CHECK(errors(after({kZeroes, kZeroes, kZeroes, kFlush})) == "swallowed-header");
  CHECK(errors(after({{Kind::kZeroes, 1}, kFlush, kFlush})) == "swallowed-header");
  CHECK(errors(after({{Kind::kZeroes, 1000}, {Kind::kWrite, 1}})) == "swallowed-header");
  CHECK(errors(after({{Kind::kZeroes, 1}, {Kind::kWrite, 1000}})) == "swallowed-header");
}

TEST_CASE("what does not swallow is sound") {
  CHECK(errors(after({kZeroes})).empty());
  CHECK(errors(after({kWrite, kZeroes})).empty());
  CHECK(errors(after({kWrite, kFlush, kDiscard})).empty());
}

TEST_CASE("the finding names both entries, the sectors and the promises") {
  const logs::Verdict verdict = after({kWrite, kZeroes, kFlush});
  REQUIRE(verdict.findings.size() == 1);
  const logs::Finding& finding = verdict.findings[0];
  CHECK(finding.entry == 1);
  CHECK(finding.log_sector == 10);
  CHECK(finding.rule->breaks == std::vector<std::string_view>{"no-overlap", "contiguous"});
  CHECK(finding.message ==
        "entry 1 (header at sector 10, 8 data sectors) and entry 2 (header at sector 11, 0 data "
        "sectors) both cover sector 11: the header of entry 2 lies inside the data of entry 1, "
        "whose zeroes lie further on. This breaks no-overlap and contiguous; a reader that trusts "
        "the headers lands on zeroes at sector 19, skips entry 2 and replays its header as data");
}

TEST_CASE("zeroes that finish crosswise") {
  OldDriver driver;
  driver.begin(kZeroes);
  driver.begin({Kind::kZeroes, 3});
  driver.finish(0);
  driver.begin(kWrite);
  driver.finish(0);
  CHECK(errors(judged(driver.image())) == "swallowed-header");
}

TEST_CASE("the swallowed log may lie anywhere in a long one, after writes of length zero too") {
  OldDriver driver;
  for (int i = 0; i < 3000; ++i) driver.begin(kWrite);
  driver.begin({Kind::kWrite, 0});
  driver.begin(kZeroes);
  driver.begin(kFlush);
  driver.finish_all();
  for (int i = 0; i < 3000; ++i) driver.begin(kWrite);
  const logs::Verdict verdict = judged(driver.image());
  CHECK(errors(verdict) == "swallowed-header");
  CHECK(verdict.findings[0].entry == 3001);
}

TEST_CASE("a log inside a log is guest data, and a note") {
  logs::ImageWriter inner;
  inner.append_write(0, pattern(512, 7));
  inner.append_flush();
  const std::vector<std::byte> data = inner.bytes();
  logs::ImageWriter outer;
  outer.append_write(0, data);
  outer.append_write(8, std::span(data).subspan(512));  // begins with a header
  outer.append_flush();
  const logs::Verdict verdict = judged(outer);
  CHECK(errors(verdict).empty());
  CHECK(contains(message(verdict, "header-like-data"), "the first is entry 1 (sector 7)"));
}

// The oracle: the placements that the driver really made.
RC_TEST_CASE("a log is rejected exactly if its entries overlap",
             [] {
               OldDriver driver(*rc::gen::element(32U, 512U, 4096U));
               const int steps = *rc::gen::inRange(1, 24);
               for (int i = 0; i < steps; ++i) {
                 if (driver.pending() > 0 && *rc::gen::arbitrary<bool>()) {
                   driver.finish(*rc::gen::inRange<std::size_t>(0, driver.pending()));
                   continue;
                 }
                 const auto kind =
                     *rc::gen::element(Kind::kWrite, Kind::kZeroes, Kind::kDiscard, Kind::kFlush);
                 driver.begin({kind, *rc::gen::inRange<std::uint64_t>(1, 12),
                               *rc::gen::element<std::uint8_t>(0, 1, 0x5a, 0xff)});
               }
               driver.finish_all();
               const bool overlap = logs::find_overlap(driver.placed()).has_value();
               RC_CLASSIFY(overlap, "overlapping");
               RC_ASSERT(errors(judged(driver.image())) == (overlap ? "swallowed-header" : ""));
             },
             {.max_success = 2000})

}  // namespace
}  // namespace simcheck::test
