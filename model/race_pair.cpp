#include "model/race_pair.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "model/counterexample.hpp"
#include "model/guided.hpp"
#include "model/happens_before.hpp"

namespace simcheck::model {
namespace {

constexpr std::size_t kExchangesMax = 300;
constexpr std::uint64_t kImagesMax = 100'000;  // that power cuts leave, of all exchanges

class RaceSearch {
 public:
  RaceSearch(const CheckOptions& options, const Workload& workload, const Counterexample& example)
      : options_(options), scenario_(scenario_to_follow(options, workload, faults_of(example))) {}

  std::optional<RacePair> run(const Schedule& schedule, std::size_t last_step) {
    Explorer explorer = explorer_of(options_, scenario_);
    explorer.run_next(*make_guided(schedule));
    const sim::FiberSet power = explorer.world().power();
    HappensBefore order(explorer.footprints(), explorer.fiber_count());
    for (const Transition& transition : explorer.transitions()) order.push(transition);
    std::vector<HappensBefore::Race> races(order.races().begin(), order.races().end());
    std::ranges::sort(races, std::greater(),
                      [](const auto& r) { return std::pair(r.second, r.first); });
    std::size_t tried = 0;
    for (const auto& [first, second] : races) {
      if (second > last_step || is_of(power, schedule[first]) || is_of(power, schedule[second]))
        continue;
      if (++tried > kExchangesMax) break;
      if (breaks_nothing(exchanged(order, first, second), schedule, first, second))
        return RacePair{first, second};
    }
    return std::nullopt;
  }

 private:
  // An earlier cut breaks nothing where a later one does: that says nothing of the code.
  static bool is_of(sim::FiberSet power, sim::FiberId fiber) {
    return (power & sim::bit_of(fiber)) != 0;
  }

  // What does not happen after the first of them, then the second; then all that is left.
  static Schedule exchanged(const HappensBefore& order, std::size_t first, std::size_t second) {
    const Schedule& path = order.path();
    Schedule schedule(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(first)), after;
    for (std::size_t i = first; i < path.size(); ++i) {
      const bool waits =
          i == first || i > second || (i != second && order.happens_before(first, i));
      (waits ? after : schedule).push_back(path[i]);
    }
    schedule.insert(schedule.end(), after.begin(), after.end());
    return schedule;
  }

  bool breaks_nothing(const Schedule& candidate, const Schedule& schedule, std::size_t first,
                      std::size_t second) {
    Explorer explorer = explorer_of(options_, scenario_, [this] { return ++images_ > kImagesMax; });
    try {
      const auto outcome = explorer.run_next(*make_guided(candidate));
      if (outcome != Explorer::Outcome::kHolds) return false;
    } catch (const JudgingStopped&) {
      return false;
    }
    const Schedule now = explorer.schedule();
    return place_of(schedule, second, now) < place_of(schedule, first, now);
  }

  // Where the n-th transition of a fiber that this step is lies in another schedule.
  static std::size_t place_of(const Schedule& schedule, std::size_t step, const Schedule& other) {
    auto left = std::count(schedule.begin(), schedule.begin() + static_cast<std::ptrdiff_t>(step),
                           schedule[step]);
    for (std::size_t i = 0; i < other.size(); ++i) {
      if (other[i] == schedule[step] && left-- == 0) return i;
    }
    return other.size();
  }

  const CheckOptions& options_;
  BlockScenario scenario_;
  std::uint64_t images_ = 0;
};

}  // namespace

std::optional<RacePair> find_race_pair(const CheckOptions& options, const Workload& workload,
                                       const Counterexample& example) {
  const Schedule schedule = schedule_of(example.schedule);
  if (schedule.empty()) return std::nullopt;
  const std::size_t last =
      std::min<std::size_t>(example.findings.front().step, schedule.size() - 1);
  return RaceSearch(options, workload, example).run(schedule, last);
}

}  // namespace simcheck::model
