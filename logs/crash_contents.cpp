#include "logs/crash_contents.hpp"

#include <algorithm>
#include <cstring>

namespace simcheck::logs {

bool ContentNumbers::are_alike(std::size_t a, std::size_t b) const {
  for (std::size_t row = 0; row < after.size(); row += sectors)
    if (after[row + a] != after[row + b]) return false;
  return true;
}

std::uint64_t CrashContents::end_of(std::uint64_t last_sector) const {
  return std::min((last_sector + 1) * disk_sector_, durable_.size());
}

bool CrashContents::covers(std::uint32_t write, std::uint64_t begin, std::uint64_t end) const {
  const DeviceWrite& it = point_.pending[write];
  return it.offset <= begin && end <= it.offset + it.bytes;
}

bool CrashContents::lay_over(std::uint32_t write, std::uint64_t begin,
                             std::vector<std::byte>& content) const {
  const DeviceWrite& it = point_.pending[write];
  const std::uint64_t from = std::max(it.offset, begin);
  const std::uint64_t end = std::min(it.offset + it.bytes, begin + content.size());
  return read_data(log_, it, from,
                   std::span(content).subspan(static_cast<std::size_t>(from - begin),
                                              static_cast<std::size_t>(end - from)));
}

bool CrashContents::read(std::span<const std::uint32_t> writes, std::uint64_t begin,
                         std::vector<std::byte>& to) const {
  std::size_t first = writes.size();
  bool covered = false;
  while (!covered && first > 0) covered = covers(writes[--first], begin, begin + to.size());
  if (!covered && !read_durable(begin, to)) return false;
  for (std::size_t i = first; i < writes.size(); ++i)
    if (!lay_over(writes[i], begin, to)) return false;
  return true;
}

bool CrashContents::number(std::span<const std::uint32_t> writes, SectorRange sectors,
                           ContentNumbers& to) {
  to.sectors = static_cast<std::size_t>(sectors.end - sectors.begin);
  to.after.assign(writes.size() * to.sectors, 0);
  to.count.assign(to.sectors, 1);
  const std::uint64_t begin = begin_of(sectors.begin);
  std::vector<std::byte> content(static_cast<std::size_t>(end_of(sectors.end - 1) - begin));
  if (!read_durable(begin, content)) return false;
  layers_.assign(1, content);
  layer_numbers_.assign(1, std::vector<std::uint32_t>(to.sectors, 0));
  for (std::size_t i = 0; i < writes.size(); ++i) {
    if (!lay_over(writes[i], begin, content)) return false;
    if (!number_after(content, i, to)) continue;
    layers_.push_back(content);
    const auto row = to.after.begin() + static_cast<std::ptrdiff_t>(i * to.sectors);
    layer_numbers_.emplace_back(row, row + static_cast<std::ptrdiff_t>(to.sectors));
  }
  return true;
}

// Returns whether some sector holds what it never held before.
bool CrashContents::number_after(const std::vector<std::byte>& content, std::size_t write,
                                 ContentNumbers& to) {
  bool is_new = false;
  for (std::size_t s = 0; s < to.sectors; ++s) {
    const std::size_t begin = s * disk_sector_;
    const std::size_t bytes = std::min<std::size_t>(disk_sector_, content.size() - begin);
    std::size_t layer = 0;
    while (layer < layers_.size() &&
           std::memcmp(layers_[layer].data() + begin, content.data() + begin, bytes) != 0)
      ++layer;
    const bool seen = layer < layers_.size();
    to.after[write * to.sectors + s] = seen ? layer_numbers_[layer][s] : to.count[s]++;
    is_new = is_new || !seen;
  }
  return is_new;
}

std::uint64_t CrashContents::next_data(std::span<const std::uint32_t> writes,
                                       SectorRange sectors) const {
  const std::uint64_t begin = begin_of(sectors.begin);
  std::uint64_t data = std::min(end_of(sectors.end - 1), durable_.next_data(begin));
  for (const std::uint32_t write : writes) {
    const DeviceWrite& it = point_.pending[write];
    if (it.discard) continue;
    const std::uint64_t in_log = it.log_offset + (begin - it.offset);
    data = std::min(data, begin + (log_.next_data(in_log) - in_log));
  }
  return data == end_of(sectors.end - 1) ? sectors.end : data / disk_sector_;
}

}  // namespace simcheck::logs
