#include "model/workload_windows.hpp"

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

}  // namespace

std::vector<Workload> windows(const Workload& workload, std::uint32_t size) {
  if (workload.size() <= size) return {workload};
  const std::vector<Placed> requests = flat(workload);
  std::vector<Workload> result(requests.size() - size + 1);
  for (std::size_t begin = 0; begin < result.size(); ++begin) {
    std::vector<Stage>& stages = result[begin].stages;
    for (std::size_t i = begin; i < begin + size; ++i) {
      if (i == begin || requests[i].first != requests[i - 1].first) stages.emplace_back();
      stages.back().push_back(requests[i].second);
    }
    stages.back().back().waits = false;  // nothing is behind it any more
  }
  return result;
}

}  // namespace simcheck::model
