#include "logs/placement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <vector>

namespace simcheck::logs {
namespace {

constexpr std::size_t kOnStackMax = 64;

// Calls visit(index) for each entry by position, then by index, until it returns false.
template <typename Visit>
void in_log_order(std::span<const PlacedEntry> entries, Visit visit) {
  std::array<std::size_t, kOnStackMax> on_stack;
  std::vector<std::size_t> on_heap;
  std::span<std::size_t> order(on_stack);
  if (entries.size() > kOnStackMax) {
    on_heap.resize(entries.size());
    order = on_heap;
  }
  order = order.first(entries.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const std::uint64_t at_a = entries[a].header_sector, at_b = entries[b].header_sector;
    return at_a != at_b ? at_a < at_b : a < b;
  });
  for (std::size_t index : order) {
    if (!visit(index)) return;
  }
}

// What a sound log looks like: known without sorting, for the sake of the checker's hot loop.
bool disjoint_in_order(std::span<const PlacedEntry> entries, std::uint64_t first_sector) {
  std::uint64_t reach = first_sector;
  for (const PlacedEntry& entry : entries) {
    if (entry.header_sector < reach || entry.header_sector == UINT64_MAX) return false;
    reach = entry.end();
  }
  return true;
}

bool gapless_in_order(std::span<const PlacedEntry> entries, std::uint64_t first_sector) {
  std::uint64_t reach = first_sector;
  for (const PlacedEntry& entry : entries) {
    if (entry.header_sector != reach) return false;
    reach = entry.end();
  }
  return true;
}

std::string name(std::size_t index, std::span<const PlacedEntry> entries,
                 std::uint64_t first_index) {
  if (index == kSuperblockIndex) return "the superblock (sector 0)";
  const PlacedEntry& entry = entries[index];
  return fmt::format("entry {} (header at sector {}, {} data sector{})", first_index + index,
                     entry.header_sector, data_sectors(entry.nr_sectors, entry.flags),
                     data_sectors(entry.nr_sectors, entry.flags) == 1 ? "" : "s");
}

std::string range(std::uint64_t begin, std::uint64_t end) {
  if (end - begin <= 1) return fmt::format("sector {}", begin);
  return fmt::format("sectors {} to {}", begin, end - 1);
}

}  // namespace

std::optional<Overlap> find_overlap(std::span<const PlacedEntry> entries,
                                    std::uint64_t first_sector) {
  if (disjoint_in_order(entries, first_sector)) return std::nullopt;
  std::optional<Overlap> found;
  std::size_t owner = kSuperblockIndex;  // whose extent reaches furthest so far
  std::uint64_t reach = first_sector;
  in_log_order(entries, [&](std::size_t index) {
    const std::uint64_t begin = entries[index].header_sector, end = entries[index].end();
    // An extent that saturates still owns the last sector: two headers there do collide.
    if (begin < reach || (begin == UINT64_MAX && reach == UINT64_MAX)) {
      found = Overlap{owner, index, begin, std::min(reach, end)};
      return false;
    }
    owner = index;
    reach = end;
    return true;
  });
  return found;
}

std::optional<Gap> find_gap(std::span<const PlacedEntry> entries, std::uint64_t first_sector) {
  if (gapless_in_order(entries, first_sector)) return std::nullopt;
  std::optional<Gap> found;
  std::size_t owner = kSuperblockIndex;
  std::uint64_t reach = first_sector;
  in_log_order(entries, [&](std::size_t index) {
    const std::uint64_t begin = entries[index].header_sector, end = entries[index].end();
    if (begin > reach) {
      found = Gap{owner, index, reach, begin};
      return false;
    }
    if (end >= reach) {
      owner = index;
      reach = end;
    }
    return true;
  });
  return found;
}

std::string explain(const Overlap& overlap, std::span<const PlacedEntry> entries,
                    std::uint64_t first_index) {
  return fmt::format("{} and {} both cover {}", name(overlap.first, entries, first_index),
                     name(overlap.second, entries, first_index), range(overlap.begin, overlap.end));
}

std::string explain(const Gap& gap, std::span<const PlacedEntry> entries,
                    std::uint64_t first_index) {
  return fmt::format("{} {} no entry: {} ends before, {} begins behind", range(gap.begin, gap.end),
                     gap.end - gap.begin == 1 ? "belongs to" : "belong to",
                     name(gap.before, entries, first_index), name(gap.after, entries, first_index));
}

}  // namespace simcheck::logs
