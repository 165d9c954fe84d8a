// The data device against the log, checked by a replay that is as simple as can be.
#include "logs/data_compare.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "logs/last_writers.hpp"
#include "logs/report.hpp"
#include "tests/logs/damaged.hpp"
#include "tests/support/rapidcheck.hpp"

namespace simcheck::test {
namespace {

using logs::ImageWriter;
using Bytes = std::vector<std::byte>;

struct Compared {
  Bytes log;
  Bytes data;
  std::optional<Bytes> base{};

  logs::Verdict verdict() const {
    const logs::MemorySource log_source(log), data_source(data);
    const logs::MemorySource base_source(base ? std::span<const std::byte>(*base)
                                              : std::span<const std::byte>());
    logs::VerifyOptions options;
    options.data = &data_source;
    if (base) options.base = &base_source;
    return std::get<logs::Verdict>(logs::verify(log_source, options));
  }
};

// Three writes of one sector: 0 and 2 to sector 0, 1 to sector 1; sector 2 discarded.
ImageWriter small() {
  ImageWriter image;
  image.append_write(0, pattern(512, 1));
  image.append_write(1, pattern(512, 2));
  image.append_write(0, pattern(512, 3));
  image.append_discard(2, 1);
  return image;
}

Bytes device() {
  Bytes data(4 * 512);
  std::fill_n(data.begin(), 512, std::byte{3});
  std::fill_n(data.begin() + 512, 512, std::byte{2});
  return data;
}

TEST_CASE("a device as the log left it") {
  Compared all{small().bytes(), device()};
  all.data[2 * 512] = std::byte{7};  // discarded: whatever it holds is right
  CHECK(all.verdict().ok());
  all.base = Bytes(4 * 512);
  CHECK(all.verdict().ok());
  CHECK(all.verdict().compared->compared_bytes == 1024);
  CHECK(all.verdict().compared->discarded_bytes == 512);
}

TEST_CASE("the first entry that differs is named") {
  Compared all{small().bytes(), device()};
  all.data[5] = std::byte{9};
  CHECK(errors(all.verdict()) == "data");
  CHECK(contains(message(all.verdict(), "data"), "byte 5 of the data device is 0x09, not 0x03"));
  CHECK(contains(message(all.verdict(), "data"), "entry 2 at sector 5"));
  all.data[512 + 3] = std::byte{9};
  CHECK(contains(message(all.verdict(), "data"), "byte 515"));
  CHECK(contains(message(all.verdict(), "data"), "entry 1 at sector 3"));
}

TEST_CASE("what no entry wrote is compared with the base only") {
  Compared all{small().bytes(), device()};
  all.data[3 * 512 + 1] = std::byte{9};
  CHECK(all.verdict().ok());
  const auto is_judged = [&] {
    const auto rules = all.verdict().rules;
    return std::ranges::count(rules, logs::find_rule("unlogged-data")) == 1;
  };
  CHECK_FALSE(is_judged());
  all.base = Bytes(100);  // shorter: zeroes behind it
  CHECK(is_judged());
  CHECK(errors(all.verdict()) == "unlogged-data");
  CHECK(contains(message(all.verdict(), "unlogged-data"), "byte 1537"));
}

TEST_CASE("a hole over an older log of the same layout shows in the data alone") {
  // The second entry's log write failed, and an older log's entry stands in its place.
  Compared all{small().bytes(), device()};
  std::fill_n(all.data.begin() + 512, 512, std::byte{5});
  CHECK(judged(all.log).ok());
  CHECK(errors(all.verdict()) == "data");
  CHECK(contains(message(all.verdict(), "data"), "it is itself an older log's"));
}

TEST_CASE("entries past the end of the device") {
  Compared all{small().bytes(), Bytes(512, std::byte{3})};
  CHECK(all.verdict().ok());
  CHECK(all.verdict().compared->beyond_device == 1);
}

TEST_CASE("a log that cannot be followed is not compared") {
  ImageWriter image = small();
  scribble(image, 3, 1);
  const Compared all{image.bytes(), device()};
  CHECK_FALSE(all.verdict().compared);
  CHECK(all.verdict().data_refused);
}

// The same, but the superblock lags behind by the last two entries: another write to sector 1, and
// one to sector 3.
ImageWriter lagging() {
  ImageWriter image = small();
  image.append_write(1, pattern(512, 4));
  image.append_write(3, pattern(512, 5));
  image.super().nr_entries = 4;
  return image;
}

TEST_CASE("where entries behind the count wrote, either content is right") {
  for (const std::uint8_t sector_1 : {2, 4}) {
    for (const std::uint8_t sector_3 : {0, 5}) {
      Compared all{lagging().bytes(), device(), Bytes(4 * 512)};
      std::fill_n(all.data.begin() + 512, 512, std::byte{sector_1});
      std::fill_n(all.data.begin() + 3 * 512, 512, std::byte{sector_3});
      CHECK(errors(all.verdict()).empty());
      CHECK(all.verdict().compared->compared_bytes == 1024);
      CHECK(all.verdict().compared->either_bytes == 1024);
      CHECK(contains(logs::verdict_text("log", all.verdict()),
                     "; in 1024 bytes what entries behind the count wrote there is right as well"));
      CHECK(contains(logs::verdict_json("log", all.verdict()), "\"either_bytes\": 1024"));
    }
  }
}

TEST_CASE("a content that neither wrote is a difference, and so is a mixture") {
  Compared all{lagging().bytes(), device(), Bytes(4 * 512)};
  all.data[512] = std::byte{4};
  CHECK(errors(all.verdict()) == "data");
  CHECK(contains(message(all.verdict(), "data"), "byte 512 of the data device is 0x04, not 0x02"));
  CHECK(contains(message(all.verdict(), "data"), "nor as an entry behind the count has it: "));
  CHECK(contains(message(all.verdict(), "data"), "on the device or in the log were damaged"));
  all.data[512] = std::byte{2};
  all.data[3 * 512 + 7] = std::byte{9};
  CHECK(errors(all.verdict()) == "unlogged-data");
  CHECK(contains(message(all.verdict(), "unlogged-data"), "nor one behind the count"));
  all.data[3 * 512 + 7] = std::byte{0};
  all.data[0] = std::byte{9};  // where only counted ones wrote
  CHECK(contains(message(all.verdict(), "data"), "(1 sector from 0 on): an entry behind it"));
}

TEST_CASE("what a discard behind the count leaves is not known") {
  ImageWriter image = lagging();
  image.append_discard(0, 1);
  image.super().nr_entries = 4;
  Compared all{image.bytes(), device()};
  all.data[0] = std::byte{9};
  CHECK(errors(all.verdict()).empty());
  CHECK(all.verdict().compared->either_bytes == 1024);
}

TEST_CASE("zeroes before and between entries behind the count are requests in flight") {
  ImageWriter image = small();
  for (int i = 0; i < 2; ++i) image.append_header({});
  image.append_write(1, pattern(512, 4));
  image.append_header({});
  image.append_write(3, pattern(512, 5));
  image.super().nr_entries = 4;
  Compared all{image.bytes(), device(), Bytes(4 * 512)};
  std::fill_n(all.data.begin() + 512, 512, std::byte{4});
  std::fill_n(all.data.begin() + 3 * 512, 512, std::byte{5});
  CHECK(errors(all.verdict()).empty());
  CHECK(all.verdict().compared->either_bytes == 1024);
}

TEST_CASE("entries behind the count that are likelier an older log's explain nothing") {
  Compared all{lagging().bytes(), device()};
  std::fill_n(all.data.begin() + 512, 512, std::byte{4});
  REQUIRE(errors(all.verdict()).empty());
  ImageWriter foreign = lagging();
  scribble(foreign, 8, 1);  // where the next one would begin
  all.log = foreign.bytes();
  CHECK(errors(all.verdict()) == "data");
  ImageWriter closed = small();
  closed.append_mark(logs::kEndMark);
  closed.append_write(1, pattern(512, 4));
  closed.super().nr_entries = 5;
  all.log = closed.bytes();
  CHECK(errors(all.verdict()) == "data");
}

RC_TEST_CASE("every atom is as the last counted entry has it, or as one behind the count",
             [] {
               const std::uint64_t size = *rc::gen::element(512, 1024);
               ImageWriter image(static_cast<std::uint32_t>(size));
               const auto entries = *rc::gen::inRange<std::uint64_t>(1, 12);
               const auto counted = *rc::gen::inRange<std::uint64_t>(0, entries);
               std::vector<std::set<std::uint8_t>> may_hold(32, {0});  // by atom of 512 bytes
               for (std::uint64_t i = 0; i < entries; ++i) {
                 const auto begin = *rc::gen::inRange<std::uint64_t>(0, 12);
                 const auto length = *rc::gen::inRange<std::uint64_t>(1, 4);
                 const auto value = static_cast<std::uint8_t>(i + 1);
                 image.append_write(begin, pattern(length * size, value));
                 for (auto at = begin * size / 512; at < (begin + length) * size / 512; ++at) {
                   if (i < counted) may_hold[at].clear();
                   may_hold[at].insert(value);
                 }
               }
               image.super().nr_entries = counted;
               Compared all{image.bytes(), {}, Bytes(32 * 512)};
               for (const auto& values : may_hold) {
                 const auto atom = pattern(512, *rc::gen::elementOf(values));
                 all.data.insert(all.data.end(), atom.begin(), atom.end());
               }
               RC_ASSERT(errors(all.verdict()).empty());
               const auto wrong = *rc::gen::inRange<std::size_t>(0, all.data.size());
               all.data[wrong] = std::byte{99};
               const auto verdict = all.verdict();
               const auto& found = *verdict.compared;
               RC_ASSERT(errors(verdict) == (found.first ? "data" : "unlogged-data"));
               RC_ASSERT((found.first ? found.first : found.unlogged)->offset_bytes / 512 ==
                         wrong / 512);
             },
             {.max_success = 300})

TEST_CASE("more doubts than are remembered at once") {
  ImageWriter image(32);
  const std::uint64_t count = 2 * logs::LastWriters::kExtentsMax + 1000;
  Bytes first(count * 32), second(count * 32, std::byte{2});
  image.append_write(0, first);
  image.append_write(0, second);
  image.super().nr_entries = 1;
  Bytes data(count * 32);  // every other atom
  for (std::uint64_t i = 0; i < count; i += 2) std::fill_n(data.begin() + 32 * i, 32, std::byte{2});
  Compared all{image.bytes(), data, {}};
  CHECK(errors(all.verdict()).empty());
  all.data[32 * (count - 1)] = std::byte{7};
  CHECK(errors(all.verdict()) == "data");
}

RC_TEST_CASE("the last writer of every byte",
             [] {
               logs::LastWriters writers(10, 90);
               std::map<std::uint64_t, std::uint64_t> wanted;
               for (std::uint64_t i = 0; i < *rc::gen::inRange<std::uint64_t>(0, 30); ++i) {
                 const auto begin = *rc::gen::inRange<std::uint64_t>(0, 100);
                 const auto end = begin + *rc::gen::inRange<std::uint64_t>(0, 30);
                 writers.add({begin, end, {i, 0, {}}});
                 for (std::uint64_t at = std::max<std::uint64_t>(begin, 10);
                      at < std::min<std::uint64_t>(end, 90); ++at)
                   wanted[at] = i;
               }
               std::map<std::uint64_t, std::uint64_t> got;
               for (const auto& [begin, written] : writers.extents()) {
                 for (std::uint64_t at = begin; at < written.end; ++at)
                   RC_ASSERT(got.emplace(at, written.entry.index).second);
               }
               RC_ASSERT(got == wanted);
             },
             {.max_success = 300})

TEST_CASE("more scattered writes than are remembered at once") {
  ImageWriter image(32);
  const std::uint64_t count = logs::LastWriters::kExtentsMax + 1000;
  for (std::uint64_t i = 0; i < count; ++i) image.append_write(2 * i, pattern(32, 1));
  Bytes data(2 * count * 32);
  for (std::uint64_t i = 0; i < count; ++i) std::fill_n(data.begin() + 64 * i, 32, std::byte{1});
  Compared all{image.bytes(), data, Bytes()};
  CHECK(all.verdict().ok());
  CHECK(all.verdict().compared->compared_bytes == 32 * count);
  all.data[64 * (count - 1)] = std::byte{2};
  CHECK(contains(message(all.verdict(), "data"), "entry " + std::to_string(count - 1)));
}

}  // namespace
}  // namespace simcheck::test
