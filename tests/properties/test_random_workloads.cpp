// Random workloads under random schedules: what, of the default set, fixed and serialized promise,
// and how the race of buggy shrinks.
#include <doctest/doctest.h>

#include <bit>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "model/block_scenario.hpp"
#include "model/recorder.hpp"
#include "model/schedule.hpp"
#include "sim/testbed.hpp"
#include "tests/model/drivers_under_check.hpp"
#include "tests/support/json_text.hpp"
#include "tests/support/rapidcheck.hpp"

namespace simcheck::test {
namespace {

// Kinds of requests (0 to 3, as in sim::IoKind), and the fibers to run, as far as they can.
using Kinds = std::vector<std::uint8_t>;
using Choices = std::vector<std::uint8_t>;

rc::Gen<Kinds> any_kinds() {
  return rc::gen::resize(
      8, rc::gen::nonEmpty(rc::gen::container<Kinds>(rc::gen::element<std::uint8_t>(0, 1, 2, 3))));
}

rc::Gen<Choices> any_choices() {
  return rc::gen::resize(
      100, rc::gen::container<Choices>(rc::gen::element<std::uint8_t>(0, 1, 2, 3, 4, 5, 6, 7)));
}

model::Workload workload_of(const Kinds& kinds) {
  model::Stage stage;
  for (const std::uint8_t kind : kinds) {
    model::Request request{.kind = static_cast<sim::IoKind>(kind)};
    if (request.kind != sim::IoKind::kFlush) {
      request.offset = 8192 * stage.size();
      request.length = 4096;
    }
    stage.push_back(request);
  }
  return {{stage}};
}

// The next fiber to run: the next choice that names one that can, then the first that can. Choices
// that cannot be made are passed over, so that removing some leaves the others what they were.
sim::FiberId take(const sim::World& world, const Choices& choices, std::size_t& next) {
  const sim::FiberSet enabled = world.enabled();
  while (next < choices.size()) {
    const sim::FiberId fiber{choices[next++]};
    if (sim::index_of(fiber) < world.fiber_count() && (enabled & sim::bit_of(fiber)) != 0)
      return fiber;
  }
  return sim::FiberId{static_cast<std::uint32_t>(std::countr_zero(enabled))};
}

// Empty if all properties hold in that one execution.
std::string broken(std::string_view driver, const Kinds& kinds, const Choices& choices) {
  const model::BlockScenario scenario{.workload = workload_of(kinds),
                                      .make_device = device(driver),
                                      .make_filter = {},
                                      .symmetry = false};
  sim::Testbed testbed([&](sim::World& world) { build(scenario, world); });
  sim::World& world = testbed.world();
  std::size_t next = 0;
  while (world.enabled() != 0) world.run(take(world, choices, next));
  sim::History history = world.history();
  history.ending = world.unfinished() == 0 ? sim::Ending::kFinished : sim::Ending::kDeadlocked;
  for (const auto& property : default_properties()) {
    const properties::Judgement judgement = property->judge(history);
    if (judgement.violation) return std::string(property->name());
  }
  return "";
}

void holds(std::string_view driver) {
  const auto kinds = *any_kinds();
  const auto choices = *any_choices();
  RC_ASSERT(broken(driver, kinds, choices).empty());
}

RC_TEST_CASE("fixed keeps every promise under random schedules", [] { holds("fixed"); },
             {.max_success = 300})
RC_TEST_CASE("serialized keeps every promise under random schedules", [] { holds("serialized"); },
             {.max_success = 300})

// One execution along `choices`, as the schedule it took.
model::Schedule schedule_of(const sim::Testbed::Build& build_world, const Choices& choices) {
  sim::Testbed testbed(build_world);
  model::Schedule schedule;
  std::size_t next = 0;
  while (testbed.world().enabled() != 0) {
    schedule.push_back(take(testbed.world(), choices, next));
    testbed.world().run(schedule.back());
  }
  return schedule;
}

std::string trace_text(const model::Trace& trace) {
  model::Result result;
  result.counterexamples.push_back({.trace = trace});
  return json_text(result);
}

RC_TEST_CASE("a random scenario replays to the byte-identical trace",
             [] {
               const auto driver =
                   *rc::gen::element("buggy", "fixed", "mutex-v1", "mutex-v2", "serialized");
               const model::Workload requests = workload_of(*any_kinds());
               const auto choices = *any_choices();
               const auto world = [&](sim::World& w) {
                 model::build(
                     {.workload = requests, .make_device = device(driver), .make_filter = {}}, w);
               };
               const model::Schedule schedule = schedule_of(world, choices);
               const auto parsed = model::parse_schedule(model::to_text(schedule));
               const auto titles = model::lane_titles(requests);
               const model::Trace one = model::record(world, schedule, titles, 512);
               const model::Trace other =
                   model::record(world, std::get<model::Schedule>(parsed), titles, 512);
               RC_ASSERT(one.steps.size() == schedule.size());
               RC_ASSERT(trace_text(one) == trace_text(other));
             },
             {.max_success = 100})

TEST_CASE("the race of buggy is found and shrinks to two requests") {
  Kinds smallest;
  const auto property = [&] {
    const auto kinds = *any_kinds();
    const auto choices = *any_choices();
    const bool overlap = broken("buggy", kinds, choices) == "no-overlap";
    if (overlap) smallest = kinds;  // shrinking tries ever smaller ones; the last failing is least
    RC_ASSERT(!overlap);
  };
  const std::string failure =
      failure_of(rc::detail::toProperty(property), "the race of buggy", {.max_success = 1000});
  CHECK(!failure.empty());
  CHECK(smallest.size() == 2);
}

}  // namespace
}  // namespace simcheck::test
