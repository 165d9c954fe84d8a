// What a disk did, as properties and power cuts see it: its write-class requests in the order in
// which they took effect, its flushes in the order in which they were submitted, and what the disk
// held, visibly or durably, at any step of the execution.
//
// A disk keeps this only while somebody watches it (Disk::watch). Reduction keeps the order of
// these moments only where a property says that it looks (properties::Order).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "sim/block_device.hpp"
#include "sim/event.hpp"
#include "sim/event_content.hpp"
#include "sim/ids.hpp"

namespace simcheck::sim {

/// The step of what has not happened.
inline constexpr std::uint32_t kNever = UINT32_MAX;

/// A write, write-zeroes or discard that took effect. Steps count from 0, as in Event. Within a
/// step, a completion comes before all else, and a submission after all else.
struct DiskWrite {
  IoKind kind{};
  IoStatus status = IoStatus::kOk;  ///< as known so far
  bool fua = false;
  FiberId fiber{};
  RequestId request = kNoRequest;  ///< of the guest; kNoRequest outside of requests
  std::uint64_t offset = 0;        ///< bytes
  std::uint64_t length = 0;        ///< bytes
  std::uint32_t submitted = kNever;
  std::uint32_t took_effect = kNever;
  std::uint32_t completed = kNever;

  /// Content that the disk had before the first transition.
  bool was_prepared() const { return completed == 0; }
  bool overlaps(std::uint64_t begin, std::uint64_t end) const {
    return offset < end && begin < offset + length;
  }
};

struct DiskFlush {
  IoStatus status = IoStatus::kOk;  ///< as known so far
  FiberId fiber{};
  RequestId request = kNoRequest;
  std::uint32_t submitted = kNever;
  std::uint32_t completed = kNever;
};

/// Bytes [begin, end) that one effect put there.
struct DiskVersion {
  static constexpr std::size_t kFilled = SIZE_MAX;

  std::uint64_t begin, end;
  std::size_t bytes;  ///< where they start in DiskRecord::bytes; kFilled: `fill` repeated
  std::byte fill;
  std::uint32_t effect;  ///< index into DiskRecord::writes

  friend bool operator==(const DiskVersion&, const DiskVersion&) = default;

  /// What it holds in [offset, +length), which must lie inside.
  Chunk run(const std::byte* all_bytes, std::uint64_t offset, std::uint64_t length) const {
    if (bytes == kFilled) return {nullptr, length, fill};
    return {all_bytes + bytes + (offset - begin), length, std::byte{0}};
  }
};

/// Valid as long as the disk does not change.
struct DiskRecord {
  bool kept = false;                      ///< false: it is no disk, the rest is empty
  std::span<const DiskWrite> writes;      ///< in order of effect
  std::span<const DiskFlush> flushes;     ///< in order of submission
  std::span<const DiskVersion> versions;  ///< in order of effect; later ones hide earlier ones
  const std::byte* bytes = nullptr;
  /// What was there, and durable, before all of them; null: nothing.
  const ContentView* settled = nullptr;

  /// Does this flush make durable what that write wrote?
  static bool covers(const DiskFlush& flush, const DiskWrite& write) {
    return write.completed <= flush.submitted && write.completed != kNever &&
           flush.status == IoStatus::kOk && write.status == IoStatus::kOk;
  }
  /// The first step at whose end the write is durable; kNever if it never was.
  std::uint32_t durable_from(const DiskWrite& write) const;
};

/// The content at the end of a step: what a read would have found, or what is sure to survive a
/// power cut (each byte's last durable version; after a cut, later ones may be there instead).
class ContentAt final : public ContentView {
 public:
  enum class What : std::uint8_t { kVisible, kDurable };

  /// `device` must outlive this and keep a record.
  ContentAt(const ContentView& device, What what, std::uint32_t step);

  Chunk run_at(std::uint64_t offset, std::uint64_t length_max) const override;
  std::uint64_t size() const override { return device_.size(); }

 private:
  bool is_there(const DiskVersion& version) const;

  const ContentView& device_;
  DiskRecord record_;
  What what_;
  std::uint32_t step_;
};

/// The moments whose order properties can observe, as bits beside those of EventKind. The head of a
/// disk is its first sector on the log, which holds the superblock, and nothing on the data device.
enum class DiskMoment : std::uint8_t {
  kHeadEffect,     ///< a write-class request on the head takes effect
  kBodyEffect,     ///< one on the rest (both, if it touches both)
  kHeadCompleted,  ///< it completes
  kBodyCompleted,
  kFuaCompleted,  ///< likewise, and it had FUA
  kFlushSubmitted,
  kFlushCompleted,
};

constexpr std::uint32_t bit_of(EventKind kind) { return 1U << static_cast<unsigned>(kind); }

/// The first bit of a disk's moments; events have those below 8. Only those of the data and the log
/// device can be observed.
constexpr unsigned first_bit(DeviceRole role) { return role == DeviceRole::kData ? 8 : 16; }

constexpr std::uint32_t bit_of(DeviceRole role, DiskMoment moment) {
  return 1U << (first_bit(role) + static_cast<unsigned>(moment));
}
constexpr std::uint32_t bit_of_log(DiskMoment moment) { return bit_of(DeviceRole::kLog, moment); }

constexpr std::uint32_t all_moments(DeviceRole role) {
  return std::uint32_t{0xff} << first_bit(role);
}

}  // namespace simcheck::sim
