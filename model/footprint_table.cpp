#include "model/footprint_table.hpp"

#include <algorithm>

namespace simcheck::model {
namespace {

std::uint64_t mask_of(sim::ObjectId object) {
  const std::uint64_t id = sim::index_of(object);
  return std::uint64_t{1} << ((id * 0x9e3779b97f4a7c15) >> 58);
}

}  // namespace

FootprintTable::FootprintTable() : slots_(1024) {
  entries_.push_back({.writes = ~std::uint64_t{0}, .all = ~std::uint64_t{0}});  // unknown
  add({}, hash_of({}));                                                         // empty
}

FootprintId FootprintTable::intern(std::span<const sim::Access> accesses) {
  if (accesses.empty()) return kEmptyFootprint;
  const std::uint64_t hash = hash_of(accesses);
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
    const std::uint64_t mask = mask_of(access.object);
    entry.all |= mask;
    if (access.mode != sim::AccessMode::kRead) entry.writes |= mask;
    entry.has_enabling |= sim::is_enabling(access.object);
  }
  accesses_.insert(accesses_.end(), accesses.begin(), accesses.end());
  entries_.push_back(entry);
  if (entries_.size() * 2 > slots_.size()) grow();
  std::size_t slot = hash & (slots_.size() - 1);
  while (slots_[slot] != 0) slot = (slot + 1) & (slots_.size() - 1);
  slots_[slot] = static_cast<std::uint32_t>(entries_.size());
  return FootprintId{static_cast<std::uint32_t>(entries_.size() - 1)};
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
      if (sim::conflict(a, b)) return false;
    }
  }
  return true;
}

bool FootprintTable::enables(FootprintId first, FootprintId second) const {
  const Entry& x = entries_[index(first)];
  const Entry& y = entries_[index(second)];
  if (!x.has_enabling || !y.has_enabling) return false;
  for (const sim::Access& p : accesses(x)) {
    if (!sim::is_enabling(p.object) || p.mode == sim::AccessMode::kRead) continue;
    for (const sim::Access& q : accesses(y)) {
      if (q.object == p.object && q.mode == sim::AccessMode::kRead) return true;
    }
  }
  return false;
}

std::span<const sim::Access> FootprintTable::accesses(FootprintId id) const {
  return accesses(entries_[index(id)]);
}

}  // namespace simcheck::model
