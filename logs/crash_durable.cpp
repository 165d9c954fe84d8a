#include "logs/crash_durable.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <vector>

namespace simcheck::logs {
namespace {

constexpr std::uint64_t kCopiedBytes = 1 << 20;  // at a time

// Writes [begin, end) of the device as the write left it.
std::optional<Error> copy_part(const ByteSource& log, const DeviceWrite& write, std::uint64_t begin,
                               std::uint64_t end, ReplayTarget& target) {
  int failed = write.discard ? target.zero(begin, end - begin) : 0;
  std::vector<std::byte> bytes;
  for (std::uint64_t at = begin; !write.discard && failed == 0 && at < end; at += bytes.size()) {
    bytes.resize(static_cast<std::size_t>(std::min(kCopiedBytes, end - at)));
    if (!read_data(log, write, at, bytes)) return Error{"the log cannot be read"};
    const std::span<const std::byte> piece(bytes);
    failed = target.write(at, std::span(&piece, 1)).error;
  }
  if (failed == 0) return std::nullopt;
  return Error{fmt::format("the copy cannot be written: {}", std::strerror(failed))};
}

// What a durable write behind it made durable of a pending one: the sectors that they share.
std::optional<Error> replay_shared(const ByteSource& log, const DeviceWrite& write,
                                   const LastFua& last, const CrashModel& model,
                                   ReplayTarget& target) {
  std::optional<Error> error;
  const SectorRange sectors = touched(write, model.disk_sector, target.size());
  last.for_parts(sectors, write.entry, [&](SectorRange part, bool is_durable) {
    if (error || !is_durable) return;
    error = copy_part(
        log, write, std::max(write.offset, part.begin * model.disk_sector),
        std::min({write.offset + write.bytes, part.end * model.disk_sector, target.size()}),
        target);
  });
  return error;
}

}  // namespace

SectorRange touched(const DeviceWrite& write, std::uint32_t disk_sector,
                    std::uint64_t device_bytes) {
  const std::uint64_t end = std::min(write.offset + write.bytes, device_bytes);
  if (write.offset >= end) return {};
  return {write.offset / disk_sector, (end - 1) / disk_sector + 1};
}

bool changes(const DeviceWrite& write, const CrashModel& model) {
  return !write.discard || model.discard != DiscardMode::kIgnore;
}

bool read_data(const ByteSource& log, const DeviceWrite& write, std::uint64_t offset,
               std::span<std::byte> to) {
  if (!write.discard) return log.read(write.log_offset + (offset - write.offset), to);
  std::fill(to.begin(), to.end(), std::byte{0});
  return true;
}

LastFua::LastFua(const CrashPoint& point, std::uint32_t disk_sector, std::uint64_t device_bytes) {
  for (const DeviceWrite& write : point.fua) {
    const SectorRange sectors = touched(write, disk_sector, device_bytes);
    if (sectors.begin == sectors.end) continue;
    cut_at(sectors.begin);
    cut_at(sectors.end);
    stretches_.erase(stretches_.lower_bound(sectors.begin), stretches_.lower_bound(sectors.end));
    stretches_[sectors.begin] = {sectors.end, write.entry};
  }
}

void LastFua::cut_at(std::uint64_t sector) {
  auto behind = stretches_.lower_bound(sector);
  if (behind == stretches_.begin()) return;
  Stretch& before = std::prev(behind)->second;
  if (before.end <= sector) return;
  stretches_[sector] = before;
  before.end = sector;
}

void LastFua::for_parts(SectorRange sectors, std::uint64_t entry, const Visit& visit) const {
  std::uint64_t at = sectors.begin;
  auto next = stretches_.upper_bound(at);
  if (next != stretches_.begin()) --next;
  for (; next != stretches_.end() && next->first < sectors.end; ++next) {
    const std::uint64_t begin = std::max(at, next->first);
    const std::uint64_t end = std::min(sectors.end, next->second.end);
    if (end <= begin || next->second.entry <= entry) continue;
    if (at < begin) visit({at, begin}, false);
    visit({begin, end}, true);
    at = end;
  }
  if (at < sectors.end) visit({at, sectors.end}, false);
}

std::optional<Error> replay_durable(const ByteSource& log, const Superblock& super,
                                    const CrashPoint& point, const CrashModel& model,
                                    ReplayTarget& target, const std::function<bool()>& may_go_on) {
  const LastFua last(point, model.disk_sector, target.size());
  Replayer replayer(
      log, super, target,
      {.discard = model.discard == DiscardMode::kIgnore ? DiscardMode::kIgnore : DiscardMode::kZero,
       .clip = true});
  for (const DeviceWrite& write : point.pending) {
    if (write.entry > point.at) break;
    if (auto error = replayer.run_to(write.entry, may_go_on)) return error;
    if (replayer.next_entry() < write.entry) return std::nullopt;
    if (auto error = replayer.skip_to(write.entry + 1)) return error;
    if (!changes(write, model)) continue;
    if (auto error = replay_shared(log, write, last, model, target)) return error;
  }
  return replayer.run_to(point.at + 1, may_go_on);
}

}  // namespace simcheck::logs
