#include "model/workload_weight.hpp"

#include <array>
#include <cstddef>

namespace simcheck::model {
namespace {

double factorial(std::size_t n) {
  double product = 1;
  for (; n > 1; --n) product *= static_cast<double>(n);
  return product;
}

}  // namespace

double weight_of(const Workload& workload, bool symmetry) {
  double weight = 1;
  for (const Stage& stage : workload.stages) {
    weight *= factorial(stage.size()) * factorial(stage.size());
    if (!symmetry) continue;
    std::array<std::size_t, 8> of_kind{};
    for (const Request& request : stage) ++of_kind.at(static_cast<std::size_t>(request.kind));
    for (const std::size_t n : of_kind) weight /= factorial(n);
  }
  return weight;
}

}  // namespace simcheck::model
