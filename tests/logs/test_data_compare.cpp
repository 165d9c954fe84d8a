// The data device against the log, checked by a replay that is as simple as can be.
#include "logs/data_compare.hpp"

#include <algorithm>
#include <map>

#include "logs/last_writers.hpp"
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
