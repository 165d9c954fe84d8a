// crash-parses: after a power cut at any step, the log can be walked cleanly to the count of its
// superblock; the walk meets every write that was acknowledged before an acknowledged flush was
// submitted, and nothing that was never issued.
//
// A log is recorded to study crashes, and must survive one itself: a hole in it, or a count that
// misses what a guest was promised, makes the replay of a crashed machine's log a disk that never
// was.
#include <fmt/format.h>

#include <array>
#include <bit>
#include <optional>

#include "properties/all.hpp"
#include "properties/log_entry.hpp"
#include "properties/log_walk.hpp"
#include "properties/words.hpp"

namespace simcheck::properties {
namespace {

// What a cut changes, if it comes before.
constexpr std::uint32_t kCut =
    bit_of_log(sim::DiskMoment::kHeadEffect) | bit_of_log(sim::DiskMoment::kBodyEffect) |
    bit_of_log(sim::DiskMoment::kFlushCompleted) | bit_of_log(sim::DiskMoment::kFuaCompleted) |
    bit_of(sim::EventKind::kAcknowledged);

// One image of the log.
class Recovery {
 public:
  explicit Recovery(const sim::History& history)
      : history_(history), lives_(history.requests.size()), found_(history.requests.size(), false) {
    std::uint32_t index = 0;
    for (const sim::Event& event : history.events) lives_.add(event, index++);
  }

  Judgement judge() {
    const auto super = read_super(*history_.log);
    const auto count = entries_counted(super);
    if (!count) return violated("the superblock is neither empty nor one of this format");
    auto fault = is_older(super) ? walk_older(*count) : walk(*count);
    if (fault) return violated(std::move(*fault));
    return look_for_promised(*count > 0);
  }

 private:
  int shift() const { return std::countr_zero(history_.log_sector_size); }

  static logs::Superblock read_super(const sim::ContentView& log) {
    std::array<std::byte, logs::kSuperblockBytes> bytes;
    read_content(log, 0, bytes);
    return logs::decode_superblock(bytes);
  }

  // What the superblock counts; 0 on a log without one. Nothing if it cannot be read.
  std::optional<std::uint64_t> entries_counted(const logs::Superblock& super) const {
    if (super == logs::Superblock{0, 0, 0, 0}) return 0;
    const bool sound = super.magic == logs::kMagic && super.version == logs::kVersion &&
                       super.sector_size == history_.log_sector_size;
    return sound ? std::optional(super.nr_entries) : std::nullopt;
  }

  // What the log held before anything happened.
  sim::ContentAt before() const { return {*history_.log, sim::ContentAt::What::kDurable, 0}; }

  // Is this the superblock of an older log that this run does not append to, and that may be there
  // as long as all of it is?
  bool is_older(const logs::Superblock& super) const {
    return history_.log_entries_before == 0 && super.nr_entries > 0 &&
           super == read_super(before());
  }

  std::optional<std::string> walk_older(std::uint64_t count) const {
    const sim::ContentAt older = before();
    sim::History history = history_;
    history.log = &older;
    std::uint64_t sector = logs::kFirstEntrySector;
    for (std::uint64_t n = 0; n < count; ++n) {
      const std::uint64_t length = 1 + logs::data_sectors(read_header(history, sector));
      if (!same_content(older, sector << shift(), *history_.log, sector << shift(),
                        length << shift())) {
        return fmt::format(
            "the superblock is that of the older log and counts {}, but at log sector {} the {} of "
            "these was written over",
            entry_count(count), sector, ordinal(n + 1));
      }
      sector += length;
    }
    return std::nullopt;
  }

  // Why the walk fails, if it does.
  std::optional<std::string> walk(std::uint64_t count) {
    std::uint64_t sector = history_.first_log_sector;
    for (std::uint64_t n = history_.log_entries_before; n < count; ++n) {
      const logs::EntryHeader header = read_header(history_, sector);
      const auto request = match(sector, header);
      if (!request) {
        return fmt::format("the superblock counts {}, but the {}, at log sector {}, {}",
                           entry_count(count), ordinal(n + 1), sector, what_is(sector, header));
      }
      found_[*request] = true;
      sector += 1 + logs::data_sectors(header);
    }
    return std::nullopt;
  }

  std::optional<std::size_t> match(std::uint64_t sector, const logs::EntryHeader& header) const {
    for (std::size_t i = 0; i < history_.requests.size(); ++i) {
      if (found_[i] || lives_[i].submitted == UINT32_MAX) continue;
      if (has_header(history_.requests[i], header, shift()) &&
          has_data(history_, history_.requests[i], sector, header)) {
        return i;
      }
    }
    return std::nullopt;
  }

  std::string what_is(std::uint64_t sector, const logs::EntryHeader& header) const {
    if (header == logs::EntryHeader{}) return "is a hole: its header is all zeroes";
    for (std::size_t i = 0; i < history_.requests.size(); ++i) {
      if (!has_header(history_.requests[i], header, shift())) continue;
      const std::string who = describe(history_, sim::RequestId(i));
      if (found_[i]) return fmt::format("is {} a second time", who);
      return fmt::format("is {} without its data at {}", who,
                         log_sectors(sector + 1, sector + 1 + logs::data_sectors(header)));
    }
    return "is no request that was ever issued";
  }

  Judgement look_for_promised(bool exercised) const {
    for (std::size_t f = 0; f < history_.requests.size(); ++f) {
      if (history_.requests[f].kind != sim::IoKind::kFlush || !lives_[f].ok) continue;
      for (std::size_t w = 0; w < history_.requests.size(); ++w) {
        if (!lives_[w].ok || lives_[w].acknowledged > lives_[f].submitted) continue;
        if (history_.requests[w].kind == sim::IoKind::kRead) continue;
        exercised = true;
        if (found_[w]) continue;
        return violated(fmt::format(
            "{} was acknowledged before {} was submitted, which was acknowledged too, but the log "
            "does not reach it",
            describe(history_, sim::RequestId(w)), describe(history_, sim::RequestId(f))));
      }
    }
    return exercised ? Judgement::holds() : Judgement::not_exercised();
  }

  Judgement violated(std::string reason) const {
    return Judgement::violated("after the power cut " + std::move(reason), history_.steps - 1);
  }

  const sim::History& history_;
  Lives lives_;
  ShortList<bool> found_;
};

class CrashParses final : public Property {
 public:
  std::string_view name() const override { return "crash-parses"; }
  std::string_view summary() const override {
    return "the log left by a power cut parses, has all that was flushed";
  }
  bool is_symmetric() const override { return true; }
  Observes observes() const override {
    return {.orders = kWhoIsInFlight, .record = true, .overwritten = true, .cut = kCut};
  }

  Judgement judge(const Evidence&) const override { return Judgement::not_exercised(); }
  Judgement judge_crash(const sim::History& history) const override {
    if (history.log == nullptr) return Judgement::not_exercised();
    return Recovery(history).judge();
  }
};

}  // namespace

std::unique_ptr<Property> make_crash_parses() { return std::make_unique<CrashParses>(); }

}  // namespace simcheck::properties
