#include "model/shrink_workload.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>
#include <optional>

#include "model/fault_plan.hpp"

namespace simcheck::model {
namespace {

using sim::IoKind;

constexpr std::uint64_t kUsualBytes = 4096;

// Which requests there are, before and after; nothing for the removed ones.
std::optional<sim::FiberId> moved_up(sim::FiberId fiber, const std::vector<std::size_t>& removed) {
  const std::size_t lane = sim::index_of(fiber);
  const auto at = std::ranges::lower_bound(removed, lane);
  if (at != removed.end() && *at == lane) return std::nullopt;
  return sim::FiberId{static_cast<std::uint32_t>(lane - (at - removed.begin()))};
}

// Calls `change` on each request of a copy of its own, and keeps those that it changed.
std::vector<Story> with_changed(const Story& story,
                                const std::function<void(Request&, std::size_t lane)>& change) {
  std::vector<Story> stories;
  std::size_t lane = 0;
  for (std::size_t s = 0; s < story.workload.stages.size(); ++s) {
    for (std::size_t r = 0; r < story.workload.stages[s].size(); ++r, ++lane) {
      Story changed = story;
      Request& request = changed.workload.stages[s][r];
      change(request, lane);
      if (request != story.workload.stages[s][r]) stories.push_back(std::move(changed));
    }
  }
  return stories;
}

void append(std::vector<Story>& all, std::vector<Story> more) {
  std::ranges::move(more, std::back_inserter(all));
}

// Simplest first.
constexpr std::array kSimplestFirst = {IoKind::kFlush, IoKind::kWrite, IoKind::kDiscard,
                                       IoKind::kZeroes, IoKind::kRead};

std::ptrdiff_t rank(IoKind kind) {
  return std::ranges::find(kSimplestFirst, kind) - kSimplestFirst.begin();
}

// A burst: the steps [begin, end) that one fiber runs in a row.
struct Burst {
  std::size_t begin, end;
};

std::vector<Burst> bursts_of(const Schedule& schedule) {
  std::vector<Burst> bursts;
  for (std::size_t i = 0; i < schedule.size(); ++i) {
    if (i == 0 || schedule[i] != schedule[i - 1]) bursts.push_back({i, i});
    bursts.back().end = i + 1;
  }
  return bursts;
}

}  // namespace

Story without_requests(const Story& story, const std::vector<std::size_t>& removed) {
  Story less;
  std::size_t lane = 0;
  for (const Stage& stage : story.workload.stages) {
    Stage kept;
    for (const Request& request : stage) {
      if (!std::ranges::binary_search(removed, lane++)) kept.push_back(request);
    }
    if (!kept.empty()) less.workload.stages.push_back(std::move(kept));
  }
  for (sim::Fault fault : story.faults) {
    const auto fiber = moved_up(fault.fiber, removed);
    if (fiber) less.faults.push_back({*fiber, fault.io, fault.kind});
  }
  for (const sim::FiberId fiber : story.schedule) {
    if (const auto moved = moved_up(fiber, removed)) less.schedule.push_back(*moved);
  }
  return less;
}

std::string shape_of(const Story& story) {
  std::vector<std::uint64_t> bounds;
  for (const Stage& stage : story.workload.stages) {
    for (const Request& r : stage) bounds.insert(bounds.end(), {r.offset, r.offset + r.length});
  }
  std::ranges::sort(bounds);
  Workload ranked = story.workload;
  for (Stage& stage : ranked.stages) {
    for (Request& request : stage) {
      const auto at = std::ranges::lower_bound(bounds, request.offset);
      request.offset = static_cast<std::uint64_t>(at - bounds.begin());
    }
  }
  return to_text(ranked) + " | " + to_text(story.faults);
}

std::vector<Story> with_fewer_faults(const Story& story) {
  std::vector<Story> stories;
  for (std::size_t i = 0; i < story.faults.size(); ++i) {
    stories.push_back(story);
    stories.back().faults.erase(stories.back().faults.begin() + static_cast<std::ptrdiff_t>(i));
  }
  return stories;
}

std::vector<Story> with_simpler_requests(const Story& story) {
  std::vector<Story> stories;
  for (const IoKind kind : kSimplestFirst) {
    append(stories, with_changed(story, [kind](Request& request, std::size_t) {
             if (rank(kind) >= rank(request.kind)) return;
             request.kind = kind;
             if (kind == IoKind::kFlush) request = {.kind = kind};
           }));
  }
  append(stories, with_changed(story, [](Request& request, std::size_t) { request.fua = false; }));
  append(stories,
         with_changed(story, [](Request& request, std::size_t) { request.pattern.reset(); }));
  return stories;
}

std::vector<Story> with_lower_extents(const Story& story) {
  std::vector<Story> stories = with_changed(story, [](Request& request, std::size_t) {
    request.length = std::min(request.length, kUsualBytes);
  });
  append(stories, with_changed(story, [](Request& request, std::size_t lane) {
           request.offset = std::min(request.offset, 2 * kUsualBytes * lane);
         }));
  return stories;
}

std::vector<Schedule> with_fewer_switches(const Schedule& schedule) {
  const std::vector<Burst> bursts = bursts_of(schedule);
  const auto at = [](std::size_t step) { return static_cast<std::ptrdiff_t>(step); };
  std::vector<Schedule> schedules;
  for (std::size_t b = 0; b < bursts.size(); ++b) {
    const auto same = [&](const Burst& burst) {
      return schedule[burst.begin] == schedule[bursts[b].begin];
    };
    const auto next = std::find_if(bursts.begin() + at(b) + 1, bursts.end(), same);
    if (next == bursts.end()) continue;
    Schedule earlier = schedule;  // the second burst right behind the first
    std::rotate(earlier.begin() + at(bursts[b].end), earlier.begin() + at(next->begin),
                earlier.begin() + at(next->end));
    schedules.push_back(std::move(earlier));
    Schedule later = schedule;  // the first right before the second
    std::rotate(later.begin() + at(bursts[b].begin), later.begin() + at(bursts[b].end),
                later.begin() + at(next->begin));
    schedules.push_back(std::move(later));
  }
  return schedules;
}

std::vector<Schedule> with_fewer_steps(const Schedule& schedule) {
  std::vector<Schedule> schedules;
  for (const Burst& burst : bursts_of(schedule)) {
    for (std::size_t kept = burst.begin; kept < burst.end; ++kept) {
      Schedule shorter = schedule;
      shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(kept),
                    shorter.begin() + static_cast<std::ptrdiff_t>(burst.end));
      schedules.push_back(std::move(shorter));
    }
  }
  std::ranges::stable_sort(schedules, {}, &Schedule::size);
  return schedules;
}

}  // namespace simcheck::model
