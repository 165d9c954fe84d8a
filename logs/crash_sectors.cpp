#include "logs/crash_sectors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <unordered_map>
#include <utility>

namespace simcheck::logs {
namespace {

struct Sectors {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

// The disk sectors that a write touches, those past the end of the device apart.
Sectors touched(const DeviceWrite& write, std::uint32_t disk_sector, std::uint64_t device_bytes) {
  const std::uint64_t end = std::min(write.offset + write.bytes, device_bytes);
  if (write.offset >= end) return {};
  return {write.offset / disk_sector, (end - 1) / disk_sector + 1};
}

Error unreadable() { return {"the log or the base image cannot be read"}; }

// The last durable write that touches each sector, of those behind the last covered entry.
using LastFua = std::unordered_map<std::uint64_t, std::uint64_t>;

LastFua last_fua(const CrashPoint& point, std::uint32_t disk_sector, std::uint64_t device_bytes) {
  LastFua last;
  for (const DeviceWrite& write : point.fua) {
    const Sectors sectors = touched(write, disk_sector, device_bytes);
    for (std::uint64_t at = sectors.begin; at < sectors.end; ++at) last[at] = write.entry;
  }
  return last;
}

bool is_durable(const LastFua& last, std::uint64_t sector, const DeviceWrite& write) {
  if (last.empty()) return false;
  const auto at = last.find(sector);
  return at != last.end() && at->second > write.entry;
}

// The bytes of `write` from `offset` of the device on.
bool read_data(const ByteSource& log, const DeviceWrite& write, std::uint64_t offset,
               std::span<std::byte> to) {
  if (write.discard) {
    std::fill(to.begin(), to.end(), std::byte{0});
    return true;
  }
  return log.read(write.log_offset + (offset - write.offset), to);
}

// What a durable write behind it made durable of a pending one: the sectors that they share.
std::optional<Error> replay_shared(const ByteSource& log, const DeviceWrite& write,
                                   const LastFua& last, const CrashModel& model,
                                   ReplayTarget& target) {
  const Sectors sectors = touched(write, model.disk_sector, target.size());
  std::vector<std::byte> bytes;
  for (std::uint64_t at = sectors.begin; !last.empty() && at < sectors.end; ++at) {
    if (!is_durable(last, at, write)) continue;
    const std::uint64_t begin = std::max(write.offset, at * model.disk_sector);
    const std::uint64_t end =
        std::min({write.offset + write.bytes, (at + 1) * model.disk_sector, target.size()});
    bytes.resize(static_cast<std::size_t>(end - begin));
    if (!read_data(log, write, begin, bytes)) return unreadable();
    const std::span<const std::byte> piece(bytes);
    if (const Written done = target.write(begin, std::span(&piece, 1)); done.error != 0)
      return Error{fmt::format("the copy cannot be written: {}", std::strerror(done.error))};
  }
  return std::nullopt;
}

bool changes(const DeviceWrite& write, const CrashModel& model) {
  return !write.discard || model.discard != DiscardMode::kIgnore;
}

}  // namespace

std::optional<Error> replay_durable(const ByteSource& log, const Superblock& super,
                                    const CrashPoint& point, const CrashModel& model,
                                    ReplayTarget& target, const std::function<bool()>& may_go_on) {
  const LastFua last = last_fua(point, model.disk_sector, target.size());
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

Result<CrashSectors> CrashSectors::make(const ByteSource& log, const CrashPoint& point,
                                        const CrashModel& model, const ByteSource& durable) {
  CrashSectors sectors(log, point, model, durable);
  if (auto error = sectors.collect()) return *error;
  if (auto error = sectors.tell_contents_apart()) return *error;
  return sectors;
}

std::optional<Error> CrashSectors::collect() {
  const LastFua last = last_fua(*point_, model_.disk_sector, durable_->size());
  std::vector<std::pair<std::uint64_t, std::uint32_t>> touches;  // sector, write
  for (std::uint32_t i = 0; i < point_->pending.size(); ++i) {
    const DeviceWrite& write = point_->pending[i];
    if (!changes(write, model_)) continue;
    const Sectors sectors = touched(write, model_.disk_sector, durable_->size());
    if (sectors.end - sectors.begin > kPiecesMax - touches.size()) {
      return Error{
          fmt::format("more than {} disk sectors are pending; choose an earlier entry or "
                      "larger disk sectors",
                      kPiecesMax)};
    }
    for (std::uint64_t at = sectors.begin; at < sectors.end; ++at)
      if (!is_durable(last, at, write)) touches.emplace_back(at, i);
  }
  std::sort(touches.begin(), touches.end());
  versions_.reserve(touches.size());
  for (const auto& [sector, write] : touches) {
    if (slots_.empty() || slots_.back().sector != sector)
      slots_.push_back({sector, static_cast<std::uint32_t>(versions_.size()), 0});
    ++slots_.back().versions;
    versions_.push_back({write, 0});
  }
  return std::nullopt;
}

bool CrashSectors::read_durable(const Slot& slot, std::vector<std::byte>& to) const {
  const std::uint64_t begin = slot.sector * model_.disk_sector;
  to.resize(std::min<std::uint64_t>(model_.disk_sector, durable_->size() - begin));
  return durable_->read(begin, to);
}

bool CrashSectors::lay_over(const Slot& slot, std::uint32_t version,
                            std::vector<std::byte>& content) const {
  const DeviceWrite& write = point_->pending[versions_[slot.first_version + version].write];
  const std::uint64_t sector = slot.sector * model_.disk_sector;
  const std::uint64_t begin = std::max(write.offset, sector);
  const std::uint64_t end = std::min(write.offset + write.bytes, sector + content.size());
  return read_data(*log_, write, begin,
                   std::span(content).subspan(static_cast<std::size_t>(begin - sector),
                                              static_cast<std::size_t>(end - begin)));
}

// Returns how many contents the sector may have.
std::uint32_t CrashSectors::number_contents(Slot& slot, bool& failed) {
  std::vector<std::vector<std::byte>> seen(1);
  failed = failed || !read_durable(slot, seen[0]);
  std::vector<std::byte> content = seen[0];
  for (std::uint32_t i = 0; i < slot.versions && !failed; ++i) {
    failed = !lay_over(slot, i, content);
    const auto at = std::find(seen.begin(), seen.end(), content);
    versions_[slot.first_version + i].content = static_cast<std::uint32_t>(at - seen.begin());
    if (at == seen.end()) seen.push_back(content);
  }
  return static_cast<std::uint32_t>(seen.size());
}

std::optional<Error> CrashSectors::tell_contents_apart() {
  pieces_.resize(point_->pending.size());
  bool failed = false;
  for (std::uint32_t i = 0; i < slots_.size(); ++i) {
    const std::uint32_t contents = number_contents(slots_[i], failed);
    if (failed) return unreadable();
    if (contents == 1) continue;
    if (images_) images_ = checked_mul(*images_, contents);
    images_log2_ += std::log2(contents);
    for (std::uint32_t v = 0; v < slots_[i].versions; ++v)
      pieces_[versions_[slots_[i].first_version + v].write].push_back({i, v});
  }
  return std::nullopt;
}

std::optional<Error> CrashSectors::apply(const std::vector<Piece>& chosen,
                                         ReplayTarget& copy) const {
  std::vector<std::byte> content, run;
  std::uint64_t run_begin = 0;
  const auto write_run = [&]() -> int {
    const std::span<const std::byte> piece(run);
    return run.empty() ? 0 : copy.write(run_begin, std::span(&piece, 1)).error;
  };
  int failed = 0;
  for (const Piece& piece : chosen) {
    const Slot& slot = slots_[piece.slot];
    bool read = read_durable(slot, content);
    for (std::uint32_t v = 0; read && v <= piece.version; ++v) read = lay_over(slot, v, content);
    if (!read) return unreadable();
    const std::uint64_t begin = slot.sector * model_.disk_sector;
    if (begin != run_begin + run.size() || run.size() >= (1 << 20)) {
      failed = write_run();
      if (failed != 0) break;
      run.clear();
      run_begin = begin;
    }
    run.insert(run.end(), content.begin(), content.end());
  }
  if (failed == 0) failed = write_run();
  if (failed == 0) return std::nullopt;
  return Error{fmt::format("the copy cannot be written: {}", std::strerror(failed))};
}

}  // namespace simcheck::logs
