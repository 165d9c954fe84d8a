// Warnings and notes: what is unusual in a log that can be followed, and who is taken to have
// written it.
#include <doctest/doctest.h>

#include "logs/report.hpp"
#include "tests/logs/damaged.hpp"

namespace simcheck::test {
namespace {

using logs::ImageWriter;
using logs::Producer;

logs::Verdict judged_with(const ImageWriter& image, const logs::VerifyOptions& options) {
  const std::vector<std::byte> bytes = image.bytes();
  return std::get<logs::Verdict>(logs::verify(logs::MemorySource(bytes), options));
}

// "rule rule" of all findings.
std::string told(const logs::Verdict& verdict) {
  std::string ids;
  for (const auto& finding : verdict.findings)
    ids += (ids.empty() ? "" : " ") + std::string(finding.rule->id);
  return ids;
}

std::string told(const logs::EntryHeader& header) {
  ImageWriter image(32);  // which no kernel writes
  image.append_header(header);
  image.grow_to(32 * 32);
  return told(judged_with(image, {}));
}

TEST_CASE("unusual entries") {
  CHECK(told({8, 0, logs::kFlagFlush, 0}) == "flush-with-data");
  CHECK(told({0, 1, logs::kFlagFlush, 0}) == "flush-with-data");
  CHECK(told({8, 0, logs::kFlagDiscard, 0}) == "discard");
  CHECK(told({8, 9, logs::kFlagDiscard | logs::kFlagFlush, 0}) == "flush-with-data discard");
  CHECK(told({8, 0, 0, 0}) == "zero-length");
  CHECK(told({8, 1, 0, 0}).empty());
  ImageWriter image(32);
  for (int i = 0; i < 3; ++i) image.append_flush();
  CHECK(told(judged_with(image, {})) == "repeated-flush");
  CHECK(contains(message(judged_with(image, {}), "repeated-flush"), "(1 more of these)"));
}

TEST_CASE("a flush and a discard in one are told in full") {
  ImageWriter image(32);
  image.append_header({8, 9, logs::kFlagDiscard | logs::kFlagFlush, 0});
  const logs::Verdict verdict = judged_with(image, {});
  CHECK(contains(message(verdict, "flush-with-data"),
                 "entry 0 at sector 1 is FLUSH|DISCARD with sector 8 and 9 sectors to discard: no "
                 "producer logs a flush and a discard as one"));
  CHECK(
      contains(message(verdict, "discard"),
               "entry 0 at sector 1 is a DISCARD with FLUSH, of 9 sectors from 8 on: no discard"));
}

TEST_CASE("the size of the data device, rounded up") {
  ImageWriter image;
  image.append_zeroes(8, 4);
  const auto with_size = [&](std::uint64_t bytes) {
    return told(judged_with(image, {.device_bytes = bytes}));
  };
  CHECK(with_size(12 * 512).empty());
  CHECK(with_size(11 * 512 + 1).empty());
  CHECK(with_size(11 * 512) == "device-size");
}

TEST_CASE("who wrote a log") {
  const auto producer = [](const ImageWriter& image) { return judged_with(image, {}).producer; };
  ImageWriter image = log_of_writes(2);
  CHECK(producer(image).producer == Producer::kQemu);
  CHECK(contains(producer(image).why, "without any FUA or MARK"));
  image.append_mark("x");  // as `log create --mark` does
  CHECK_FALSE(producer(image).producer);
  CHECK(contains(producer(image).why, "entry 3 is a MARK, which QEMU never writes, but any tool"));
  CHECK(told(judged_with(image, {})).empty());
  image.append_mark(logs::kEndMark);
  CHECK(producer(image).producer == Producer::kKernel);
  CHECK(producer(image).why == "entry 3 has MARK, which QEMU never writes");
  image = log_of_writes(2);
  image.append_write(9, pattern(512, 1), logs::kFlagFua);
  CHECK(producer(image).producer == Producer::kKernel);
  CHECK_FALSE(producer(ImageWriter()).producer);
  CHECK(producer(ImageWriter(32)).producer == Producer::kQemu);
  CHECK(contains(logs::verdict_text("log", judged_with(image, {})),
                 "producer: kernel (a guess: entry"));
  const logs::Verdict given = judged_with(image, {.producer = Producer::kQemu});
  CHECK(given.producer.given);
  CHECK(told(given) == "producer");
  CHECK(contains(logs::verdict_text("log", given), "producer: qemu (as given)\n"));
}

TEST_CASE("a kernel log that was not closed") {
  ImageWriter image = log_of_writes(2);
  image.append_write(9, pattern(512, 1), logs::kFlagFua);
  CHECK(contains(message(judged_with(image, {}), "end-mark"), "full (0 sectors left"));
  image.grow_to(1 << 20);
  CHECK(contains(message(judged_with(image, {}), "end-mark"),
                 "still in use, cut off by a crash, or"));
  image.append_mark(logs::kEndMark);
  CHECK(told(judged_with(image, {})).empty());
}

TEST_CASE("what lies behind the counted entries, and where it likely comes from") {
  ImageWriter image = log_of_writes(9);
  const std::uint64_t end = sector_of(3);
  image.super().nr_entries = 3;
  CHECK(contains(message(judged_with(image, {}), "beyond-count"), "likelier the end of this log"));
  erase(image, end, 9);
  CHECK(contains(message(judged_with(image, {}), "beyond-count"), "in flight when it was cut off"));
  scribble(image, end, 9);
  CHECK(told(judged_with(image, {})) == "beyond-count stale-bytes");
  CHECK(contains(message(judged_with(image, {}), "beyond-count"), "likelier an older log's"));
  erase(image, end, 100);
  CHECK(told(judged_with(image, {})).empty());
  image.put_bytes(1 << 20, pattern(512, 0xee));
  CHECK(told(judged_with(image, {})) == "sparse-tail");
}

TEST_CASE("an end mark makes what follows an older log's") {
  ImageWriter image;
  image.append_mark(logs::kEndMark);
  image.append_flush();
  image.super().nr_entries = 1;
  CHECK(contains(message(judged_with(image, {}), "beyond-count"), "closed before them"));
}

TEST_CASE("only the chosen rules are judged") {
  ImageWriter image = log_of_writes(9);
  scribble(image, sector_of(2), 9);
  const auto with = [&](std::string_view id) {
    return told(judged_with(image, {.rules = {logs::find_rule(id)}}));
  };
  CHECK(with("hole") == "hole");
  CHECK(with("flags") == "flags");
  CHECK(with("bounds").empty());
  const auto flags = judged_with(image, {.rules = {logs::find_rule("flags")}});
  CHECK(contains(message(flags, "flags"), "cannot be read from here on (8 entries lost)"));
  CHECK(logs::find_rule("no such rule") == nullptr);
}

TEST_CASE("warnings count where they are asked to") {
  ImageWriter image = log_of_writes(1);
  image.append_header({8, 0, logs::kFlagDiscard, 0});
  const logs::Verdict verdict = judged_with(image, {});
  CHECK(verdict.ok());
  CHECK_FALSE(verdict.ok(logs::Severity::kWarning));
  CHECK(contains(logs::verdict_text("log", verdict), "log: ok, 1 warning\n"));
  CHECK(contains(logs::verdict_text("log", verdict, logs::Severity::kWarning),
                 "log: violated, 1 warning\n"));
}

TEST_CASE("a log without superblock says so, and in which sectors its entries parse") {
  for (const std::uint32_t size : {32U, 512U, 4096U}) {
    ImageWriter image(size);
    image.append_write(0, pattern(2 * size, 1));
    image.append_flush();
    image.super() = {0, 0, 0, 0};
    const logs::Verdict verdict = judged_with(image, {});
    CHECK(errors(verdict) == "super-missing");
    CHECK(contains(message(verdict, "super-missing"),
                   "2 entries parse behind it, in sectors of " + std::to_string(size) + " bytes"));
  }
}

}  // namespace
}  // namespace simcheck::test
