#include "model/symmetry.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "model/footprint_table.hpp"

namespace simcheck::model {
namespace {

struct Step {
  FootprintId footprint = kEmptyFootprint;
  bool is_section = false;
};

// The transitions of one execution, by fiber.
class Sample {
 public:
  Sample(sim::World& world, std::uint32_t steps_max) : steps_(world.fiber_count()) {
    while (const sim::FiberSet enabled = world.enabled()) {
      if (world.steps() >= steps_max) break;
      const sim::FiberId fiber = sim::first_of(enabled);
      const bool is_section = !sim::contains(world.in_flight(), fiber);
      world.run(fiber);
      steps_[sim::index_of(fiber)].push_back({footprints_.intern(world.footprint()), is_section});
    }
  }

  // The number of the transition by which to order these fibers.
  std::optional<std::uint32_t> where_they_meet(const std::vector<sim::FiberId>& fibers) const {
    std::size_t shortest = SIZE_MAX;
    for (const sim::FiberId fiber : fibers) shortest = std::min(shortest, steps(fiber).size());
    std::optional<std::uint32_t> meets_others;
    for (std::uint32_t n = 1; n <= shortest; ++n) {
      if (!steps(fibers.front())[n - 1].is_section) continue;
      if (all_meet(fibers, n)) return n;
      if (!meets_others && meets_any(fibers.front(), n)) meets_others = n;
    }
    return meets_others;
  }

 private:
  const std::vector<Step>& steps(sim::FiberId fiber) const { return steps_[sim::index_of(fiber)]; }

  bool all_meet(const std::vector<sim::FiberId>& fibers, std::uint32_t n) const {
    for (const sim::FiberId a : fibers) {
      for (const sim::FiberId b : fibers) {
        if (a < b &&
            !footprints_.conflict_in_data(steps(a)[n - 1].footprint, steps(b)[n - 1].footprint)) {
          return false;
        }
      }
    }
    return true;
  }

  bool meets_any(sim::FiberId fiber, std::uint32_t n) const {
    for (std::uint32_t other = 0; other < steps_.size(); ++other) {
      if (sim::FiberId{other} == fiber) continue;
      for (const Step& step : steps_[other]) {
        if (footprints_.conflict_in_data(steps(fiber)[n - 1].footprint, step.footprint)) {
          return true;
        }
      }
    }
    return false;
  }

  FootprintTable footprints_;
  std::vector<std::vector<Step>> steps_;
};

std::map<std::uint32_t, std::vector<sim::FiberId>> classes_of(const sim::World& world) {
  std::map<std::uint32_t, std::vector<sim::FiberId>> classes;
  for (std::uint32_t f = 0; f < world.fiber_count(); ++f) {
    const std::uint32_t of = world.symmetry_class(sim::FiberId{f});
    if (of != 0) classes[of].push_back(sim::FiberId{f});
  }
  std::erase_if(classes, [](const auto& entry) { return entry.second.size() < 2; });
  return classes;
}

}  // namespace

std::vector<sim::TransitionOrder> symmetry_orders(const sim::Testbed::Build& build,
                                                  std::uint32_t steps_max) {
  sim::Testbed testbed(build);
  const auto classes = classes_of(testbed.world());
  if (classes.empty()) return {};
  const Sample sample(testbed.world(), steps_max);
  std::vector<sim::TransitionOrder> orders;
  for (const auto& [_, fibers] : classes) {
    const auto n = sample.where_they_meet(fibers);
    for (std::size_t i = 1; n && i < fibers.size(); ++i) {
      orders.push_back({{fibers[i - 1], *n}, {fibers[i], *n}, true});
    }
  }
  return orders;
}

}  // namespace simcheck::model
