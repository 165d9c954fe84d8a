// Draws executions of small programs and counts how often each schedule came.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <utility>

#include "model/explorer.hpp"
#include "model/sampling.hpp"
#include "tests/model/random_program.hpp"

namespace simcheck::test {

using Frequencies = std::map<model::Schedule, std::uint64_t>;
using MakeStrategy = std::function<std::unique_ptr<model::Strategy>(model::Explorer&)>;

inline Frequencies frequencies(const Program& program, const MakeStrategy& make) {
  model::Explorer explorer([&](sim::World& world) { world.make<ProgramState>(world, program); }, {},
                           {.steps_max = 1000});
  const auto strategy = make(explorer);
  Frequencies result;
  while (explorer.run_next(*strategy)) ++result[explorer.schedule()];
  return result;
}

/// A fiber of n sections that touch nothing.
inline std::vector<Op> straight_line(std::size_t sections) {
  return std::vector<Op>(sections - 1, Op{OpKind::kYield});
}

/// How far counts lie from what is expected of each kind: about as large as there are kinds.
inline double chi_square(const Frequencies& counts,
                         const std::function<double(const model::Schedule&)>& expected) {
  double sum = 0;
  for (const auto& [schedule, count] : counts) {
    const double mean = expected(schedule), off = static_cast<double>(count) - mean;
    sum += off * off / mean;
  }
  return sum;
}

/// The place of the n-th transition of a fiber; both from 0.
inline std::size_t place_of(const model::Schedule& schedule, std::uint32_t fiber, int n) {
  std::size_t place = 0;
  for (;; ++place)
    if (schedule.at(place) == sim::FiberId{fiber} && n-- == 0) return place;
}

}  // namespace simcheck::test
