#include "sim/recovery_disk.hpp"

#include <algorithm>
#include <exception>
#include <utility>

namespace simcheck::sim {

void RecoveryPower::try_cut() {
  if (!may_be_cut_ || !std::exchange(changed_, false)) return;
  is_cut_ = choices_.choose(2) == 1;
  if (is_cut_) throw Cut{};
}

void RecoveryPower::wrote() {
  ++writes_;
  changed_ = true;
  if (model_.durability == Durability::kCacheOff) try_cut();
}

// A destructor that does I/O while the cut unwinds the recovery gets an error; whoever swallowed
// the cut is told again.
bool RecoveryDisk::is_off() const {
  if (power_.is_cut() && std::uncaught_exceptions() == 0) throw RecoveryPower::Cut{};
  return power_.is_cut();
}

IoStatus RecoveryDisk::do_read(std::uint64_t offset, std::span<std::byte> into) {
  was_read_ = true;
  if (is_off() || !in_bounds(offset, into.size())) return IoStatus::kIoError;
  read_content(*this, offset, into);
  return IoStatus::kOk;
}

IoStatus RecoveryDisk::do_write(std::uint64_t offset, const Payload& data, IoFlags flags) {
  return change(
      {.kind = IoKind::kWrite, .fua = flags.fua, .offset = offset, .length = data.length()},
      data.chunks());
}

IoStatus RecoveryDisk::do_write_zeroes(std::uint64_t offset, std::uint64_t length, IoFlags flags) {
  const Chunk zeroes{nullptr, length, std::byte{0}};
  return change({.kind = IoKind::kZeroes, .fua = flags.fua, .offset = offset, .length = length},
                {&zeroes, 1});
}

IoStatus RecoveryDisk::do_discard(std::uint64_t offset, std::uint64_t length) {
  const Chunk zeroes{nullptr, length, std::byte{0}};
  return change({.kind = IoKind::kDiscard, .offset = offset, .length = length}, {&zeroes, 1});
}

IoStatus RecoveryDisk::change(DiskWrite write, std::span<const Chunk> chunks) {
  if (is_off()) return IoStatus::kIoError;
  if (!in_bounds(write.offset, write.length)) return IoStatus::kNoSpace;
  write.submitted = write.took_effect = now_;
  const auto effect = static_cast<std::uint32_t>(writes_.size());
  writes_.push_back(write);
  std::uint64_t at = write.offset;
  for (const Chunk& chunk : chunks) {
    if (chunk.length == 0) continue;
    std::size_t bytes = DiskVersion::kFilled;
    if (chunk.bytes != nullptr) {
      bytes = bytes_.size();
      bytes_.insert(bytes_.end(), chunk.bytes, chunk.bytes + chunk.length);
    }
    versions_.push_back({at, at + chunk.length, bytes, chunk.fill, effect});
    at += chunk.length;
  }
  power_.wrote();
  if (write.fua) power_.will_be_durable();
  writes_[effect].completed = ++now_;
  return IoStatus::kOk;
}

IoStatus RecoveryDisk::do_flush() {
  if (is_off()) return IoStatus::kIoError;
  power_.will_be_durable();
  flushes_.push_back({.submitted = now_, .completed = now_ + 1});
  ++now_;
  return IoStatus::kOk;
}

Chunk RecoveryDisk::run_at(std::uint64_t offset, std::uint64_t length_max) const {
  std::uint64_t end = offset + length_max;
  for (auto version = versions_.rbegin(); version != versions_.rend(); ++version) {
    if (version->end <= offset || end <= version->begin) continue;
    if (version->begin <= offset) {
      return version->run(bytes_.data(), offset, std::min(end, version->end) - offset);
    }
    end = version->begin;
  }
  return medium_.run_at(offset, end - offset);
}

DiskRecord RecoveryDisk::record() const {
  return {.kept = true,
          .writes = writes_,
          .flushes = flushes_,
          .versions = versions_,
          .bytes = bytes_.data()};
}

}  // namespace simcheck::sim
