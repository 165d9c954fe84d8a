// Footprints as small numbers. A scenario has few distinct footprints and many transitions, so each
// footprint is kept once and strategies work with its number; equal footprints have equal numbers.
#pragma once

#include <algorithm>
#include <bitset>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/footprint.hpp"

namespace simcheck::model {

class Archive;

enum class FootprintId : std::uint32_t {};

/// The footprint of a transition nobody has seen yet: conflicts with everything.
inline constexpr FootprintId kUnknownFootprint{0};
/// The footprint of a transition that touches nothing shared: conflicts with nothing.
inline constexpr FootprintId kEmptyFootprint{1};

/// A footprint's objects hashed to 64 bits, to tell most independent pairs by two ANDs. An add
/// counts as a write here.
struct FootprintMasks {
  std::uint64_t writes = 0;
  std::uint64_t all = 0;

  /// False: the two commute. True: they may or may not.
  bool may_conflict(const FootprintMasks& other) const {
    return ((writes & other.all) | (all & other.writes)) != 0;
  }
};

class FootprintTable {
 public:
  FootprintTable();

  /// The number of this footprint. The same set of accesses in another order is another footprint.
  FootprintId intern(std::span<const sim::Access> accesses);
  /// The same, and quicker if it is likely to be this one.
  FootprintId intern(std::span<const sim::Access> accesses, FootprintId likely) {
    return std::ranges::equal(this->accesses(likely), accesses) ? likely : intern(accesses);
  }

  /// Do two transitions with these footprints commute?
  bool independent(FootprintId a, FootprintId b) const {
    const std::size_t x = index(a), y = index(b);
    if ((x | y) < kInRows) return !rows_[x][y];
    return independent(entries_[x], entries_[y]);
  }
  /// Does it commute with every footprint seen so far, itself included? May say no where it does.
  bool is_private(FootprintId id) const {
    return entries_.size() <= kInRows && !entries_[index(id)].conflicts;
  }
  /// How many do not. It only grows: as long as it stays, private ones are private still.
  std::uint32_t conflicting() const {
    return entries_.size() <= kInRows ? conflicting_ : UINT32_MAX;
  }

  /// Does the first transition enable the second (wake its fiber, let it start), so that the second
  /// could not have come before it?
  bool enables(FootprintId first, FootprintId second) const {
    const Entry& x = entries_[index(first)];
    const Entry& y = entries_[index(second)];
    return x.has_enabling && y.has_enabling && enables_slow(x, y);
  }

  /// Stores to this object conflict with one another from now on (see sim::AccessMode::kStore).
  /// What was concluded before is void.
  void order_stores(sim::ObjectId object);
  /// How often that was done.
  std::uint32_t orderings() const { return orderings_; }
  /// Has the object stores whose order is left open?
  bool has_open_stores(sim::ObjectId object) const {
    const std::size_t i = sim::index_of(object);
    return i < stores_.size() && stores_[i] == Stores::kOpen;
  }
  /// Does it access, in any way, an object with such stores? May say yes where it does not.
  bool may_meet_stores(FootprintId id) const { return entries_[index(id)].meets_stores; }
  /// Is it the effect of a write on a disk whose order among such writes is left open?
  bool is_open_effect(FootprintId id) const {
    const Entry& entry = entries_[index(id)];
    return entry.is_effect && has_open_stores(accesses(entry).front().object);
  }
  /// Is it an effect whose extent another effect's overlaps, in any execution so far?
  bool overlaps_another(FootprintId id) const { return entries_[index(id)].overlaps; }
  /// Are they effects on two different extents that share bytes?
  bool overlap_partly(FootprintId a, FootprintId b) const;

  /// Do they conflict in anything but enabling?
  bool conflict_in_data(FootprintId a, FootprintId b) const;

  /// The lock that the first transition gives back and the second takes; null if there is none.
  const sim::ObjectId* handed_over(FootprintId first, FootprintId second) const {
    const Entry& x = entries_[index(first)];
    const Entry& y = entries_[index(second)];
    return x.has_enabling && y.has_enabling ? handed_over_slow(x, y) : nullptr;
  }

  /// The lock that is all that the transition touches, and that it has to wait for; else null.
  const sim::ObjectId* waits_for(FootprintId id) const {
    const auto accesses = this->accesses(id);
    const bool is_lock = accesses.size() == 1 && sim::acquires(accesses.front().mode);
    return is_lock ? &accesses.front().object : nullptr;
  }

  /// Does the transition come to hold the lock, whether it may have had to wait for it or not?
  bool takes(FootprintId id, sim::ObjectId lock) const;

  std::span<const sim::Access> accesses(FootprintId id) const {
    return accesses(entries_[index(id)]);
  }

  void save_or_load(Archive& archive);

 private:
  struct Entry {
    FootprintMasks masks;
    std::uint64_t hash = 0;
    std::uint32_t begin = 0, size = 0;  // in accesses_
    bool is_effect = false;             // one store to an extent of a disk, nothing else
    bool meets_stores = false;          // an access of it is to an object that has stores
    bool overlaps = false;              // in part, the extent of another effect
    bool has_enabling = false;          // an access of it enables a fiber, or takes or gives a lock
    bool conflicts = false;             // with some footprint in rows_, perhaps itself
  };

  // Most scenarios have fewer footprints. A power of two.
  static constexpr std::size_t kInRows = 256;

  enum class Stores : std::uint8_t { kNone, kOpen, kOrdered };
  enum class Use : std::uint8_t { kUnknown, kWhole, kExtents };

  static std::size_t index(FootprintId id) { return static_cast<std::size_t>(id); }
  bool independent(const Entry& x, const Entry& y) const {
    return !x.masks.may_conflict(y.masks) || independent_slow(x, y);
  }
  bool independent_slow(const Entry& x, const Entry& y) const;
  void add_to_rows(std::size_t x);
  void note_conflict(Entry& entry) {
    if (!entry.conflicts) ++conflicting_;
    entry.conflicts = true;
  }
  void fill_rows();
  bool enables_slow(const Entry& x, const Entry& y) const;
  const sim::ObjectId* handed_over_slow(const Entry& x, const Entry& y) const;
  std::span<const sim::Access> accesses(const Entry& entry) const {
    return {accesses_.data() + entry.begin, entry.size};
  }
  FootprintId add(std::span<const sim::Access> accesses, std::uint64_t hash);
  void check_use(const sim::Access& access);
  bool conflict(const sim::Access& a, const sim::Access& b) const {
    return sim::conflict(a, b) || (a.mode == sim::AccessMode::kStore && b.mode == a.mode &&
                                   sim::touch_same(a, b) && !has_open_stores(a.object));
  }
  void note_store(Entry& entry, const sim::Access& access);
  void note_meeting(Entry& entry) const;
  void grow();

  std::vector<Entry> entries_;
  std::vector<std::bitset<kInRows>> rows_;  // [x][y]: the first ones' conflicts, looked up
  std::vector<sim::Access> accesses_;
  std::vector<Use> uses_;       // by object
  std::vector<Stores> stores_;  // by object
  std::uint32_t orderings_ = 0;
  std::uint32_t conflicting_ = 0;     // entries whose `conflicts` is set
  std::vector<std::uint32_t> slots_;  // open addressing: entry number + 1, or 0
};

/// A hash of a footprint, the same in every run.
inline std::uint64_t hash_of(std::span<const sim::Access> accesses) {
  std::uint64_t hash = accesses.size();
  for (const sim::Access& a : accesses) {
    hash = (hash ^ (std::uint64_t{sim::index_of(a.object)} << 2) ^
            static_cast<std::uint64_t>(a.mode)) *
           0x9e3779b97f4a7c15;
    hash = (hash ^ (hash >> 29) ^ a.begin) * 0xbf58476d1ce4e5b9;
    hash ^= (hash >> 32) + a.end;
  }
  return hash * 0x94d049bb133111eb;
}

}  // namespace simcheck::model
