// Ranges that overlap, cut where one of them begins or ends.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <vector>

namespace simcheck::logs {

// Calls `visit(begin, end, covering)` for each piece that ranges cover, in order of position, until
// it returns false. `covering` is the set of their indices in `ranges`, whose elements have a
// `begin` and an `end` behind it.
template <typename Range, typename Visit>
void for_overlaps(const std::vector<Range>& ranges, const Visit& visit) {
  struct Edge {
    std::uint64_t at;
    std::uint32_t range;
    bool begins;
  };
  std::vector<Edge> edges;
  edges.reserve(2 * ranges.size());
  for (std::uint32_t i = 0; i < ranges.size(); ++i) {
    edges.push_back({ranges[i].begin, i, true});
    edges.push_back({ranges[i].end, i, false});
  }
  std::sort(edges.begin(), edges.end(), [](const Edge& a, const Edge& b) { return a.at < b.at; });
  std::set<std::uint32_t> covering;
  for (std::size_t i = 0; i < edges.size(); ++i) {
    const Edge& edge = edges[i];
    if (edge.begins) {
      covering.insert(edge.range);
    } else {
      covering.erase(edge.range);
    }
    const bool is_last_here = i + 1 < edges.size() && edges[i + 1].at != edge.at;
    if (is_last_here && !covering.empty() && !visit(edge.at, edges[i + 1].at, covering)) return;
  }
}

}  // namespace simcheck::logs
