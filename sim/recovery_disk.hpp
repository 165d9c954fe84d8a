// A disk after a power cut, as a recovery uses it: plain calls that complete at once.
//
// What the cut left is the medium below. What the recovery writes lies above it, in the disk's
// cache until a flush, or FUA, makes it durable; so a second cut may find all, parts or nothing of
// it, as after the first (crash_image.hpp).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/block_device.hpp"
#include "sim/crash_image.hpp"
#include "sim/event_content.hpp"
#include "sim/event_disk.hpp"

namespace simcheck::sim {

/// Decides when the power is cut while a recovery runs; one for all of its disks. It is tried only
/// where it leaves what no other moment leaves: in front of what makes something durable, and at
/// the end. If nothing is cached (Durability::kCacheOff), after every write.
class RecoveryPower {
 public:
  /// Thrown through the recovery. Not a std::exception, so that nobody catches it by accident.
  struct Cut {};

  /// `choices` must outlive this.
  RecoveryPower(Choices& choices, CrashModel model, bool may_be_cut)
      : choices_(choices), model_(model), may_be_cut_(may_be_cut) {}

  /// Something was written: cut here, if all that is written survives.
  void wrote();
  /// Something is about to become durable: cut here, if anything was written since it was tried
  /// last.
  void will_be_durable() { try_cut(); }
  /// The recovery has come to its end: cut here, likewise.
  void end() { try_cut(); }

  bool is_cut() const { return is_cut_; }
  std::uint32_t writes() const { return writes_; }  ///< of all disks, so far

 private:
  void try_cut();

  Choices& choices_;
  CrashModel model_;
  bool may_be_cut_;
  bool is_cut_ = false;
  bool changed_ = false;  // since a cut was tried last
  std::uint32_t writes_ = 0;
};

class RecoveryDisk final : public BlockDevice, public ContentView {
 public:
  /// `medium` and `power` must outlive this.
  RecoveryDisk(const ContentView& medium, RecoveryPower& power) : medium_(medium), power_(power) {}

  IoStatus do_read(std::uint64_t offset, std::span<std::byte> into) override;
  IoStatus do_write(std::uint64_t offset, const Payload& data, IoFlags flags) override;
  IoStatus do_write_zeroes(std::uint64_t offset, std::uint64_t length, IoFlags flags) override;
  IoStatus do_discard(std::uint64_t offset, std::uint64_t length) override;
  IoStatus do_flush() override;
  std::uint64_t size() const override { return medium_.size(); }

  /// By the recovery, which calls do_read(); not by who looks at the content afterwards.
  bool was_read() const { return was_read_; }

  Chunk run_at(std::uint64_t offset, std::uint64_t length_max) const override;
  /// Of the recovery alone.
  DiskRecord record() const override;

 private:
  IoStatus change(DiskWrite write, std::span<const Chunk> chunks);
  bool is_off() const;
  bool in_bounds(std::uint64_t offset, std::uint64_t length) const {
    return length <= size() && offset <= size() - length;
  }

  const ContentView& medium_;
  RecoveryPower& power_;
  bool was_read_ = false;
  std::uint32_t now_ = 1;  // one more with each request
  std::vector<DiskWrite> writes_;
  std::vector<DiskFlush> flushes_;
  std::vector<DiskVersion> versions_;
  std::vector<std::byte> bytes_;
};

}  // namespace simcheck::sim
