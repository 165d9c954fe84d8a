// The disk sectors that pending writes change, and what each may hold after a power cut.
//
// A sector holds its last durable content or any later version of it. A version is what reads saw
// once a write had taken effect: where a write covers a part of a disk sector only, the rest is
// that of the version before.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "logs/crash_point.hpp"
#include "logs/replay.hpp"
#include "logs/replay_target.hpp"

namespace simcheck::logs {

// The most (write, disk sector) pairs that are kept in memory.
inline constexpr std::uint64_t kPiecesMax = 1 << 24;

struct CrashModel {
  std::uint32_t disk_sector = 512;
  DiscardMode discard = DiscardMode::kPunch;  // a discard leaves zeroes, unless kIgnore
};

// Replays onto `target`, which holds the base, all that is durable at `point`. What lies past its
// end is left out. Ends early, whole entries done, once `may_go_on` says no.
std::optional<Error> replay_durable(const ByteSource& log, const Superblock& super,
                                    const CrashPoint& point, const CrashModel& model,
                                    ReplayTarget& target, const std::function<bool()>& may_go_on);

class CrashSectors {
 public:
  // A content that a sector may have: that after the write, counted in CrashPoint::pending.
  struct Version {
    std::uint32_t write = 0;
    std::uint32_t content = 0;  // equal for equal bytes in one sector; 0 is the durable content
  };
  // What one pending write has on the disk.
  struct Piece {
    std::uint32_t slot = 0;     // which of the sectors
    std::uint32_t version = 0;  // which of its versions
  };

  // `durable` is what replay_durable() made. An Error when a medium fails or there are more than
  // kPiecesMax pieces. All arguments outlive the object.
  static Result<CrashSectors> make(const ByteSource& log, const CrashPoint& point,
                                   const CrashModel& model, const ByteSource& durable);

  // Of the write with that index in CrashPoint::pending: its sectors in order of position, those
  // apart that hold the same bytes whatever is lost.
  const std::vector<Piece>& pieces(std::size_t write) const { return pieces_[write]; }
  std::size_t writes() const { return pieces_.size(); }

  std::uint64_t sector(std::uint32_t slot) const { return slots_[slot].sector; }
  std::uint32_t content(Piece piece) const { return version(piece).content; }

  // How many images differ when each sector is for itself: exactly, or only its logarithm where
  // that does not fit 64 bits.
  std::optional<std::uint64_t> images() const { return images_; }
  double images_log2() const { return images_log2_; }

  // Brings a copy of the durable image to those versions. Requires one piece a slot, in order.
  std::optional<Error> apply(const std::vector<Piece>& chosen, ReplayTarget& copy) const;

 private:
  struct Slot {
    std::uint64_t sector = 0;
    std::uint32_t first_version = 0;
    std::uint32_t versions = 0;
  };

  CrashSectors(const ByteSource& log, const CrashPoint& point, const CrashModel& model,
               const ByteSource& durable)
      : log_(&log), point_(&point), model_(model), durable_(&durable) {}

  const Version& version(Piece piece) const {
    return versions_[slots_[piece.slot].first_version + piece.version];
  }
  std::optional<Error> collect();
  std::optional<Error> tell_contents_apart();
  std::uint32_t number_contents(Slot& slot, bool& failed);
  bool read_durable(const Slot& slot, std::vector<std::byte>& to) const;
  bool lay_over(const Slot& slot, std::uint32_t version, std::vector<std::byte>& content) const;

  const ByteSource* log_;
  const CrashPoint* point_;
  CrashModel model_;
  const ByteSource* durable_;
  std::vector<Slot> slots_;
  std::vector<Version> versions_;  // slot by slot, in log order
  std::vector<std::vector<Piece>> pieces_;
  std::optional<std::uint64_t> images_ = 1;
  double images_log2_ = 0;
};

}  // namespace simcheck::logs
