#include "logs/crash_point.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "logs/missing_entry.hpp"

namespace simcheck::logs {
namespace {

constexpr std::size_t kHeaderWindowBytes = 512;

class PointFinder {
 public:
  PointFinder(std::uint32_t sector_size, const CrashOptions& options)
      : sector_size_(sector_size), options_(options) {}

  // False: too much is pending.
  bool on_entry(const Entry& entry) {
    const std::uint64_t flags = entry.header.flags;
    traits_.note(entry);
    note_end(entry);
    const bool flush = (flags & kFlagFlush) != 0;
    if (entry.index > options_.at) return on_later(entry, flush);
    // The data of a FLUSH comes behind what it covers.
    if (flush) {
      older_ = std::exchange(newer_, {});
      flush_before_ = std::exchange(last_flush_, entry.index);
    }
    if (entry.header.nr_sectors != 0) newer_.push_back({write_of(entry), (flags & kFlagFua) != 0});
    return older_.size() + newer_.size() <= kPendingMax;
  }

  // Writes of length zero change nothing, but count.
  void on_blanks(std::uint64_t first, std::uint64_t count) {
    const std::uint64_t last = first + count - 1;
    if (last <= options_.at) return;
    const std::uint64_t behind = last - options_.at;
    const bool all = options_.in_flight_to_flush && !past_flush_;
    in_flight_ = std::max(in_flight_, all ? behind : std::min(behind, options_.in_flight));
  }

  CrashPoint point(SectorReader& reader, const Superblock& super) && {
    CrashPoint point;
    point.at = options_.at;
    point.guessed = !options_.coverage;
    point.producer = guess_producer(traits_, super, traits_.ends_closed(reader));
    // Where the log does not tell, the reading that leaves more images.
    point.coverage = options_.coverage.value_or(
        point.producer.producer == Producer::kKernel ? Coverage::kLogged : Coverage::kIssued);
    const bool logged = point.coverage == Coverage::kLogged;
    point.durable_before = logged ? last_flush_ : flush_before_;
    if (!logged) sort_into(point, older_);
    sort_into(point, newer_);
    point.pending.insert(point.pending.end(), later_.begin(), later_.end());
    point.end = std::max(options_.at, later_.empty() ? 0 : later_.back().entry) + 1;
    point.in_flight = in_flight_;
    point.reach_bytes = reach_;
    point.device_bytes = device_;
    point.device_entry = device_entry_;
    return point;
  }

 private:
  struct Logged {
    DeviceWrite write;
    bool fua = false;
  };

  // Issued by the time of the cut, perhaps: then whatever it promises is not yet promised.
  bool on_later(const Entry& entry, bool flush) {
    if (flush) past_flush_ = true;
    const bool issued = entry.index - options_.at <= options_.in_flight ||
                        (options_.in_flight_to_flush && !past_flush_);
    if (issued) in_flight_ = entry.index - options_.at;
    if (issued && entry.header.nr_sectors != 0) later_.push_back(write_of(entry));
    return later_.size() <= kPendingMax;
  }

  void note_end(const Entry& entry) {
    const std::uint64_t end = end_of(entry);
    if (end <= device_) return;
    device_ = end;
    device_entry_ = entry.index;
  }

  std::uint64_t end_of(const Entry& entry) const {
    const EntryHeader& header = entry.header;
    return header.nr_sectors == 0 ? 0 : (header.sector + header.nr_sectors) * sector_size_;
  }

  DeviceWrite write_of(const Entry& entry) {
    const EntryHeader& header = entry.header;
    const DeviceWrite write{entry.index, header.sector * sector_size_,
                            header.nr_sectors * sector_size_, (entry.log_sector + 1) * sector_size_,
                            (header.flags & kFlagDiscard) != 0};
    reach_ = std::max(reach_, end_of(entry));
    return write;
  }

  static void sort_into(CrashPoint& point, const std::vector<Logged>& writes) {
    for (const Logged& logged : writes)
      (logged.fua ? point.fua : point.pending).push_back(logged.write);
  }

  std::uint64_t sector_size_;
  const CrashOptions& options_;
  Traits traits_;
  std::uint64_t last_flush_ = 0;
  std::uint64_t flush_before_ = 0;
  std::vector<Logged> older_;  // from the last FLUSH but one to the last
  std::vector<Logged> newer_;  // from the last FLUSH on
  std::vector<DeviceWrite> later_;
  std::uint64_t reach_ = 0, device_ = 0, device_entry_ = 0;
  std::uint64_t in_flight_ = 0;
  bool past_flush_ = false;
};

}  // namespace

Result<CrashPoint> find_crash_point(const ByteSource& log, const Superblock& super,
                                    const CrashOptions& options) {
  if (options.at >= super.nr_entries) return no_entry(log, super, options.at);
  SectorReader reader(log, super.sector_size, kHeaderWindowBytes);
  PointFinder finder(super.sector_size, options);
  Walk walk(reader, kFirstEntrySector, 0, super.nr_entries);
  Walk::Step step;
  while ((step = walk.step()) == Walk::Step::kEntry || step == Walk::Step::kBlanks) {
    if (step == Walk::Step::kBlanks) finder.on_blanks(walk.entry().index, walk.blanks());
    if (step == Walk::Step::kEntry && !finder.on_entry(walk.entry())) {
      return Error{
          fmt::format("more than {} writes are pending; choose an earlier entry", kPendingMax)};
    }
  }
  if (reader.failed()) {
    return Error{fmt::format("the log cannot be read at byte {}", reader.failed_offset())};
  }
  if (step == Walk::Step::kFault && walk.entry().index <= options.at) {
    const std::uint64_t unreadable = walk.entry().index;
    return Error{fmt::format(
        "the log cannot be followed to entry {}, {}", options.at,
        unreadable == 0 ? "nor to any other" : fmt::format("only to {}", unreadable - 1))};
  }
  return std::move(finder).point(reader, super);
}

}  // namespace simcheck::logs
