#include "model/default_workloads.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>

namespace simcheck::model {
namespace {

using sim::IoKind;

constexpr std::array kKindsInTurn = {IoKind::kWrite, IoKind::kZeroes, IoKind::kDiscard,
                                     IoKind::kFlush};
constexpr std::uint32_t kSplitRequestsMax = 3;

using Kinds = std::vector<IoKind>;

// Every multiset of `size` kinds, each in the order of kKindsInTurn.
std::vector<Kinds> multisets(std::uint32_t size, std::size_t first = 0) {
  if (size == 0) return {Kinds{}};
  std::vector<Kinds> result;
  for (std::size_t kind = first; kind < kKindsInTurn.size(); ++kind) {
    for (const Kinds& rest : multisets(size - 1, kind)) {
      result.push_back({kKindsInTurn[kind]});
      result.back().insert(result.back().end(), rest.begin(), rest.end());
    }
  }
  return result;
}

Workload with_extents(std::initializer_list<Kinds> stages, std::uint64_t extent_bytes) {
  Workload workload;
  std::uint64_t index = 0;
  for (const Kinds& kinds : stages) {
    Stage& stage = workload.stages.emplace_back();
    for (const IoKind kind : kinds) {
      const std::uint64_t offset = 2 * extent_bytes * index++;
      const bool is_flush = kind == IoKind::kFlush;
      stage.push_back(
          {.kind = kind, .offset = is_flush ? 0 : offset, .length = is_flush ? 0 : extent_bytes});
    }
  }
  return workload;
}

}  // namespace

std::vector<Workload> default_workloads(std::uint32_t depth, std::uint64_t extent_bytes) {
  std::vector<Workload> workloads;
  for (std::uint32_t size = 1; size <= std::max(depth, kSplitRequestsMax); ++size) {
    if (size <= depth)
      for (const Kinds& kinds : multisets(size))
        workloads.push_back(with_extents({kinds}, extent_bytes));
    if (size > kSplitRequestsMax) continue;
    for (std::uint32_t first = size - 1; first > 0; --first) {
      if (first > depth || size - first > depth) continue;
      for (const Kinds& before : multisets(first))
        for (const Kinds& after : multisets(size - first))
          workloads.push_back(with_extents({before, after}, extent_bytes));
    }
  }
  return workloads;
}

}  // namespace simcheck::model
