// `log replay`: any log is replayed or refused, never past the target's end, and in two goes as in
// one.
#include <algorithm>

#include "logs/replay.hpp"
#include "logs/replay_range.hpp"
#include "tests/fuzz/harness.hpp"
#include "tests/fuzz/readers.hpp"
#include "tests/logs/memory_target.hpp"

namespace simcheck::fuzz {
namespace {

constexpr std::size_t kTargetBytes = 1 << 14;

struct Outcome {
  bool failed = false;
  std::uint64_t next = 0;
  std::vector<std::byte> content;

  friend bool operator==(const Outcome&, const Outcome&) = default;
};

Outcome replayed(const logs::ByteSource& log, const logs::Superblock& super, std::uint64_t from,
                 std::uint64_t pause, std::uint64_t end) {
  test::MemoryTarget target(kTargetBytes);
  logs::Replayer replayer(log, super, target, {.clip = true});
  bool failed = replayer.skip_to(from).has_value();
  if (!failed && pause > from) failed = replayer.run_to(std::min(pause, end)).has_value();
  if (!failed) failed = replayer.run_to(end).has_value();
  require(target.content.size() == kTargetBytes, "a target never grows");
  require(replayer.next_entry() <= std::max(end, from), "no entry beyond the range is replayed");
  return {failed, replayer.next_entry(), std::move(target.content)};
}

}  // namespace

void check_log_replay(Bytes bytes) {
  const logs::MemorySource log(bytes);
  const auto sound = logs::read_sound_superblock(log);
  const auto* super = std::get_if<logs::Superblock>(&sound);
  if (super == nullptr) return;
  const logs::StopsWanted stops{.flush = true, .fua = true, .mark = true, .every = 2};
  const auto found = logs::find_range(log, *super, {}, stops);
  const auto* range = std::get_if<logs::ReplayRange>(&found);
  if (range == nullptr) return;
  std::uint64_t pause = range->begin;
  for (const logs::Stop& stop : range->stops) {
    require(stop.entry >= range->begin && stop.entry < range->end, "stops are in the range");
    pause = stop.entry + 1;
  }
  const auto whole = replayed(log, *super, range->begin, 0, range->end);
  const auto halves = replayed(log, *super, range->begin, pause, range->end);
  require(whole == halves, "a replay in two goes is the same");
  require(!whole.failed && whole.next == range->end, "what is in the range can be replayed");
}

}  // namespace simcheck::fuzz
