#include "model/happens_before.hpp"

#include <algorithm>

#include "model/archive_types.hpp"
#include "sim/assert.hpp"

namespace simcheck::model {

void HappensBefore::push(const Transition& step) {
  const std::size_t i = events_.size();
  std::uint32_t& last = last_[sim::index_of(step.fiber)];
  SIMCHECK_ASSERT(last == kNone || events_[last].number < INT16_MAX,
                  "a fiber has at most 32767 transitions");
  const Count number = last == kNone ? Count{1} : static_cast<Count>(events_[last].number + 1);
  if (clocks_.size() < (i + 1) * width_) clocks_.resize((i + 1) * width_);
  Count* const clock = clock_of(i);
  start_clock(clock, last);
  events_.push_back({step, number, last});
  path_.push_back(step.fiber);
  last = static_cast<std::uint32_t>(i);
  // An event that touched nothing, or nothing of others, is ordered by its fiber alone.
  if (!footprints_.is_private(step.footprint)) {
    find_races(clock, step.footprint, [&](std::uint32_t j) {
      races_.push_back({j, static_cast<std::uint32_t>(i)});
    });
  }
  if (step.footprint != kEmptyFootprint) {
    touching_.push_back({static_cast<std::uint32_t>(i), step.footprint,
                         static_cast<std::uint16_t>(sim::index_of(step.fiber)), number});
  }
  clock[sim::index_of(step.fiber)] = number;
}

HappensBefore::Event HappensBefore::pop() {
  const Event event = events_.back();
  events_.pop_back();
  if (event.step.footprint != kEmptyFootprint) touching_.pop_back();
  path_.pop_back();
  while (!races_.empty() && races_.back().second == events_.size()) races_.pop_back();
  last_[sim::index_of(event.step.fiber)] = event.before;
  return event;
}

void HappensBefore::clear() {
  events_.clear();
  touching_.clear();
  path_.clear();
  races_.clear();
  std::ranges::fill(last_, kNone);
}

void HappensBefore::save_or_load(Archive& archive) {
  std::vector<Transition> steps;
  for (const Event& event : events_) steps.push_back(event.step);
  archive(steps);
  if (!archive.loads()) return;
  clear();
  for (const Transition& step : steps) push(step);
}

std::span<const std::uint32_t> HappensBefore::would_race(sim::FiberId fiber,
                                                         FootprintId footprint) {
  found_.clear();
  next_clock_.resize(width_);
  start_clock(next_clock_.data(), last_[sim::index_of(fiber)]);
  find_races(next_clock_.data(), footprint, [this](std::uint32_t j) { found_.push_back(j); });
  return found_;
}

// Goes back from the end: a conflicting event that `clock` does not know yet is a race, unless it
// enables; either way, what happened before it is known from then on.
//
// Giving a lock back lets another fiber take it, and could not have come later. What races is the
// two takings: so that the first is not hidden behind the giving back, that is added last.
template <class Found>
void HappensBefore::find_races(Count* clock, FootprintId footprint, const Found& found) {
  std::size_t given_back = kNone, taken = kNone;
  for (std::size_t t = touching_.size(); t-- > 0;) {
    const Touching& earlier = touching_[t];
    const FootprintId other = earlier.footprint;
    if (clock[earlier.fiber] >= earlier.number || footprints_.independent(other, footprint))
      continue;
    const std::size_t j = earlier.event;
    if (!footprints_.enables(other, footprint)) {
      const sim::ObjectId* const lock = footprints_.handed_over(other, footprint);
      if (lock != nullptr && !footprints_.takes(other, *lock)) {
        if (given_back != kNone) continue;
        given_back = j;
        taken = last_taken(*lock, j);
        continue;
      }
      if (given_back == kNone || j == taken || !happens_before(j, given_back)) {
        found(static_cast<std::uint32_t>(j));
      }
    }
    join(clock, j);
  }
  if (given_back != kNone) join(clock, given_back);
}

std::size_t HappensBefore::last_taken(sim::ObjectId lock, std::size_t event) const {
  while (!footprints_.takes(events_[event].step.footprint, lock)) --event;
  return event;
}

void HappensBefore::start_clock(Count* clock, std::uint32_t before) const {
  const Count* const from = before == kNone ? nullptr : clock_of(before);
  for (std::size_t f = 0; f < width_; f += 8) {
    for (std::size_t k = f; k < f + 8; ++k) clock[k] = from == nullptr ? Count{0} : from[k];
  }
}

void HappensBefore::join(Count* clock, std::size_t event) const {
  const Count* const other = clock_of(event);
  for (std::size_t f = 0; f < width_; f += 8) {
    for (std::size_t k = f; k < f + 8; ++k) clock[k] = std::max(clock[k], other[k]);
  }
}

}  // namespace simcheck::model
