#include "model/footprint_table.hpp"

#include <algorithm>
#include <bit>

#include "model/archive_types.hpp"
#include "sim/assert.hpp"

namespace simcheck::model {
namespace {

constexpr std::uint64_t kAllBits = ~std::uint64_t{0};

std::uint64_t bit_of(std::uint64_t object, std::uint64_t block) {
  return std::uint64_t{1} << (((object * 64 + block) * 0x9e3779b97f4a7c15) >> 58);
}

// Overlapping accesses of one object must share a bit. A short extent of a disk has a bit for each
// 4 KiB block; what touches many blocks has all bits.
std::uint64_t mask_of(const sim::Access& access) {
  const std::uint64_t object = sim::index_of(access.object);
  if (sim::is_whole(access)) return bit_of(object, 0);
  const std::uint64_t first = access.begin >> 12, last = (access.end - 1) >> 12;
  if (last - first > 16) return kAllBits;
  std::uint64_t mask = 0;
  for (std::uint64_t block = first; block <= last; ++block) mask |= bit_of(object, block);
  return mask;
}

// Good enough for a table of some hundred footprints, and asked for at every new transition: the
// multiplications wait for nothing and overlap.
std::uint64_t quick_hash_of(std::span<const sim::Access> accesses) {
  std::uint64_t hash = 0;
  for (const sim::Access& a : accesses) {
    const std::uint64_t object = sim::index_of(a.object) * 8 + static_cast<std::uint64_t>(a.mode);
    hash =
        std::rotl(hash, 21) ^ (object * 0x9e3779b97f4a7c15 + a.begin * 0xbf58476d1ce4e5b9 + a.end);
  }
  hash *= 0x94d049bb133111eb;
  return hash ^ (hash >> 32);
}

}  // namespace

FootprintTable::FootprintTable() : slots_(1024) {
  entries_.push_back({.masks = {kAllBits, kAllBits}});  // unknown
  add_to_rows(0);
  add({}, quick_hash_of({}));  // empty
}

FootprintId FootprintTable::intern(std::span<const sim::Access> accesses) {
  if (accesses.empty()) return kEmptyFootprint;
  const std::uint64_t hash = quick_hash_of(accesses);
  for (std::size_t slot = hash & (slots_.size() - 1); slots_[slot] != 0;
       slot = (slot + 1) & (slots_.size() - 1)) {
    const Entry& entry = entries_[slots_[slot] - 1];
    if (entry.hash == hash && std::ranges::equal(this->accesses(entry), accesses)) {
      return FootprintId{slots_[slot] - 1};
    }
  }
  return add(accesses, hash);
}

FootprintId FootprintTable::add(std::span<const sim::Access> accesses, std::uint64_t hash) {
  Entry entry{.hash = hash,
              .begin = static_cast<std::uint32_t>(accesses_.size()),
              .size = static_cast<std::uint32_t>(accesses.size())};
  for (const sim::Access& access : accesses) {
    check_use(access);
    const std::uint64_t mask = mask_of(access);
    entry.masks.all |= mask;
    if (access.mode != sim::AccessMode::kRead) entry.masks.writes |= mask;
    entry.has_enabling |=
        sim::is_enabling(access.object) || sim::acquires(access.mode) || sim::releases(access.mode);
  }
  accesses_.insert(accesses_.end(), accesses.begin(), accesses.end());
  for (const sim::Access& access : accesses) {
    if (access.mode == sim::AccessMode::kStore) note_store(entry, access);
  }
  note_meeting(entry);
  entries_.push_back(entry);
  add_to_rows(entries_.size() - 1);
  if (entries_.size() * 2 > slots_.size()) grow();
  std::size_t slot = hash & (slots_.size() - 1);
  while (slots_[slot] != 0) slot = (slot + 1) & (slots_.size() - 1);
  slots_[slot] = static_cast<std::uint32_t>(entries_.size());
  return FootprintId{static_cast<std::uint32_t>(entries_.size() - 1)};
}

// The unknown one has a row, but is no footprint to be seen.
void FootprintTable::add_to_rows(std::size_t x) {
  if (x >= kInRows) return;
  rows_.emplace_back();
  for (std::size_t y = 0; y <= x; ++y) {
    if (independent(entries_[x], entries_[y])) continue;
    rows_[x][y] = rows_[y][x] = true;
    if (y == 0) continue;
    note_conflict(entries_[x]);
    note_conflict(entries_[y]);
  }
}

// The masks would miss a conflict between a use of the whole and one of an extent.
void FootprintTable::check_use(const sim::Access& access) {
  if (sim::is_enabling(access.object)) return;
  const std::size_t object = sim::index_of(access.object);
  if (object >= uses_.size()) uses_.resize(object + 1, Use::kUnknown);
  const Use use = sim::is_whole(access) ? Use::kWhole : Use::kExtents;
  SIMCHECK_ASSERT(uses_[object] == Use::kUnknown || uses_[object] == use,
                  "an object is used as a whole or by extents, not both");
  uses_[object] = use;
}

void FootprintTable::grow() {
  slots_.assign(slots_.size() * 2, 0);
  for (std::uint32_t i = 1; i + 1 < entries_.size(); ++i) {
    std::size_t slot = entries_[i].hash & (slots_.size() - 1);
    while (slots_[slot] != 0) slot = (slot + 1) & (slots_.size() - 1);
    slots_[slot] = i + 1;
  }
}

bool FootprintTable::independent_slow(const Entry& x, const Entry& y) const {
  if (&x == &entries_[0] || &y == &entries_[0]) return false;
  for (const sim::Access& a : accesses(x)) {
    for (const sim::Access& b : accesses(y)) {
      if (conflict(a, b)) return false;
    }
  }
  return true;
}

void FootprintTable::order_stores(sim::ObjectId object) {
  if (!has_open_stores(object)) return;
  stores_[sim::index_of(object)] = Stores::kOrdered;
  ++orderings_;
  fill_rows();
}

void FootprintTable::fill_rows() {
  rows_.clear();
  for (std::size_t x = 0; x < entries_.size(); ++x) add_to_rows(x);
}

void FootprintTable::note_store(Entry& entry, const sim::Access& access) {
  const std::size_t object = sim::index_of(access.object);
  if (stores_.size() <= object) stores_.resize(object + 1, Stores::kNone);
  if (stores_[object] == Stores::kNone) {
    stores_[object] = Stores::kOpen;
    for (Entry& other : entries_) note_meeting(other);
  }
  if (sim::is_whole(access)) return;
  entry.is_effect = entry.size == 1;
  if (!entry.is_effect) order_stores(access.object);
  for (Entry& other : entries_) {
    if (!other.is_effect || !sim::touch_same(accesses(other).front(), access)) continue;
    other.overlaps = true;
    entry.overlaps = true;
  }
}

void FootprintTable::note_meeting(Entry& entry) const {
  entry.meets_stores |= std::ranges::any_of(accesses(entry), [this](const sim::Access& access) {
    return !sim::is_enabling(access.object) && has_open_stores(access.object);
  });
}

bool FootprintTable::overlap_partly(FootprintId a, FootprintId b) const {
  const Entry& x = entries_[index(a)];
  const Entry& y = entries_[index(b)];
  return a != b && x.overlaps && y.overlaps && x.masks.may_conflict(y.masks) &&
         sim::touch_same(accesses(x).front(), accesses(y).front());
}

bool FootprintTable::conflict_in_data(FootprintId a, FootprintId b) const {
  for (const sim::Access& x : accesses(a)) {
    for (const sim::Access& y : accesses(b)) {
      if (!sim::is_enabling(x.object) && conflict(x, y)) return true;
    }
  }
  return false;
}

bool FootprintTable::enables_slow(const Entry& x, const Entry& y) const {
  for (const sim::Access& p : accesses(x)) {
    if (!sim::is_enabling(p.object) || p.mode == sim::AccessMode::kRead) continue;
    for (const sim::Access& q : accesses(y)) {
      if (q.object == p.object && q.mode == sim::AccessMode::kRead) return true;
    }
  }
  return false;
}

const sim::ObjectId* FootprintTable::handed_over_slow(const Entry& x, const Entry& y) const {
  for (const sim::Access& p : accesses(x)) {
    if (!sim::releases(p.mode)) continue;
    for (const sim::Access& q : accesses(y)) {
      if (q.object == p.object && sim::acquires(q.mode)) return &p.object;
    }
  }
  return nullptr;
}

bool FootprintTable::takes(FootprintId id, sim::ObjectId lock) const {
  return std::ranges::any_of(accesses(id), [lock](const sim::Access& access) {
    return access.object == lock &&
           (sim::acquires(access.mode) || access.mode == sim::AccessMode::kWrite);
  });
}

// All but the two first entries are added again, in the same order; what was then found out about
// stores comes with them.
void FootprintTable::save_or_load(Archive& archive) {
  std::vector<std::vector<sim::Access>> footprints;
  for (std::size_t i = 2; i < entries_.size(); ++i) {
    const auto accesses = this->accesses(entries_[i]);
    footprints.emplace_back(accesses.begin(), accesses.end());
  }
  archive(footprints);
  if (archive.loads()) {
    *this = FootprintTable();
    for (const auto& accesses : footprints) add(accesses, quick_hash_of(accesses));
  }
  archive(stores_, orderings_);
  if (archive.loads()) fill_rows();
}

}  // namespace simcheck::model
