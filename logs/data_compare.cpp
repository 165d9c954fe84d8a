#include "logs/data_compare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "logs/byte_compare.hpp"
#include "logs/last_writers.hpp"
#include "logs/uncounted.hpp"

namespace simcheck::logs {
namespace {

class Comparison {
 public:
  Comparison(const ByteSource& log, const Superblock& super, const ByteSource& data,
             const ByteSource* base, std::optional<std::uint64_t> uncounted_from)
      : log_(log),
        super_(super),
        data_(data),
        base_(base),
        log_bytes_(&log),
        base_bytes_(base),
        compare_(data),
        uncounted_(log, super.sector_size, uncounted_from),
        written_doubts_(uncounted_, log, super.sector_size, compare_),
        unlogged_doubts_(uncounted_, log, super.sector_size, compare_) {}

  Result<DataComparison> run();

 private:
  LastWriters uncounted_writers(std::uint64_t begin, std::uint64_t end);
  LastWriters writers_of(std::uint64_t begin, std::uint64_t end);
  void compare(const LastWriters& writers, const LastWriters& uncounted);
  void compare_written(const LastWrite& written, const LastWriters& uncounted);
  void compare_unlogged(std::uint64_t begin, std::uint64_t end, const LastWriters& uncounted);
  void judge_written(const LastWrite& written, bool either);
  void judge_unlogged(const LastWrite& stretch, bool either);
  Expected content_of(const LastWrite& written) const {
    return {log_bytes_, data_at(written, super_.sector_size)};
  }
  bool failed() const { return error_ || compare_.error(); }

  const ByteSource& log_;
  const Superblock& super_;
  const ByteSource& data_;
  const ByteSource* base_;
  Padded log_bytes_, base_bytes_;
  ByteCompare compare_;
  Uncounted uncounted_;
  Doubts written_doubts_, unlogged_doubts_;
  DataComparison result_;
  std::optional<Error> error_;
};

Result<DataComparison> Comparison::run() {
  result_.with_base = base_ != nullptr;
  std::uint64_t end = data_.size();
  if (base_ != nullptr) end = std::max(end, base_->size());
  for (std::uint64_t begin = 0; begin < end && !failed();) {
    const LastWriters uncounted = uncounted_writers(begin, end);
    const LastWriters writers = writers_of(begin, uncounted.end());
    compare(writers, uncounted);
    begin = writers.end();
  }
  written_doubts_.settle([this](const LastWrite& written) { judge_written(written, true); });
  unlogged_doubts_.settle([this](const LastWrite& stretch) { judge_unlogged(stretch, true); });
  if (error_) return *error_;
  if (compare_.error()) return *compare_.error();
  return result_;
}

LastWriters Comparison::uncounted_writers(std::uint64_t begin, std::uint64_t end) {
  LastWriters writers(begin, end);
  if (!uncounted_.for_each([&](const LastWrite& written) { writers.add(written); }))
    error_ = Error{"the image cannot be read behind the counted entries"};
  return writers;
}

// An entry's range is known to fit 64 bits in bytes: the walk has judged it.
LastWriters Comparison::writers_of(std::uint64_t begin, std::uint64_t end) {
  LastWriters writers(begin, end);
  SectorReader reader(log_, super_.sector_size);
  Walk walk(reader, kFirstEntrySector, 0, super_.nr_entries);
  for (Walk::Step step = walk.step(); step == Walk::Step::kEntry || step == Walk::Step::kBlanks;
       step = walk.step()) {
    const EntryHeader& header = walk.entry().header;
    if (step == Walk::Step::kBlanks || header.nr_sectors == 0) continue;
    const std::uint64_t from = header.sector * super_.sector_size;
    const std::uint64_t to = from + header.nr_sectors * super_.sector_size;
    const bool reaches_beyond = to > std::max(data_.size(), base_ == nullptr ? 0 : base_->size());
    if (begin == 0 && reaches_beyond && (header.flags & kFlagDiscard) == 0) ++result_.beyond_device;
    writers.add({from, to, walk.entry()});
  }
  if (reader.failed()) {
    error_ = Error{fmt::format("the image cannot be read at byte {}", reader.failed_offset())};
  }
  return writers;
}

void Comparison::compare(const LastWriters& writers, const LastWriters& uncounted) {
  std::uint64_t at = writers.begin();
  for (const auto& [begin, written] : writers.extents()) {
    compare_unlogged(at, written.begin, uncounted);
    compare_written(written, uncounted);
    at = written.end;
  }
  compare_unlogged(at, writers.end(), uncounted);
}

void Comparison::compare_written(const LastWrite& written, const LastWriters& uncounted) {
  if ((written.entry.header.flags & kFlagDiscard) != 0) {
    result_.discarded_bytes += written.end - written.begin;
    return;
  }
  result_.compared_bytes += written.end - written.begin;
  uncounted.for_parts(written.begin, written.end, [&](auto begin, auto end, const auto* other) {
    const LastWrite part{begin, end, written.entry};
    if (other == nullptr) return judge_written(part, false);
    result_.either_bytes += end - begin;
    written_doubts_.add(content_of(part), part,
                        [this](const LastWrite& found) { judge_written(found, true); });
  });
}

void Comparison::compare_unlogged(std::uint64_t begin, std::uint64_t end,
                                  const LastWriters& uncounted) {
  if (base_ == nullptr) return;
  uncounted.for_parts(begin, end, [&](auto from, auto to, const auto* other) {
    if (other == nullptr) return judge_unlogged({from, to, {}}, false);
    result_.either_bytes += to - from;
    unlogged_doubts_.add({base_bytes_, from}, {from, to, {}},
                         [this](const LastWrite& found) { judge_unlogged(found, true); });
  });
}

// Only an earlier entry is news, and an earlier place in the same.
void Comparison::judge_written(const LastWrite& written, bool either) {
  const auto place = [](const Entry& entry, std::uint64_t at) {
    return std::pair(entry.index, at);
  };
  if (result_.first && place(*result_.first->entry, result_.first->offset_bytes) <=
                           place(written.entry, written.begin)) {
    return;
  }
  const auto found = compare_.difference(content_of(written), written.begin, written.end);
  if (!found) return;
  result_.first = {written.entry, found->offset_bytes, found->expected, found->found, either};
}

void Comparison::judge_unlogged(const LastWrite& stretch, bool either) {
  if (result_.unlogged && result_.unlogged->offset_bytes <= stretch.begin) return;
  const auto found = compare_.difference({base_bytes_, stretch.begin}, stretch.begin, stretch.end);
  if (!found) return;
  result_.unlogged = {std::nullopt, found->offset_bytes, found->expected, found->found, either};
}

}  // namespace

Result<DataComparison> compare_with_data(const ByteSource& log, const Superblock& super,
                                         const ByteSource& data, const ByteSource* base,
                                         std::optional<std::uint64_t> uncounted_from) {
  return Comparison(log, super, data, base, uncounted_from).run();
}

}  // namespace simcheck::logs
