// Replaying: the result is what the entries say, whatever was done in between, and failures say how
// far it went.
#include "logs/replay.hpp"

#include <functional>

#include "tests/logs/judged.hpp"
#include "tests/logs/memory_target.hpp"
#include "tests/logs/random_log.hpp"
#include "tests/support/rapidcheck.hpp"

namespace simcheck::logs {
namespace {

using test::MemoryTarget;

// A log in memory; `holes_at` says where next_data() finds the next data.
class Log final : public ByteSource {
 public:
  explicit Log(std::vector<std::byte> bytes) : bytes_(std::move(bytes)) {}

  Superblock super() const { return std::get<Superblock>(read_sound_superblock(*this)); }
  std::uint64_t size() const override { return bytes_.size(); }
  bool read(std::uint64_t offset, std::span<std::byte> to) const override {
    if (offset < broken_end && offset + to.size() > broken_begin) return false;
    return MemorySource(bytes_).read(offset, to);
  }
  std::uint64_t next_data(std::uint64_t offset) const override {
    return offset >= hole_begin && offset < hole_end ? hole_end : offset;
  }

  std::uint64_t hole_begin = 0, hole_end = 0;
  std::uint64_t broken_begin = 0, broken_end = 0;

 private:
  std::vector<std::byte> bytes_;
};

constexpr std::size_t kSector = 512;

RC_TEST_CASE("a replay in steps leaves what the entries say", [] {
  const test::RandomLog random = test::random_log(30);
  const Log log(random.image());
  const auto mode =
      *rc::gen::element(DiscardMode::kPunch, DiscardMode::kZero, DiscardMode::kIgnore);
  MemoryTarget target(test::kDeviceSectors * random.sector_size, 0xee);
  std::vector<std::byte> expected = target.content;
  Replayer replayer(log, log.super(), target, {.discard = mode});
  const auto nr = random.entries.size();
  while (replayer.next_entry() < nr) {
    const auto next = replayer.next_entry();
    const auto end = *rc::gen::inRange<std::uint64_t>(next + 1, nr + 1);
    if (*rc::gen::inRange(0, 4) == 0) {
      RC_ASSERT(!replayer.skip_to(end));
    } else {
      RC_ASSERT(!replayer.run_to(end));
      for (auto i = next; i < end; ++i) {
        const bool discard = (random.entries[i].header.flags & kFlagDiscard) != 0;
        if (discard && mode == DiscardMode::kIgnore) continue;
        random.apply(i, expected,
                     mode == DiscardMode::kPunch ? MemoryTarget::kDiscarded : std::byte{0});
      }
    }
    RC_ASSERT(replayer.next_entry() == end);
    RC_ASSERT(target.content == expected);
  }
});

TEST_CASE("neighbours go out together, in order") {
  ImageWriter image;
  for (std::uint64_t i = 0; i < 100; ++i) image.append_write(i, test::pattern(kSector, 1));
  image.append_write(0, test::pattern(kSector, 2));
  const Log log(image.bytes());
  MemoryTarget target(100 * kSector);
  Replayer replayer(log, log.super(), target);
  CHECK(!replayer.run_to(101));
  CHECK(target.writes == 2);
  CHECK(target.content[0] == std::byte{2});
  CHECK(target.content[100 * kSector - 1] == std::byte{1});
}

TEST_CASE("entries larger than any buffer, and holes in them") {
  constexpr std::size_t kBytes = 5 << 20;
  std::vector<std::byte> data = test::pattern(kBytes, 7);
  std::fill_n(data.begin() + (1 << 20), 2 << 20, std::byte{0});
  ImageWriter image;
  image.append_write(3, data);
  image.append_flush();
  Log log(image.bytes());
  for (const bool sparse : {false, true}) {
    CAPTURE(sparse);
    log.hole_begin = sparse ? 2 * kSector + (1 << 20) : 0;
    log.hole_end = sparse ? 2 * kSector + (3 << 20) : 0;
    MemoryTarget target(kBytes + 3 * kSector, 9);
    Replayer replayer(log, log.super(), target);
    CHECK(!replayer.run_to(2));
    CHECK(std::equal(data.begin(), data.end(), target.content.begin() + 3 * kSector));
    CHECK(target.content[3 * kSector - 1] == std::byte{9});
    CHECK(target.zeroed == (sparse ? 2 << 20 : 0));
    CHECK(replayer.counts().written_bytes == kBytes);
  }
}

TEST_CASE("discards: handed on, zeroed where that is impossible, or ignored") {
  ImageWriter image;
  image.append_discard(1, 2);
  const Log log(image.bytes());
  const auto content_after = [&](DiscardMode mode, bool can_discard) {
    MemoryTarget target(4 * kSector, 5);
    target.can_discard = can_discard;
    Replayer replayer(log, log.super(), target, {.discard = mode});
    CHECK(!replayer.run_to(1));
    CHECK(replayer.counts().zeroed_discards == (mode == DiscardMode::kPunch && !can_discard));
    CHECK(target.content[kSector - 1] == std::byte{5});
    CHECK(target.content[3 * kSector] == std::byte{5});
    CHECK(target.content[kSector] == target.content[3 * kSector - 1]);
    return target.content[kSector];
  };
  CHECK(content_after(DiscardMode::kPunch, true) == MemoryTarget::kDiscarded);
  CHECK(content_after(DiscardMode::kPunch, false) == std::byte{0});
  CHECK(content_after(DiscardMode::kZero, true) == std::byte{0});
  CHECK(content_after(DiscardMode::kIgnore, true) == std::byte{5});
}

TEST_CASE("never past the target's end") {
  ImageWriter image;
  image.append_write(0, test::pattern(kSector, 1));
  image.append_write(2, test::pattern(4 * kSector, 2));
  image.append_discard(3, 8);
  image.append_write(100, test::pattern(kSector, 3));
  const Log log(image.bytes());
  MemoryTarget target(4 * kSector);
  Replayer strict(log, log.super(), target);
  const auto error = strict.run_to(4);
  REQUIRE(error);
  CHECK(error->message == "entry 1 reaches to byte 3072, the target ends at 2048");
  CHECK(strict.next_entry() == 1);
  CHECK(target.content[0] == std::byte{1});  // whole entries before it are there
  CHECK(target.content[2 * kSector] == std::byte{0});

  Replayer clipping(log, log.super(), target, {.discard = DiscardMode::kIgnore, .clip = true});
  CHECK(!clipping.run_to(4));
  CHECK(target.content[4 * kSector - 1] == std::byte{2});
  CHECK(clipping.counts().clipped_bytes == (2 + 7 + 1) * kSector);
}

TEST_CASE("a full target: the error names the entry and the byte, all before it is there") {
  ImageWriter image;
  for (std::uint64_t i = 0; i < 10; ++i) image.append_write(i, test::pattern(kSector, 1));
  const Log log(image.bytes());
  MemoryTarget target(10 * kSector);
  target.room = 6 * kSector + 100;
  Replayer replayer(log, log.super(), target);
  const auto error = replayer.run_to(10);
  REQUIRE(error);
  CHECK(error->message ==
        "entry 6 cannot be written at byte 3172 of the target: No space left on device");
  CHECK(replayer.next_entry() == 6);
}

TEST_CASE("failures of zeroing and syncing") {
  ImageWriter image;
  image.append_discard(1, 1);
  const Log log(image.bytes());
  MemoryTarget target(4 * kSector);
  target.zero_error = EIO;
  target.sync_error = EIO;
  Replayer replayer(log, log.super(), target, {.discard = DiscardMode::kZero});
  CHECK(
      test::contains(replayer.run_to(1).value().message, "entry 0 cannot be written at byte 512"));
  CHECK(replayer.next_entry() == 0);
  CHECK(replayer.sync().value().message == "the target cannot be synced: Input/output error");
}

TEST_CASE("a log that fails or ends in the middle") {
  ImageWriter image;
  image.append_write(0, test::pattern(kSector, 1));
  image.append_write(1, test::pattern(2 << 20, 2));
  image.append_flush();
  Log log(image.bytes());
  MemoryTarget target(4 << 20);
  log.broken_begin = 1 << 20;
  log.broken_end = log.broken_begin + 1;
  Replayer broken(log, log.super(), target);
  CHECK(test::contains(broken.run_to(3).value().message, "the log cannot be read at byte"));
  CHECK(broken.next_entry() <= 1);

  image.super().nr_entries = 5;
  const Log cut(image.bytes());
  Replayer replayer(cut, cut.super(), target);
  CHECK(test::contains(replayer.run_to(5).value().message, "cannot be followed beyond entry 3"));
  CHECK(replayer.next_entry() == 3);
}

TEST_CASE("whoever may not go on has replayed whole entries") {
  ImageWriter image;
  for (std::uint64_t i = 0; i < 10; ++i) image.append_write(i, test::pattern(kSector, 1));
  const Log log(image.bytes());
  MemoryTarget target(10 * kSector);
  Replayer replayer(log, log.super(), target);
  int asked = 0;
  CHECK(!replayer.run_to(10, [&] { return ++asked < 5; }));
  CHECK(replayer.next_entry() == 4);
  CHECK(target.content[4 * kSector - 1] == std::byte{1});
  CHECK(target.content[4 * kSector] == std::byte{0});
}

TEST_CASE("rows of blank headers, however long, take no time") {
  ImageWriter image;
  image.append_write(0, test::pattern(kSector, 1));
  image.super().nr_entries = 1 + (std::uint64_t{1} << 20);
  image.grow_to((2 + (std::uint64_t{1} << 20)) * kSector + kSector);
  const Log log(image.bytes());
  MemoryTarget target(kSector);
  Replayer replayer(log, log.super(), target);
  int asked = 0;
  CHECK(!replayer.run_to(1 + (1 << 20), [&] { return ++asked > 0; }));
  CHECK(replayer.next_entry() == 1 + (1 << 20));
  CHECK(asked < 10);
}

}  // namespace
}  // namespace simcheck::logs
