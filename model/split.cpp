#include "model/split.hpp"

#include <algorithm>
#include <array>
#include <deque>

#include "sim/ids.hpp"

namespace simcheck::model {
namespace {

// Each costs an execution to try.
constexpr std::size_t kCandidatesMax = 24;

struct Section {
  sim::TransitionName name;
  FootprintId footprint{};
};

std::vector<Section> sections_of(const std::vector<Transition>& steps) {
  std::array<std::uint32_t, sim::kFibersMax> numbers{};
  std::vector<Section> sections;
  for (const Transition& step : steps) {
    const std::uint32_t number = ++numbers[sim::index_of(step.fiber)];
    if (step.is_section) sections.push_back({{step.fiber, number}, step.footprint});
  }
  return sections;
}

bool has(const Part& part, const sim::TransitionName& a, const sim::TransitionName& b) {
  return std::ranges::any_of(part, [&](const sim::TransitionOrder& order) {
    return (order.earlier == a && order.later == b) || (order.earlier == b && order.later == a);
  });
}

// Pairs that may come in either order. First those of equal transitions, which halve the whole
// evenly.
std::vector<sim::TransitionOrder> candidates(const Part& part, const SampleExecution& sample) {
  const std::vector<Section> sections = sections_of(sample.steps);
  std::vector<sim::TransitionOrder> even, uneven;
  for (std::size_t j = 0; j < sections.size(); ++j) {
    for (std::size_t i = 0; i < j; ++i) {
      const Section &a = sections[i], &b = sections[j];
      if (a.name.fiber == b.name.fiber || has(part, a.name, b.name)) continue;
      if (!sample.may_swap(a.footprint, b.footprint)) continue;
      const bool equal = a.name.number == b.name.number && a.footprint == b.footprint;
      std::vector<sim::TransitionOrder>& pairs = equal ? even : uneven;
      pairs.push_back({a.name, b.name});
    }
  }
  even.insert(even.end(), uneven.begin(), uneven.end());
  if (even.size() > kCandidatesMax) even.resize(kCandidatesMax);
  return even;
}

Part with(const Part& part, const sim::TransitionName& earlier, const sim::TransitionName& later) {
  Part longer = part;
  longer.push_back({earlier, later});
  return longer;
}

}  // namespace

std::vector<Part> split(const SamplePart& sample, std::size_t parts_wanted) {
  std::deque<Part> open{Part{}};  // may be split further
  std::vector<Part> done;
  while (!open.empty() && open.size() + done.size() < parts_wanted) {
    const Part part = open.front();
    open.pop_front();
    const auto execution = sample(part);
    if (!execution) return {Part{}};
    bool was_split = false;
    for (const sim::TransitionOrder& order : candidates(part, *execution)) {
      const Part other = with(part, order.later, order.earlier);
      if (!sample(other)) continue;
      open.push_back(with(part, order.earlier, order.later));
      open.push_back(other);
      was_split = true;
      break;
    }
    if (!was_split) done.push_back(part);
  }
  done.insert(done.end(), open.begin(), open.end());
  return done;
}

}  // namespace simcheck::model
