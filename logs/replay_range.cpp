#include "logs/replay_range.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "logs/missing_entry.hpp"

namespace simcheck::logs {
namespace {

// Headers alone: what lies between them is better not copied.
constexpr std::size_t kRangeWindowBytes = 512;

}  // namespace

class RangeSearch::Finder {
 public:
  Finder(const Superblock& super, const ReplayWish& wish, const StopsWanted& wanted)
      : super_(super), wish_(wish), wanted_(wanted) {
    range_.nr_entries = super.nr_entries;
    range_.begin = wish.from;
    end_ = super.nr_entries;
    if (wish.to) end_ = std::min(end_, saturating_add(*wish.to, 1));
    if (wish.limit) end_ = std::min(end_, saturating_add(wish.from, *wish.limit));
  }

  // False: no entry behind this one matters.
  bool on_entry(SectorReader& reader, const Entry& entry) {
    reader_ = &reader;
    return pass(entry);
  }

  // There may be 2^50 of them.
  bool on_blanks(const Entry& first, std::uint64_t count) {
    const std::uint64_t last = first.index + count - 1;
    if (wanted_.every == 0) return pass({last, first.log_sector, {}});
    for (std::uint64_t index = first.index; index < last; ++index) {
      if (!pass({index, first.log_sector, {}})) return false;
    }
    return pass({last, first.log_sector, {}});
  }

  void on_fault(std::uint64_t index) {
    if (index < end_) range_.unreadable_from = index;
    end_ = std::min(end_, index);
  }

  Result<ReplayRange> result(const ByteSource& source) {
    if (auto error = missing_end(source)) return *error;
    range_.end = std::max(range_.begin, end_);
    std::erase_if(range_.stops, [&](const Stop& stop) { return stop.entry >= range_.end; });
    return std::move(range_);
  }

 private:
  bool pass(const Entry& entry) {
    note_ends(entry);
    if (entry.index >= range_.begin && entry.index < end_) {
      note_reach(entry);
      note_stop(entry);
    }
    return entry.index + 1 < end_ || !found_all_ends();
  }

  bool found_all_ends() const {
    return (!wish_.to_mark || mark_found_) && flushes_ >= wish_.to_flush.value_or(0) &&
           fuas_ >= wish_.to_fua.value_or(0);
  }

  void end_after(const Entry& entry) { end_ = std::min(end_, entry.index + 1); }

  void note_ends(const Entry& entry) {
    const std::uint64_t flags = entry.header.flags;
    if ((flags & kFlagFlush) != 0 && ++flushes_ == wish_.to_flush) end_after(entry);
    if ((flags & kFlagFua) != 0 && ++fuas_ == wish_.to_fua) end_after(entry);
    if ((flags & kFlagMark) == 0) return;
    ++marks_;
    if (!wish_.to_mark || mark_found_ || entry.index < range_.begin) return;
    if (reader_->mark_text(entry) != *wish_.to_mark) return;
    mark_found_ = true;
    end_after(entry);
  }

  void note_reach(const Entry& entry) {
    const EntryHeader& header = entry.header;
    if (header.nr_sectors == 0) return;
    const std::uint64_t reach = (header.sector + header.nr_sectors) * super_.sector_size;
    if (reach <= range_.reach_bytes) return;
    range_.reach_bytes = reach;
    range_.reach_entry = entry.index;
  }

  void note_stop(const Entry& entry) {
    const std::uint64_t flags = entry.header.flags;
    const bool is_mark = (flags & kFlagMark) != 0;
    const bool nth = wanted_.every != 0 && (entry.index - range_.begin + 1) % wanted_.every == 0;
    if ((wanted_.flush && (flags & kFlagFlush) != 0) || (wanted_.fua && (flags & kFlagFua) != 0) ||
        (wanted_.mark && is_mark) || nth) {
      range_.stops.push_back({entry.index, flags, is_mark ? reader_->mark_text(entry) : ""});
    }
  }

  std::optional<Error> missing_end(const ByteSource& source) const {
    const auto error = [](std::string message) { return std::optional<Error>(Error{message}); };
    const std::uint64_t nr = range_.nr_entries;
    if (range_.begin > nr) return no_entry(source, super_, range_.begin);
    if (wish_.to && *wish_.to >= nr) return no_entry(source, super_, *wish_.to);
    if (range_.unreadable_from) return std::nullopt;  // that is told instead
    if (wish_.to_mark && !mark_found_) {
      return error(fmt::format("no mark '{}' from entry {} on; the log has {} mark{}",
                               *wish_.to_mark, range_.begin, marks_, marks_ == 1 ? "" : "s") +
                   behind_in_words(source, super_));
    }
    const bool no_flush = flushes_ < wish_.to_flush.value_or(0);
    if (no_flush || fuas_ < wish_.to_fua.value_or(0)) {
      return error((no_flush ? too_few("FLUSH", flushes_) : too_few("FUA", fuas_)) +
                   behind_in_words(source, super_));
    }
    if (end_ <= range_.begin && end_ < nr) {
      return error(fmt::format("nothing to do: entry {} is to be the first and entry {} the last",
                               range_.begin, end_ - 1));
    }
    return std::nullopt;
  }

  static std::string too_few(const char* flag, std::uint64_t found) {
    return fmt::format("the log has {} {} with {}", found, found == 1 ? "entry" : "entries", flag);
  }

  SectorReader* reader_ = nullptr;  // of the entry at hand, if that is not blank
  const Superblock super_;
  const ReplayWish& wish_;
  const StopsWanted& wanted_;
  ReplayRange range_;
  std::uint64_t end_ = 0;
  std::uint64_t flushes_ = 0;
  std::uint64_t fuas_ = 0;
  std::uint64_t marks_ = 0;
  bool mark_found_ = false;
};

RangeSearch::RangeSearch(const Superblock& super, const ReplayWish& wish, const StopsWanted& wanted)
    : finder_(std::make_unique<Finder>(super, wish, wanted)) {}

RangeSearch::~RangeSearch() = default;

void RangeSearch::on_entry(SectorReader& reader, const Entry& entry) {
  if (!done_) done_ = !finder_->on_entry(reader, entry);
}

void RangeSearch::on_blanks(const Entry& first, std::uint64_t count) {
  if (!done_) done_ = !finder_->on_blanks(first, count);
}

void RangeSearch::on_fault(std::uint64_t index) {
  if (!done_) finder_->on_fault(index);
}

Result<ReplayRange> RangeSearch::result(const ByteSource& source) {
  return finder_->result(source);
}

Result<ReplayRange> find_range(const ByteSource& source, const Superblock& super,
                               const ReplayWish& wish, const StopsWanted& wanted) {
  SectorReader reader(source, super.sector_size, kRangeWindowBytes);
  RangeSearch search(super, wish, wanted);
  Walk walk(reader, kFirstEntrySector, 0, super.nr_entries);
  while (!search.is_done()) {
    const Walk::Step step = walk.step();
    if (step == Walk::Step::kEnd) break;
    if (step == Walk::Step::kFault) {
      search.on_fault(walk.entry().index);
      break;
    }
    if (step == Walk::Step::kBlanks) {
      search.on_blanks(walk.entry(), walk.blanks());
    } else {
      search.on_entry(reader, walk.entry());
    }
  }
  if (reader.failed()) {
    return Error{fmt::format("the log cannot be read at byte {}", reader.failed_offset())};
  }
  return search.result(source);
}

}  // namespace simcheck::logs
