#include "model/shrink.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "model/counterexample.hpp"
#include "model/shrink_trials.hpp"
#include "model/shrink_workload.hpp"

namespace simcheck::model {
namespace {

class Shrinking {
 public:
  /// `ends_early`: others of its executions may have more steps or fewer.
  Shrinking(ShrinkTrials& trials, Story story, bool ends_early)
      : trials_(trials), story_(std::move(story)), ends_early_(ends_early) {}

  Story run(bool also_workload) {
    if (also_workload) {
      take_first_of(with_fewer_faults);
      for (Workload before; before != story_.workload && !trials_.is_over();) {
        before = story_.workload;  // what became simpler may be superfluous
        take_few_requests();
        remove_requests();
        take_first_of(with_simpler_requests);
        take_first_of(with_lower_extents);
      }
    }
    cut_earlier();
    reorder(with_fewer_switches);
    if (ends_early_) reorder(with_fewer_steps);
    return std::move(story_);
  }

 private:
  // Of small stories every order is tried; of the others the one that they have.
  static constexpr std::size_t kSmall = 3;
  static constexpr std::uint64_t kExecutions = 500;  // of one small candidate

  bool take(const Story& candidate) {
    auto story = trials_.follow(candidate);
    if (!story && candidate.workload.size() <= kSmall) {
      story = trials_.search(candidate, kExecutions);
    }
    if (story) story_ = std::move(*story);
    return story.has_value();
  }

  // Again and again, as long as one of the candidates is taken.
  template <typename Candidates>
  void take_first_of(const Candidates& candidates) {
    for (bool taken = true; taken && !trials_.is_over();) {
      taken = std::ranges::any_of(candidates(story_), [this](const auto& c) { return take(c); });
    }
  }

  // Single requests, then all pairs, then all triples, of each kind once: those of a story that is
  // long.
  void take_few_requests() {
    for (std::size_t size = 1; size <= kSmall && size < story_.workload.size(); ++size) {
      std::vector<bool> removed(story_.workload.size(), true);
      std::fill_n(removed.begin(), size, false);
      do {  // the subsets in lexicographic order
        std::vector<std::size_t> lanes;
        for (std::size_t lane = 0; lane < removed.size(); ++lane) {
          if (removed[lane]) lanes.push_back(lane);
        }
        const Story candidate = without_requests(story_, lanes);
        if (!tried_.insert(shape_of(candidate)).second) continue;
        if (take(candidate)) return;
      } while (!trials_.is_over() && std::next_permutation(removed.begin(), removed.end()));
    }
  }

  // ddmin: ever smaller chunks, down to single requests.
  void remove_requests() {
    std::size_t chunk = story_.workload.size() / 2;
    while (chunk > 0 && !trials_.is_over()) {
      bool removed = false;
      for (std::size_t from = 0; from < story_.workload.size() && story_.workload.size() > 1;) {
        std::vector<std::size_t> lanes;
        for (std::size_t lane = from; lane < std::min(from + chunk, story_.workload.size()); ++lane)
          lanes.push_back(lane);
        if (lanes.size() < story_.workload.size() && take(without_requests(story_, lanes))) {
          removed = true;
        } else {
          from += chunk;
        }
      }
      if (!removed) chunk /= 2;
    }
  }

  // The power, after as few steps as possible: what comes before may have nothing to do with it.
  void cut_earlier() {
    const auto power = trials_.power_of(story_);
    const auto cut = power ? std::ranges::find(story_.schedule, *power) : story_.schedule.end();
    const std::ptrdiff_t steps = cut - story_.schedule.begin();
    for (std::ptrdiff_t kept = 0; power && kept < steps && !trials_.is_over(); ++kept) {
      Story candidate = story_;
      candidate.schedule.resize(static_cast<std::size_t>(kept));
      candidate.schedule.push_back(*power);
      auto story = trials_.follow(candidate);
      if (!story) continue;
      story_ = std::move(*story);
      return;
    }
  }

  // Takes candidates as long as one of them is smaller.
  template <typename Candidates>
  void reorder(const Candidates& candidates) {
    const auto size = [](const Schedule& schedule) {
      return std::pair(context_switches(schedule), schedule.size());
    };
    for (bool taken = true; taken && !trials_.is_over();) {
      taken = false;
      for (Schedule& schedule : candidates(story_.schedule)) {
        auto story = trials_.follow({story_.workload, story_.faults, std::move(schedule)});
        taken = story && size(story->schedule) < size(story_.schedule);
        if (!taken) continue;
        story_ = std::move(*story);
        break;
      }
    }
  }

  ShrinkTrials& trials_;
  Story story_;
  bool ends_early_;
  std::set<std::string> tried_;  // few requests, by their shape
};

StorySize size_of(const Story& story) {
  return {.requests = story.workload.size(),
          .faults = story.faults.size(),
          .switches = context_switches(story.schedule),
          .steps = story.schedule.size()};
}

}  // namespace

Counterexample shrink(const CheckOptions& options, const Workload& workload,
                      const Counterexample& example) {
  if (options.shrink_limit == 0 || options.strategy == StrategyKind::kReplay) return example;
  const Story before{workload, faults_of(example), schedule_of(example.schedule)};
  ShrinkTrials trials(options, example, options.shrink_limit);
  const bool ends_early = example.deadlock || trials.power_of(before);
  const Story after = Shrinking(trials, before, ends_early).run(options.shrink_workload);
  const bool same = after.schedule == before.schedule && after.workload == before.workload &&
                    after.faults == before.faults;
  Counterexample smaller = same ? example : trials.tell(after);
  smaller.shrunk = Shrunk{.before = size_of(before),
                          .after = size_of(after),
                          .candidates = trials.executions(),
                          .limit_reached = trials.is_over()};
  return smaller;
}

}  // namespace simcheck::model
