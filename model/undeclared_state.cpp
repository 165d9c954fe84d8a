// The words with which an Explorer says that fibers share what no footprint shows: which two
// transitions do, and what became of it.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "model/explorer.hpp"
#include "model/other_orders.hpp"

namespace simcheck::model {
namespace {

constexpr const char* kNothing = "nothing";

std::string text_of(const sim::World& world, const sim::Access& access) {
  const std::string_view object = world.object_name(access.object);
  if (sim::is_whole(access)) return std::string(object);
  return fmt::format("{} {}+{}", object, access.begin, access.end - access.begin);
}

// Of what the one touched and the other did not; if nothing, they differ in how.
std::string only_in(const sim::World& world, std::span<const sim::Access> accesses,
                    std::span<const sim::Access> others) {
  std::string list;
  for (const sim::Access& access : accesses) {
    if (sim::is_enabling(access.object) || std::ranges::find(others, access) != others.end())
      continue;
    list += (list.empty() ? "" : ", ") + text_of(world, access);
  }
  return list.empty() ? kNothing : list;
}

using Places = std::vector<std::uint32_t>;

constexpr const char* kNondeterminism =
    "nondeterminism: an execution that made the same choices again did something else; does the "
    "code under test, or a property, keep state outside of its world, or read a clock?";

// The first transitions of an order, and behind them the others as they were.
Places begun(const Places& order, std::size_t placed) {
  Places places(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(placed));
  std::vector<bool> is_placed(order.size());
  for (const std::uint32_t place : places) is_placed[place] = true;
  for (std::uint32_t place = 0; place < order.size(); ++place) {
    if (!is_placed[place]) places.push_back(place);
  }
  return places;
}

// The one at `from` comes so many places earlier.
Places moved(Places places, std::size_t from, std::size_t by) {
  const auto it = places.begin() + static_cast<std::ptrdiff_t>(from);
  std::rotate(it - static_cast<std::ptrdiff_t>(by), it, it + 1);
  return places;
}

// A number up to `unlike`, and not 0, that is unlike the one before it. By halving.
std::size_t where_unlike(std::size_t unlike, const auto& is_unlike) {
  std::size_t same = 0;
  while (unlike - same > 1) {
    const std::size_t middle = same + (unlike - same) / 2;
    (is_unlike(middle) ? unlike : same) = middle;
  }
  return unlike;
}

std::string advice(const TraceFacts::Difference& difference) {
  if (!difference.property.empty()) {
    return fmt::format(
        "the events whose order {} depends on must be in its observes(), and what requests share "
        "be declared (see docs/simulator.md)",
        difference.property);
  }
  return "both use something that is not declared, a plain member or a static: make it a "
         "sim::Shared, or call World::touch() where it is used (see docs/simulator.md)";
}

}  // namespace

// An order can be reached by exchanging independent neighbours, one pair after the other. With all
// that come before one of these exchanges nothing changes, and with that one something does.
std::string Explorer::undeclared_state(const Places& places, const TraceFacts& facts) {
  const auto is_unlike = [&](const Places& order) {
    return difference_in(order, facts).has_value();
  };
  if (is_unlike(begun(places, 0))) return kNondeterminism;
  const std::size_t placed =
      where_unlike(places.size(), [&](auto n) { return is_unlike(begun(places, n)); }) - 1;
  const Places order = begun(places, placed);
  const std::size_t from =
      static_cast<std::size_t>(std::ranges::find(order, places[placed]) - order.begin());
  if (from == placed) return kNondeterminism;  // it had been unlike in this order
  const std::size_t by =
      where_unlike(from - placed, [&](auto n) { return is_unlike(moved(order, from, n)); });
  const auto before = difference_in(moved(order, from, by - 1), facts);
  const std::string schedule_before = to_text(other_order_);
  const Places exchanged = moved(order, from, by);
  const auto behind = difference_in(exchanged, facts);
  run_to_the_end();
  if (before || !behind) return kNondeterminism;
  const auto name_of = [&](std::uint32_t place, std::size_t step) {
    return fmt::format("step {} of {}", step + 1, testbed_.world().fiber_name(steps_[place].fiber));
  };
  std::string whose;
  if (behind->place) {
    const auto step = std::ranges::find(exchanged, *behind->place) - exchanged.begin();
    whose = name_of(*behind->place, static_cast<std::size_t>(step)) + " ";
  }
  const auto broken = facts_of(Places(other_order_.size())).broken();
  const std::string which =
      broken.empty() ? "" : fmt::format(", which breaks {}", fmt::join(broken, ", "));
  const std::size_t first = from - by;
  return fmt::format(
      "undeclared shared state: {} and {} were exchanged, whose footprints have nothing in common, "
      "and now {}{}\n"
      "  {}\n"
      "  to compare: --replay '{}' and --replay '{}'{}; --strategy dfs needs no footprints",
      name_of(order[first], first), name_of(order[from], first + 1), whose, behind->what,
      advice(*behind), schedule_before, to_text(other_order_), which);
}

// Other than before from here on, so that somebody else chooses.
void Explorer::run_to_the_end() {
  sim::World& world = testbed_.world();
  other_order_.resize(world.steps());
  place_ = InProgress::Place::kInStep;
  while (world.enabled() != 0 && world.steps() < options_.steps_max) {
    other_order_.push_back(sim::first_of(world.enabled()));
    other_path_ = other_order_;
    world.run(other_order_.back());
    ++statistics_.transitions_run;
  }
}

// In words, what the last transition did instead of that step.
std::string Explorer::what_else(const Step& step) const {
  const sim::World& world = testbed_.world();
  if (const auto text = exception_of(step.fiber))
    return fmt::format("ends with an exception ({})", *text);
  const auto before = footprints_.accesses(step.footprint), now = world.footprint();
  const std::string touched = only_in(world, now, before), instead_of = only_in(world, before, now);
  if (touched != instead_of) return fmt::format("touches {} instead of {}", touched, instead_of);
  return touched == kNothing ? "does something else" : "uses " + touched + " in another way";
}

// The fiber had a transition here, and now it has none.
std::string Explorer::why_not(sim::FiberId fiber) const {
  if (contains(testbed_.world().unfinished(), fiber)) return "is not possible";
  if (const auto text = exception_of(fiber))
    return fmt::format("does not happen, since an exception ({}) has ended the fiber", *text);
  return "does not happen, since the fiber has ended";
}

// The text of the exception that left the fiber, if one did.
std::optional<std::string> Explorer::exception_of(sim::FiberId fiber) const {
  const sim::History history = testbed_.world().history();
  for (const sim::Event& event : history.events) {
    if (event.kind == sim::EventKind::kException && other_order_[event.step] == fiber)
      return history.exceptions[event.sector];
  }
  return std::nullopt;
}

}  // namespace simcheck::model
