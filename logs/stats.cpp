#include "logs/stats.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

namespace simcheck::logs {
namespace {

class Counter {
 public:
  Counter(SectorReader& reader, Stats& stats) : reader_(reader), stats_(stats) {}

  void add(const Entry& entry);
  void add_blanks(std::uint64_t count) {
    stats_.empty += count;
    since_flush_ += count;
  }
  void end() { stats_.flushed_longest = std::max(stats_.flushed_longest, since_flush_); }

 private:
  void add_range(const EntryHeader& header);
  void add_write(const Entry& entry);

  SectorReader& reader_;
  Stats& stats_;
  std::uint64_t since_flush_ = 0;
};

void Counter::add_range(const EntryHeader& header) {
  if (header.nr_sectors == 0) return;
  stats_.device_first = std::min(stats_.device_first, header.sector);
  stats_.device_end = std::max(stats_.device_end, header.sector + header.nr_sectors);
}

void Counter::add_write(const Entry& entry) {
  const std::uint64_t length = entry.header.nr_sectors;
  stats_.writes.add(length);
  ++stats_.by_length[static_cast<std::size_t>(std::bit_width(length) - 1)];
  if (reader_.zero_sectors(entry.log_sector + 1, length) == length) stats_.zeroes.add(length);
}

void Counter::add(const Entry& entry) {
  const EntryHeader& header = entry.header;
  const bool mark = (header.flags & kFlagMark) != 0, flush = (header.flags & kFlagFlush) != 0;
  if (flush) {
    end();
    since_flush_ = 0;
    ++stats_.flushes;
  } else {
    ++since_flush_;
  }
  if (mark) ++stats_.marks;
  if ((header.flags & kFlagFua) != 0) ++stats_.fua;
  if ((header.flags & kFlagMetadata) != 0) ++stats_.metadata;
  if (mark) return;
  add_range(header);
  if ((header.flags & kFlagDiscard) != 0) {
    stats_.discards.add(header.nr_sectors);
  } else if (header.nr_sectors > 0) {
    add_write(entry);
  } else if (!flush) {
    ++stats_.empty;
  }
}

}  // namespace

void Amount::add(std::uint64_t length) {
  ++entries;
  sectors = saturating_add(sectors, length);
  sectors_min = std::min(sectors_min, length);
  sectors_max = std::max(sectors_max, length);
}

Result<Stats> stats_of(const ByteSource& source) {
  const Result<Superblock> super = read_sound_superblock(source);
  if (const Error* error = std::get_if<Error>(&super)) return *error;
  Stats stats;
  stats.super = std::get<Superblock>(super);
  SectorReader reader(source, stats.super.sector_size);
  Counter counter(reader, stats);
  Walk walk(reader, kFirstEntrySector, 0, stats.super.nr_entries);
  for (Walk::Step step = walk.step(); step != Walk::Step::kEnd; step = walk.step()) {
    if (step == Walk::Step::kFault) {
      stats.stopped = walk.entry();
      break;
    }
    if (step == Walk::Step::kBlanks) {
      counter.add_blanks(walk.blanks());
    } else {
      counter.add(walk.entry());
    }
  }
  counter.end();
  stats.entries = walk.next_index();
  stats.end_sector = walk.next_sector();
  stats.sectors = reader.sectors();
  if (!stats.stopped) stats.behind = look_behind(source, stats.super);
  if (!reader.failed()) return stats;
  return Error{fmt::format("the image cannot be read at byte {}", reader.failed_offset())};
}

}  // namespace simcheck::logs
