#include "logs/data_compare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "logs/last_writers.hpp"

namespace simcheck::logs {
namespace {

constexpr std::size_t kChunkBytes = 262144;

// A source followed by zeroes without end, as the device before it grew.
class Padded {
 public:
  explicit Padded(const ByteSource* source) : source_(source) {}

  std::uint64_t size() const { return source_ == nullptr ? 0 : source_->size(); }
  std::uint64_t next_data(std::uint64_t offset) const {
    if (offset >= size()) return UINT64_MAX;
    const std::uint64_t next = source_->next_data(offset);
    return next >= size() ? UINT64_MAX : next;
  }
  bool read(std::uint64_t offset, std::span<std::byte> to) const {
    const std::uint64_t there = offset < size() ? size() - offset : 0;
    const auto bytes = static_cast<std::size_t>(std::min<std::uint64_t>(there, to.size()));
    std::fill(to.begin() + static_cast<std::ptrdiff_t>(bytes), to.end(), std::byte{0});
    return bytes == 0 || source_->read(offset, to.first(bytes));
  }

 private:
  const ByteSource* source_;
};

class Comparison {
 public:
  Comparison(const ByteSource& log, const Superblock& super, const ByteSource& data,
             const ByteSource* base)
      : log_(log),
        super_(super),
        data_(data),
        base_(base),
        log_bytes_(&log),
        data_bytes_(&data),
        base_bytes_(base),
        chunks_(2 * kChunkBytes) {}

  Result<DataComparison> run() {
    result_.with_base = base_ != nullptr;
    std::uint64_t end = data_.size();
    if (base_ != nullptr) end = std::max(end, base_->size());
    for (std::uint64_t begin = 0; begin < end && !error_;) {
      const LastWriters writers = writers_of(begin, end);
      compare(writers);
      begin = writers.end();
    }
    if (error_) return *error_;
    return result_;
  }

 private:
  LastWriters writers_of(std::uint64_t begin, std::uint64_t end);
  void compare(const LastWriters& writers);
  void compare_written(const LastWrite& written);
  void compare_unlogged(std::uint64_t begin, std::uint64_t end);
  std::optional<Difference> difference(const Padded& expected, std::uint64_t expected_at,
                                       std::uint64_t at, std::uint64_t length);
  bool read(const Padded& source, std::uint64_t at, std::span<std::byte> to, const char* what);

  const ByteSource& log_;
  const Superblock& super_;
  const ByteSource& data_;
  const ByteSource* base_;
  Padded log_bytes_, data_bytes_, base_bytes_;
  std::vector<std::byte> chunks_;
  DataComparison result_;
  std::optional<Error> error_;
};

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
    if (begin == 0 && to > end && (header.flags & kFlagDiscard) == 0) ++result_.beyond_device;
    writers.add({from, to, walk.entry()});
  }
  if (reader.failed()) {
    error_ = Error{fmt::format("the image cannot be read at byte {}", reader.failed_offset())};
  }
  return writers;
}

void Comparison::compare(const LastWriters& writers) {
  std::uint64_t at = writers.begin();
  for (const auto& [begin, written] : writers.extents()) {
    compare_unlogged(at, written.begin);
    compare_written(written);
    at = written.end;
  }
  compare_unlogged(at, writers.end());
}

void Comparison::compare_written(const LastWrite& written) {
  const Entry& entry = written.entry;
  const std::uint64_t length = written.end - written.begin;
  if ((entry.header.flags & kFlagDiscard) != 0) {
    result_.discarded_bytes += length;
    return;
  }
  result_.compared_bytes += length;
  // Only an earlier entry is news, and an earlier place in the same.
  if (result_.first && result_.first->entry->index <= entry.index) return;
  const std::uint64_t data_at = (entry.log_sector + 1) * super_.sector_size;
  const std::uint64_t within = written.begin - entry.header.sector * super_.sector_size;
  std::optional<Difference> found = difference(log_bytes_, data_at + within, written.begin, length);
  if (!found) return;
  found->entry = entry;
  result_.first = found;
}

void Comparison::compare_unlogged(std::uint64_t begin, std::uint64_t end) {
  if (base_ == nullptr || begin >= end || result_.unlogged) return;
  result_.unlogged = difference(base_bytes_, begin, begin, end - begin);
}

bool Comparison::read(const Padded& source, std::uint64_t at, std::span<std::byte> to,
                      const char* what) {
  if (source.read(at, to)) return true;
  error_ = Error{fmt::format("the {} cannot be read at byte {}", what, at)};
  return false;
}

std::optional<Difference> Comparison::difference(const Padded& expected, std::uint64_t expected_at,
                                                 std::uint64_t at, std::uint64_t length) {
  for (std::uint64_t done = 0; done < length && !error_;) {
    const std::uint64_t zeroes =
        std::min(expected.next_data(expected_at + done) - (expected_at + done),
                 data_bytes_.next_data(at + done) - (at + done));
    done = saturating_add(done, zeroes);
    if (done >= length) break;
    const auto bytes =
        static_cast<std::size_t>(std::min<std::uint64_t>(kChunkBytes, length - done));
    const auto wanted = std::span(chunks_).first(bytes);
    const auto found = std::span(chunks_).subspan(kChunkBytes, bytes);
    if (!read(expected, expected_at + done, wanted, "log or the base")) break;
    if (!read(data_bytes_, at + done, found, "data device")) break;
    const auto [wrong, right] = std::mismatch(found.begin(), found.end(), wanted.begin());
    if (wrong == found.end()) {
      done += bytes;
      continue;
    }
    return Difference{{},
                      at + done + static_cast<std::uint64_t>(wrong - found.begin()),
                      std::to_integer<std::uint8_t>(*right),
                      std::to_integer<std::uint8_t>(*wrong)};
  }
  return std::nullopt;
}

}  // namespace

Result<DataComparison> compare_with_data(const ByteSource& log, const Superblock& super,
                                         const ByteSource& data, const ByteSource* base) {
  return Comparison(log, super, data, base).run();
}

}  // namespace simcheck::logs
