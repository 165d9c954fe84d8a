// What a disk may hold after its power was cut.
//
// What was durable at the cut survives; what else took effect may survive, whole, in part, or not,
// and what was not in effect yet does not. How much freedom a disk has is the model:
//   sector-subset     Each disk sector for itself holds its last durable content or what any later
//                     write put there: the order of writes is not kept, and writes tear at sectors.
//                     The default, and what a disk with a volatile cache promises.
//   prefix            Writes reach the medium in the order of their effects, whole: what survives
//                     is a beginning of that order. A disk whose cache is a queue.
//   whole-requests    Each write survives wholly or not at all, in no order. A disk that does not
//                     tear.
//   cache-off         Whatever took effect survives.
// A sector has 512 or 4096 bytes and is a matter of the disk, whatever the log's sectors are.
//
// There are too many images to make each: a CrashImage decides what a sector holds when it is read
// for the first time, and only where that makes a difference, by asking Choices. Going through all
// choices goes through all images that whoever reads can tell apart. Source of the idea: Gorjiara,
// Xu, Demsky, "Jaaru: Efficiently Model Checking Persistent Memory Programs", ASPLOS 2021.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/event_content.hpp"
#include "sim/event_disk.hpp"

namespace simcheck::sim {

enum class Durability : std::uint8_t { kSectorSubset, kPrefix, kWholeRequests, kCacheOff };

/// "sector-subset", ...
std::string_view to_string(Durability durability);

struct CrashModel {
  Durability durability = Durability::kSectorSubset;
  std::uint64_t sector_bytes = 512;  ///< a power of two
};

/// Can images differ by which of two writes took effect first, though they share no byte? In a
/// queue they can, and if they may share a sector.
constexpr bool shows_order(CrashModel model) {
  if (model.durability == Durability::kSectorSubset) return model.sector_bytes > 512;
  return model.durability == Durability::kPrefix;
}

/// Depth-first through all sequences of choices, the first alternatives first.
class Choices {
 public:
  /// One of `count` alternatives (> 0), from 0.
  std::uint32_t choose(std::uint32_t count);
  /// Begins the next sequence; false if all were gone through.
  bool next();

 private:
  struct Choice {
    std::uint32_t taken, of;
  };
  std::vector<Choice> path_;
  std::size_t at_ = 0;
};

/// A disk at the moment of the cut: what all of its images have in common. The disk must be
/// watched, and must not change while this lives.
class CutDisk {
 public:
  /// `below` is what the disk held before all that its record tells of; null: what it settled, or
  /// zeroes.
  CutDisk(const ContentView& disk, CrashModel model, const ContentView* below = nullptr);

  /// How many images the model allows; at most 2^64 - 1.
  std::uint64_t images() const;
  const CrashModel& model() const { return model_; }
  const DiskRecord& record() const { return record_; }
  bool is_durable(const DiskVersion& version) const { return durable_[version.effect]; }
  /// The first effect that is not durable, nor any behind it.
  std::uint32_t open_from() const { return open_from_; }
  std::uint64_t size() const { return disk_.size(); }
  /// A run of what lies below.
  Chunk below(std::uint64_t offset, std::uint64_t length_max) const;

 private:
  std::uint64_t open_writes() const;

  const ContentView& disk_;
  const ContentView* below_;
  CrashModel model_;
  DiskRecord record_;
  std::vector<bool> durable_;  // by effect
  std::uint32_t open_from_ = 0;
};

/// One image, decided as far as it was read.
class CrashImage final : public ContentView {
 public:
  /// `disk` and `choices` must outlive this.
  CrashImage(const CutDisk& disk, Choices& choices);

  Chunk run_at(std::uint64_t offset, std::uint64_t length_max) const override;
  std::uint64_t size() const override { return disk_.size(); }
  DiskRecord record() const override { return disk_.record(); }

  /// The effects (indices into DiskRecord::writes) of which something is lost, as far as it was
  /// read.
  std::vector<std::uint32_t> lost() const;

 private:
  // Of the effects on a sector, those up to `last` are there; kNone: no effect is.
  struct Sector {
    std::uint64_t number;
    std::int64_t last;
  };

  bool is_there(const DiskVersion& version, std::int64_t last) const;
  std::int64_t last_effect(std::uint64_t sector) const;
  std::int64_t decide_sector(std::uint64_t begin, std::uint64_t end) const;
  std::int64_t decide_prefix(std::uint64_t begin, std::uint64_t end) const;
  void decide_requests(std::uint64_t begin, std::uint64_t end) const;
  bool same_sector(std::uint64_t begin, std::uint64_t end, std::int64_t a, std::int64_t b) const;
  Chunk run(std::uint64_t offset, std::uint64_t end, std::int64_t last) const;

  const CutDisk& disk_;
  Choices& choices_;
  // Decisions; they are made while reading.
  mutable std::vector<Sector> sectors_;           // kSectorSubset
  mutable std::int64_t prefix_from_, prefix_to_;  // kPrefix: the last effect lies between these
  mutable std::vector<std::int8_t> survives_;     // kWholeRequests, by effect: -1 not decided
};

}  // namespace simcheck::sim
