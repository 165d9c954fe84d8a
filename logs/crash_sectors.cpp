#include "logs/crash_sectors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "logs/overlaps.hpp"

namespace simcheck::logs {
namespace {

constexpr std::uint64_t kLookBytes = 1 << 20;   // looked at at a time, in all versions
constexpr std::uint64_t kAskedBytes = 1 << 16;  // asking for shorter holes is not worth it

struct Fragment {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  std::uint32_t write = 0;
};

Error too_many() {
  return {
      fmt::format("what is pending falls into more than {} stretches of disk sectors; choose "
                  "an earlier entry or larger disk sectors",
                  kPiecesMax)};
}

// The sectors of pending writes that no durable write behind them touches, those that are touched
// in part on their own. In log order.
class Fragments {
 public:
  Fragments(const CrashPoint& point, const CrashModel& model, std::uint64_t device_bytes)
      : last_(point, model.disk_sector, device_bytes), model_(model), device_bytes_(device_bytes) {}

  void add(std::uint32_t index, const DeviceWrite& write) {
    SectorRange sectors = touched(write, model_.disk_sector, device_bytes_);
    if (sectors.begin == sectors.end) return;
    if (write.offset % model_.disk_sector != 0) add_pending(index, write, sectors.begin++, 1);
    const std::uint64_t end = std::min(write.offset + write.bytes, device_bytes_);
    const bool has_tail = sectors.begin < sectors.end && end % model_.disk_sector != 0;
    add_pending(index, write, sectors.begin, sectors.end - sectors.begin - (has_tail ? 1 : 0));
    if (has_tail) add_pending(index, write, sectors.end - 1, 1);
  }

  bool too_many() const { return list_.size() > kPiecesMax; }
  const std::vector<Fragment>& list() const { return list_; }

 private:
  void add_pending(std::uint32_t index, const DeviceWrite& write, std::uint64_t sector,
                   std::uint64_t count) {
    last_.for_parts({sector, sector + count}, write.entry, [&](SectorRange part, bool is_durable) {
      if (!is_durable && !too_many()) list_.push_back({part.begin, part.end, index});
    });
  }

  LastFua last_;
  const CrashModel& model_;
  std::uint64_t device_bytes_;
  std::vector<Fragment> list_;
};

}  // namespace

Result<CrashSectors> CrashSectors::make(const ByteSource& log, const CrashPoint& point,
                                        const CrashModel& model, const ByteSource& durable,
                                        const std::function<bool()>& may_go_on) {
  CrashSectors sectors(log, point, model, durable);
  if (auto error = sectors.collect(may_go_on)) return *error;
  return sectors;
}

std::optional<Error> CrashSectors::collect(const std::function<bool()>& may_go_on) {
  Fragments fragments(*point_, model_, durable_->size());
  for (std::uint32_t i = 0; i < point_->pending.size(); ++i) {
    if (changes(point_->pending[i], model_)) fragments.add(i, point_->pending[i]);
    if (fragments.too_many()) return too_many();
  }
  std::optional<Error> error;
  std::vector<std::uint32_t> writes;
  CrashContents contents = this->contents();
  for_overlaps(fragments.list(), [&](std::uint64_t begin, std::uint64_t end, const auto& covering) {
    writes.clear();
    for (const std::uint32_t fragment : covering)
      writes.push_back(fragments.list()[fragment].write);
    error = tell_apart(contents, writes, {begin, end}, may_go_on);
    return !error;
  });
  return error;
}

std::optional<Error> CrashSectors::tell_apart(CrashContents& contents,
                                              std::span<const std::uint32_t> writes,
                                              SectorRange sectors,
                                              const std::function<bool()>& may_go_on) {
  const std::uint64_t at_a_time =
      std::max<std::uint64_t>(1, kLookBytes / model_.disk_sector / (writes.size() + 1));
  ContentNumbers numbers;
  for (std::uint64_t at = sectors.begin; at < sectors.end;) {
    if (may_go_on && !may_go_on()) return Error{"interrupted"};
    if ((sectors.end - at) * model_.disk_sector >= kAskedBytes) {
      const std::uint64_t data = contents.next_data(writes, {at, sectors.end});
      if (data != at) {  // all is zero up to there, whatever is lost
        at = data;
        continue;
      }
    }
    const std::uint64_t end = std::min(sectors.end, at + at_a_time);
    if (!contents.number(writes, {at, end}, numbers))
      return Error{"the log or the base image cannot be read"};
    if (!add(writes, at, numbers)) return too_many();
    at = end;
  }
  return std::nullopt;
}

// False: there are too many pieces.
bool CrashSectors::add(std::span<const std::uint32_t> writes, std::uint64_t first_sector,
                       const ContentNumbers& numbers) {
  for (std::size_t begin = 0, end; begin < numbers.sectors; begin = end) {
    end = begin + 1;
    while (end < numbers.sectors && numbers.are_alike(begin, end)) ++end;
    if (numbers.count[begin] == 1) continue;
    count_images(numbers.count[begin], end - begin);
    if (!add_stretch(writes, first_sector, numbers, begin, end)) return false;
  }
  return true;
}

bool CrashSectors::add_stretch(std::span<const std::uint32_t> writes, std::uint64_t first_sector,
                               const ContentNumbers& numbers, std::size_t begin, std::size_t end) {
  for (const std::uint32_t write : writes) piece_counts_[write] += end - begin;
  if (goes_on(writes, first_sector + begin, numbers, begin)) {
    stretches_.back().sectors += end - begin;
    return true;
  }
  if (versions_.size() + writes.size() > kPiecesMax) return false;
  const auto stretch = static_cast<std::uint32_t>(stretches_.size());
  stretches_.push_back({first_sector + begin, end - begin,
                        static_cast<std::uint32_t>(versions_.size()),
                        static_cast<std::uint32_t>(writes.size())});
  for (std::uint32_t i = 0; i < writes.size(); ++i) {
    versions_.push_back({writes[i], numbers.at(i, begin)});
    pieces_[writes[i]].push_back({piece_counts_[writes[i]] - (end - begin), stretch, i});
  }
  return true;
}

// Whether the last stretch goes on there: the same writes, the same contents.
bool CrashSectors::goes_on(std::span<const std::uint32_t> writes, std::uint64_t sector,
                           const ContentNumbers& numbers, std::size_t at) const {
  if (stretches_.empty()) return false;
  const Stretch& last = stretches_.back();
  if (last.sector + last.sectors != sector || last.versions != writes.size()) return false;
  for (std::uint32_t i = 0; i < last.versions; ++i) {
    const Version& version = versions_[last.first_version + i];
    if (version.write != writes[i] || version.content != numbers.at(i, at)) return false;
  }
  return true;
}

void CrashSectors::count_images(std::uint32_t contents, std::uint64_t sectors) {
  images_log2_ += static_cast<double>(sectors) * std::log2(contents);
  for (std::uint64_t i = 0; images_ && i < sectors; ++i) images_ = checked_mul(*images_, contents);
}

void CrashSectors::add_parts(std::size_t write, std::uint64_t first, std::uint64_t last,
                             std::vector<Part>& to) const {
  const auto& runs = pieces_[write];
  const auto behind = std::upper_bound(
      runs.begin(), runs.end(), first,
      [](std::uint64_t piece, const Pieces& pieces) { return piece < pieces.first; });
  for (auto run = behind - 1; first < last; ++run) {
    const Stretch& stretch = stretches_[run->stretch];
    const std::uint64_t end = std::min(last, run->first + stretch.sectors);
    to.push_back({stretch.sector + (first - run->first), stretch.sector + (end - run->first),
                  run->stretch, run->version});
    first = end;
  }
}

std::vector<std::uint32_t> CrashSectors::writes_up_to(const Part& part) const {
  std::vector<std::uint32_t> writes;
  const std::uint32_t first = stretches_[part.stretch].first_version;
  for (std::uint32_t i = 0; i <= part.version; ++i) writes.push_back(versions_[first + i].write);
  return writes;
}

}  // namespace simcheck::logs
