#include "model/open_stores.hpp"

#include <algorithm>
#include <utility>

#include "model/archive_types.hpp"

namespace simcheck::model {

bool OpenStores::all_unobserved(const HappensBefore& execution, std::size_t first_new) {
  const std::uint32_t before = footprints_.orderings();
  note_places(execution, first_new);
  for (std::size_t i = first_new; i < execution.size(); ++i) {
    const FootprintId footprint = execution[i].step.footprint;
    if (!footprints_.may_meet_stores(footprint) || is_alone(footprint)) continue;
    for (const sim::Access& access : footprints_.accesses(footprint)) {
      if (sim::is_enabling(access.object) || !footprints_.has_open_stores(access.object)) continue;
      const bool is_store = access.mode == sim::AccessMode::kStore;
      if (is_store ? overlaps_earlier(execution, i) : sees_order(execution, i, access)) {
        footprints_.order_stores(access.object);
      }
    }
  }
  return footprints_.orderings() == before;
}

// Most effects are on places that no other place overlaps.
bool OpenStores::is_alone(FootprintId footprint) const {
  return footprints_.is_open_effect(footprint) && !footprints_.overlaps_another(footprint);
}

// Which of two effects is last is told by whole extents only.
bool OpenStores::overlaps_earlier(const HappensBefore& execution, std::size_t effect) const {
  if (!footprints_.overlaps_another(execution[effect].step.footprint)) return false;
  for (std::size_t j = 0; j < effect; ++j) {
    if (footprints_.overlap_partly(execution[j].step.footprint, execution[effect].step.footprint)) {
      return true;
    }
  }
  return false;
}

// Are there two stores before the observer, unordered, of which either could be the one it sees?
bool OpenStores::sees_order(const HappensBefore& execution, std::size_t observer,
                            const sim::Access& access) {
  const auto stores_to_it = [&](std::size_t j) {
    return std::ranges::any_of(
        footprints_.accesses(execution[j].step.footprint), [&](const sim::Access& store) {
          return store.mode == sim::AccessMode::kStore && sim::touch_same(store, access);
        });
  };
  stores_.clear();
  for (std::size_t j = observer; j-- > 0;) {
    if (!stores_to_it(j)) continue;
    const bool overwritten = std::ranges::any_of(
        stores_, [&](std::uint32_t later) { return execution.happens_before(j, later); });
    if (!overwritten) stores_.push_back(static_cast<std::uint32_t>(j));
  }
  return stores_.size() > 1;
}

// Most executions store to no place twice. What was found about the part that is not new stays. A
// place's first store may be an event that was taken back since: then another is there now.
void OpenStores::note_places(const HappensBefore& execution, std::size_t first_new) {
  twice_.resize(execution.size() + 1);
  for (std::size_t i = first_new; i < execution.size(); ++i) {
    const FootprintId place = execution[i].step.footprint;
    bool twice = twice_[i];
    if (!twice && footprints_.is_open_effect(place)) {
      const auto p = static_cast<std::size_t>(place);
      if (first_stores_.size() <= p) first_stores_.resize(p + 64);
      std::uint32_t& first = first_stores_[p];
      twice = first < i && execution[first].step.footprint == place;
      if (!twice) first = static_cast<std::uint32_t>(i);
    }
    twice_[i + 1] = twice;
  }
}

// Effects with one footprint have one place; other places do not overlap it.
void OpenStores::group(const HappensBefore& execution) {
  candidates_.clear();
  if (!twice_[execution.size()]) return;
  for (std::size_t i = execution.size(); i-- > 0;) {
    const FootprintId place = execution[i].step.footprint;
    if (!footprints_.is_open_effect(place)) continue;
    auto stores = std::ranges::find_if(candidates_, [&](const auto& others) {
      return execution[others.front()].step.footprint == place;
    });
    if (stores == candidates_.end()) {
      candidates_.push_back({static_cast<std::uint32_t>(i)});
    } else if (std::ranges::none_of(*stores, [&](std::uint32_t later) {
                 return execution.happens_before(i, later);
               })) {
      stores->push_back(static_cast<std::uint32_t>(i));
    }
  }
  std::erase_if(candidates_, [](const auto& stores) { return stores.size() < 2; });
}

bool OpenStores::begin_outcomes(const HappensBefore& execution) {
  group(execution);
  last_told_.assign(candidates_.size(), 0);
  return !candidates_.empty();
}

// Every combination, counted up like the digits of a number; behind the last, all are 0 again.
std::optional<LastStores> OpenStores::next_outcome(const HappensBefore& execution) {
  for (;;) {
    std::size_t place = 0;
    while (place < last_told_.size() && ++last_told_[place] == candidates_[place].size()) {
      last_told_[place++] = 0;
    }
    if (place == last_told_.size()) return std::nullopt;
    LastStores last;
    for (std::size_t p = 0; p < last_told_.size(); ++p)
      last.push_back(candidates_[p][last_told_[p]]);
    if (last.size() == 1 || !reordered(footprints_, execution, last).empty()) return last;
  }
}

void OpenStores::save_or_load_position(Archive& archive) {
  std::vector<std::uint32_t> position = last_told_;
  archive(position);
  if (!archive.loads() || position.empty()) return;
  bool fits = position.size() == last_told_.size();
  for (std::size_t p = 0; fits && p < position.size(); ++p)
    fits = position[p] < candidates_[p].size();
  if (!fits) throw ArchiveError();
  last_told_ = std::move(position);
}

Schedule reordered(const FootprintTable& footprints, const HappensBefore& execution,
                   const LastStores& last) {
  const auto must_precede = [&](std::size_t j, std::size_t k) {
    if (j < k && execution.happens_before(j, k)) return true;
    const bool k_is_last = std::ranges::find(last, k) != last.end();
    return k_is_last && j != k && footprints.is_open_effect(execution[j].step.footprint) &&
           execution[j].step.footprint == execution[k].step.footprint;
  };
  Schedule schedule;
  std::vector<bool> taken(execution.size());
  while (schedule.size() < execution.size()) {
    std::size_t next = 0;
    for (; next < execution.size(); ++next) {
      if (taken[next]) continue;
      bool possible = true;
      for (std::size_t j = 0; j < execution.size() && possible; ++j) {
        possible = taken[j] || !must_precede(j, next);
      }
      if (possible) break;
    }
    if (next == execution.size()) return {};  // it would have to come before itself
    taken[next] = true;
    schedule.push_back(execution[next].step.fiber);
  }
  return schedule;
}

}  // namespace simcheck::model
