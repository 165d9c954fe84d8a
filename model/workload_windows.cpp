#include "model/workload_windows.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace simcheck::model {
namespace {

// A request with the number of its stage.
using Placed = std::pair<std::size_t, Request>;

std::vector<Placed> flat(const Workload& workload) {
  std::vector<Placed> requests;
  for (std::size_t stage = 0; stage < workload.stages.size(); ++stage)
    for (const Request& request : workload.stages[stage]) requests.emplace_back(stage, request);
  return requests;
}

// Requests [begin, end).
Workload part(const std::vector<Placed>& requests, std::size_t begin, std::size_t end) {
  Workload workload;
  for (std::size_t i = begin; i < end; ++i) {
    if (i == begin || requests[i].first != requests[i - 1].first) workload.stages.emplace_back();
    workload.stages.back().push_back(requests[i].second);
  }
  workload.stages.back().back().waits = false;  // nothing is behind it any more
  return workload;
}

}  // namespace

std::vector<Workload> windows(const Workload& workload, std::uint32_t size) {
  if (workload.size() <= size) return {workload};
  const std::vector<Placed> requests = flat(workload);
  std::vector<Workload> result;
  for (std::size_t begin = 0; begin + size <= requests.size(); ++begin)
    result.push_back(part(requests, begin, begin + size));
  return result;
}

std::vector<Workload> pieces(const Workload& workload, std::uint32_t size, std::uint32_t overlap) {
  const std::vector<Placed> requests = flat(workload);
  std::vector<Workload> result;
  for (std::size_t begin = 0; begin == 0 || begin + overlap < requests.size();
       begin += size - overlap)
    result.push_back(part(requests, begin, std::min(begin + size, requests.size())));
  return result;
}

}  // namespace simcheck::model
