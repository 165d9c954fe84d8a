#include "model/happens_before.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "model/archive_types.hpp"
#include "sim/assert.hpp"

namespace simcheck::model {

void HappensBefore::push(const Transition& step) {
  if (conflicting_footprints_ != footprints_.conflicting()) [[unlikely]]
    push_again();
  const std::size_t i = events_.size();
  std::uint32_t& last = last_[sim::index_of(step.fiber)];
  SIMCHECK_ASSERT(last == kNone || events_[last].number < INT16_MAX,
                  "a fiber has at most 32767 transitions");
  const Count number = last == kNone ? Count{1} : static_cast<Count>(events_[last].number + 1);
  if (clocks_.size() < (i + 1) * width_) clocks_.resize((i + 1) * width_);
  Past past = past_of(last, clock_of(i));
  // One that touched nothing, or nothing of others, is ordered by its fiber alone.
  const bool touches_others = !footprints_.is_private(step.footprint);
  if (touches_others) {
    find_races(past, step.footprint, [&](std::uint32_t j) {
      races_.push_back({j, static_cast<std::uint32_t>(i)});
    });
  }
  past.clock[sim::index_of(step.fiber)] = number;
  if (touches_others) {
    touching_.push_back({static_cast<std::uint32_t>(i), step.footprint,
                         static_cast<std::uint16_t>(sim::index_of(step.fiber)), number});
    if (touching_.size() <= kInBits) past.known |= std::uint64_t{1} << (touching_.size() - 1);
  }
  events_.push_back({step, number, last, past.known});
  path_.push_back(step.fiber);
  last = static_cast<std::uint32_t>(i);
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

// A footprint that conflicted with none has come to conflict with another, so that the events that
// have it are to be looked at from now on. The order of all that happened stays as it was.
void HappensBefore::push_again() {
  conflicting_footprints_ = footprints_.conflicting();
  std::vector<Transition> steps;
  for (const Event& event : events_) steps.push_back(event.step);
  clear();
  for (const Transition& step : steps) push(step);
}

std::span<const std::uint32_t> HappensBefore::would_race(sim::FiberId fiber,
                                                         FootprintId footprint) {
  if (conflicting_footprints_ != footprints_.conflicting()) [[unlikely]]
    push_again();
  found_.clear();
  next_clock_.resize(width_);
  Past past = past_of(last_[sim::index_of(fiber)], next_clock_.data());
  if (const sim::ObjectId* const lock = footprints_.waits_for(footprint)) {
    // What came behind the taking, such as a try in vain, cannot be made to come behind the fiber.
    const std::size_t taken = last_taken(*lock, events_.size());
    if (taken != kNone && !in_clock(taken, past.clock))
      found_.push_back(static_cast<std::uint32_t>(taken));
  } else {
    find_races(past, footprint, [this](std::uint32_t j) { found_.push_back(j); });
  }
  return found_;
}

// Of the first `before` events that touched something, the last that is not in the past; kNone if
// there is none. The first of all have a bit each, so that those in the past cost nothing.
inline std::size_t HappensBefore::last_unknown(const Past& past, std::size_t before) const {
  for (; before > kInBits; --before) {
    const Touching& event = touching_[before - 1];
    if (past.clock[event.fiber] < event.number) return before - 1;
  }
  if (before == 0) return kNone;
  const std::uint64_t unknown = ~past.known & (~std::uint64_t{0} >> (kInBits - before));
  return unknown == 0 ? kNone : static_cast<std::size_t>(std::bit_width(unknown)) - 1;
}

// A conflicting event that the past does not hold yet is a race, unless it enables; either way,
// what happened before it is known from then on.
//
// Giving a lock back lets another fiber take it, and could not have come later. What races is the
// two takings: so that the first is not hidden behind the giving back, or behind what happened in
// between, such as a try in vain, that is added last.
template <class Found>
void HappensBefore::find_races(Past& past, FootprintId footprint, const Found& found) {
  std::size_t given_back = kNone, taken = kNone;
  std::size_t t = touching_.size();
  while ((t = last_unknown(past, t)) != kNone) {
    const FootprintId other = touching_[t].footprint;
    if (footprints_.independent(footprint, other)) continue;
    const std::size_t j = touching_[t].event;
    if (!footprints_.enables(other, footprint)) {
      const sim::ObjectId* const lock = footprints_.handed_over(other, footprint);
      if (lock != nullptr && !footprints_.takes(other, *lock)) {
        if (given_back != kNone) continue;
        given_back = j;
        taken = last_taken(*lock, j);
        continue;
      }
      if (given_back != kNone && j != taken && happens_before(j, given_back)) continue;
      found(static_cast<std::uint32_t>(j));
    }
    join(past, j);
  }
  if (given_back != kNone) join(past, given_back);
}

std::size_t HappensBefore::last_taken(sim::ObjectId lock, std::size_t before) const {
  while (before > 0) {
    if (footprints_.takes(events_[--before].step.footprint, lock)) return before;
  }
  return kNone;  // before the first event
}

// That of a fiber's next event, whose last one is `before`: what it starts with.
HappensBefore::Past HappensBefore::past_of(std::uint32_t before, Count* clock) const {
  if (before == kNone) {
    std::fill_n(clock, width_, Count{0});
    return {clock, 0};
  }
  const Count* const from = clock_of(before);
  for (std::size_t f = 0; f < width_; f += 8) std::copy_n(from + f, 8, clock + f);
  return {clock, events_[before].known};
}

void HappensBefore::join(Past& past, std::size_t event) const {
  const Count* const other = clock_of(event);
  Count* const clock = past.clock;
  for (std::size_t f = 0; f < width_; f += 8) {
    std::array<Count, 8> latest;  // of its own, so that compilers see that nothing overlaps
    for (std::size_t k = 0; k < 8; ++k) latest[k] = std::max(clock[f + k], other[f + k]);
    std::ranges::copy(latest, clock + f);
  }
  past.known |= events_[event].known;
}

}  // namespace simcheck::model
