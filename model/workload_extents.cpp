#include "model/workload_extents.hpp"

#include <algorithm>
#include <unordered_set>

namespace simcheck::model {
namespace {

struct Extent {
  std::uint64_t begin, end;
};

// Disjoint and in order, so that one walk past them finds all gaps.
std::vector<Extent> merged(std::vector<Extent> extents) {
  std::ranges::sort(extents, {}, &Extent::begin);
  std::vector<Extent> result;
  for (const Extent& extent : extents) {
    if (!result.empty() && extent.begin <= result.back().end) {
      result.back().end = std::max(result.back().end, extent.end);
    } else {
      result.push_back(extent);
    }
  }
  return result;
}

std::vector<Extent> taken_extents(const Workload& workload,
                                  const std::vector<Request*>& without_extent) {
  const std::unordered_set<const Request*> skip(without_extent.begin(), without_extent.end());
  std::vector<Extent> taken;
  for (const Stage& stage : workload.stages)
    for (const Request& request : stage)
      if (request.kind != sim::IoKind::kFlush && !skip.contains(&request))
        taken.push_back({request.offset, request.offset + request.length});
  return merged(std::move(taken));
}

std::uint64_t round_up(std::uint64_t value, std::uint64_t unit) {
  return (value + unit - 1) / unit * unit;
}

}  // namespace

bool give_extents(const Workload& workload, const std::vector<Request*>& requests,
                  std::uint64_t extent_bytes) {
  const std::uint64_t slot_bytes = 2 * extent_bytes;
  const std::vector<Extent> taken = taken_extents(workload, requests);
  auto next_taken = taken.begin();
  std::uint64_t slot = 0;
  for (Request* request : requests) {
    // What ends before the slot is behind us; what begins inside it pushes the slot past its end.
    for (; next_taken != taken.end() && next_taken->begin < slot + slot_bytes; ++next_taken)
      slot = std::max(slot, round_up(next_taken->end, slot_bytes));
    if (slot > kOffsetMax - slot_bytes) return false;
    request->offset = slot;
    request->length = extent_bytes;
    slot += slot_bytes;
  }
  return true;
}

}  // namespace simcheck::model
