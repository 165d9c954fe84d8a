// The disk sectors that pending writes change, and what each may hold after a power cut.
//
// A sector holds its last durable content or any later version of it. A version is what reads saw
// once a write had taken effect: where a write covers a part of a disk sector only, the rest is
// that of the version before. Neighbours that the same writes change alike are kept as one stretch,
// so that a long write or discard costs no more than a short one.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "logs/crash_contents.hpp"
#include "logs/crash_durable.hpp"
#include "logs/crash_point.hpp"

namespace simcheck::logs {

// The most (write, stretch of disk sectors) pairs that are kept in memory.
inline constexpr std::uint64_t kPiecesMax = 1 << 24;

class CrashSectors {
 public:
  // Of a stretch, disk sectors [begin, end) in one of its versions, counted from 0.
  struct Part {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    std::uint32_t stretch = 0;
    std::uint32_t version = 0;
  };

  // `durable` is what replay_durable() made. An Error when a medium fails, there are more than
  // kPiecesMax pieces, or `may_go_on` said no. The first four arguments outlive the object.
  static Result<CrashSectors> make(const ByteSource& log, const CrashPoint& point,
                                   const CrashModel& model, const ByteSource& durable,
                                   const std::function<bool()>& may_go_on = nullptr);

  std::size_t writes() const { return pieces_.size(); }

  // The pieces of the write with that index in CrashPoint::pending: its disk sectors in order of
  // position, those apart that hold the same bytes whatever is lost.
  std::uint64_t piece_count(std::size_t write) const { return piece_counts_[write]; }

  // Appends pieces [first, last) of the write to `to`, in order of position.
  void add_parts(std::size_t write, std::uint64_t first, std::uint64_t last,
                 std::vector<Part>& to) const;

  // Equal for equal bytes in the same sector; 0 is the durable content.
  std::uint32_t content(const Part& part) const {
    return versions_[stretches_[part.stretch].first_version + part.version].content;
  }

  // How many images differ when each sector is for itself: exactly, or only its logarithm where
  // that does not fit 64 bits.
  std::optional<std::uint64_t> images() const { return images_; }
  double images_log2() const { return images_log2_; }

  // Brings a copy of the durable image to those versions. Requires parts that do not overlap, in
  // order of position.
  std::optional<Error> apply(const std::vector<Part>& chosen, ReplayTarget& copy) const;

 private:
  struct Version {
    std::uint32_t write = 0;  // its index in CrashPoint::pending
    std::uint32_t content = 0;
  };
  struct Stretch {
    std::uint64_t sector = 0;
    std::uint64_t sectors = 0;
    std::uint32_t first_version = 0;
    std::uint32_t versions = 0;
  };
  // Of one write, the pieces that lie in one stretch.
  struct Pieces {
    std::uint64_t first = 0;
    std::uint32_t stretch = 0;
    std::uint32_t version = 0;
  };

  CrashSectors(const ByteSource& log, const CrashPoint& point, const CrashModel& model,
               const ByteSource& durable)
      : log_(&log),
        point_(&point),
        model_(model),
        durable_(&durable),
        pieces_(point.pending.size()),
        piece_counts_(point.pending.size()) {}

  CrashContents contents() const { return {*log_, *durable_, *point_, model_.disk_sector}; }
  std::optional<Error> collect(const std::function<bool()>& may_go_on);
  std::optional<Error> tell_apart(CrashContents& contents, std::span<const std::uint32_t> writes,
                                  SectorRange sectors, const std::function<bool()>& may_go_on);
  bool add(std::span<const std::uint32_t> writes, std::uint64_t first_sector,
           const ContentNumbers& numbers);
  bool add_stretch(std::span<const std::uint32_t> writes, std::uint64_t first_sector,
                   const ContentNumbers& numbers, std::size_t begin, std::size_t end);
  bool goes_on(std::span<const std::uint32_t> writes, std::uint64_t sector,
               const ContentNumbers& numbers, std::size_t at) const;
  void count_images(std::uint32_t contents, std::uint64_t sectors);
  std::vector<std::uint32_t> writes_up_to(const Part& part) const;

  const ByteSource* log_;
  const CrashPoint* point_;
  CrashModel model_;
  const ByteSource* durable_;
  std::vector<Stretch> stretches_;  // in order of position
  std::vector<Version> versions_;   // stretch by stretch, in log order
  std::vector<std::vector<Pieces>> pieces_;
  std::vector<std::uint64_t> piece_counts_;
  std::optional<std::uint64_t> images_ = 1;
  double images_log2_ = 0;
};

}  // namespace simcheck::logs
