// Stateful search against the simple one: the same final states, deadlocks and verdicts as dfs, and
// where states are few, few of them.
#include <doctest/doctest.h>

#include <functional>
#include <set>
#include <vector>

#include "model/stateful.hpp"
#include "tests/model/random_programs.hpp"

namespace simcheck::test {
namespace {

using model::Explorer;
using enum OpKind;

struct Reached {
  std::set<std::vector<int>> final_states;
  bool deadlock = false;
  bool cut = false;
};

constexpr std::uint64_t kExecutionsMax = 5000;

struct Setup {
  std::uint32_t threads = 1;
  bool tells = true;  // fibers that ended have told what they saw, so it is part of the state
};

Reached reach(const Program& program, const Setup& setup, bool stateful) {
  ProgramState* state = nullptr;
  Explorer explorer(
      [&](sim::World& world) {
        if (stateful) world.hash_states();
        state = &world.make<ProgramState>(world, program, setup.threads, setup.tells);
      },
      {}, {.steps_max = 1000});
  const auto strategy =
      stateful ? model::make_stateful(explorer, model::kStatesMax) : model::make_dfs();
  Reached reached;
  while (const auto outcome = explorer.run_next(*strategy)) {
    if (explorer.counts().executions > kExecutionsMax) {
      reached.cut = true;
      break;
    }
    if (*outcome == Explorer::Outcome::kBlocked) continue;
    reached.final_states.insert(setup.tells ? state->final_state() : state->shared_state());
    reached.deadlock |= explorer.deadlocked();
  }
  return reached;
}

void reaches_what_dfs_reaches(const std::vector<OpKind>& kinds, const Setup& setup) {
  const Program program = *rc::gen::resize(rc::kNominalSize, programs(kinds));
  const Reached all = reach(program, setup, false);
  if (all.cut) return;  // too large to enumerate; RapidCheck tries another
  const Reached states = reach(program, setup, true);
  RC_LOG() << to_text(program) << "\n";
  RC_ASSERT(states.final_states == all.final_states);
  RC_ASSERT(states.deadlock == all.deadlock);
}

const std::vector<OpKind> kAll{kYield, kRead, kWrite, kAdd,     kBranch,   kDiskWrite, kDiskRead,
                               kWait,  kWake, kLock,  kTryLock, kExchange, kTake,      kGive};

RC_TEST_CASE("one thread: all that dfs reaches, as fibers saw it",
             [] { reaches_what_dfs_reaches(kAll, {}); }, {.max_success = 800})
RC_TEST_CASE("one thread: all that dfs reaches, what ended fibers saw forgotten",
             [] { reaches_what_dfs_reaches(kAll, {.tells = false}); }, {.max_success = 800})
RC_TEST_CASE("variables and disks of one thread",
             [] {
               reaches_what_dfs_reaches({kYield, kWrite, kAdd, kBranch, kDiskWrite, kDiskRead}, {});
             },
             {.max_success = 500})
RC_TEST_CASE("two threads: all that dfs reaches",
             [] { reaches_what_dfs_reaches(kAll, {.threads = 2}); }, {.max_success = 500})
RC_TEST_CASE("three threads: all that dfs reaches, what ended fibers saw forgotten",
             [] { reaches_what_dfs_reaches(kAll, {.threads = 3, .tells = false}); },
             {.max_success = 500})

// -- Few states, many traces ---------------------------------------------------------------------

struct Counter {
  explicit Counter(sim::World& world) : count(world, "count") {}
  sim::Shared<int> count;
};

model::Visited states_of_increments(int fibers) {
  Explorer explorer(
      [&](sim::World& world) {
        world.hash_states();
        auto& counter = world.make<Counter>(world);
        for (int f = 0; f < fibers; ++f) world.spawn("f", [&counter] { counter.count += 1; });
      },
      {}, {.steps_max = 1000});
  const auto strategy = model::make_stateful(explorer, model::kStatesMax);
  while (explorer.run_next(*strategy)) continue;
  return *strategy->visited();
}

TEST_CASE("n increments are n! traces and 2^n states") {
  for (const int n : {1, 2, 5, 10}) {
    CAPTURE(n);
    const model::Visited visited = states_of_increments(n);
    CHECK(visited.states == std::uint64_t{1} << n);
    // Each state but the last leads on by every fiber that has not ended.
    CHECK(visited.states - 1 + visited.revisits == static_cast<std::uint64_t>(n) << (n - 1));
  }
}

TEST_CASE("a full memory ends the search, and is owned up to") {
  Explorer explorer(
      [&](sim::World& world) {
        world.hash_states();
        auto& counter = world.make<Counter>(world);
        for (int f = 0; f < 4; ++f) world.spawn("f", [&counter] { counter.count += 1; });
      },
      {}, {.steps_max = 1000});
  const auto strategy = model::make_stateful(explorer, 10);
  while (explorer.run_next(*strategy)) continue;
  CHECK(strategy->visited()->full);
  CHECK(strategy->visited()->states == 10);
}

// -- The past that properties see ----------------------------------------------------------------

using sim::EventKind;
constexpr std::uint32_t kSubmissions = 1U << static_cast<unsigned>(EventKind::kSubmitted);
constexpr std::uint32_t kAcknowledgements = 1U << static_cast<unsigned>(EventKind::kAcknowledged);

// Writes down what it may depend on: for each submission, which acknowledgements came before it.
class Notary final : public properties::Property {
 public:
  using Past = std::vector<std::uint64_t>;
  std::string_view name() const override { return "notary"; }
  std::string_view summary() const override { return "sees everything that it is entitled to"; }
  properties::Judgement judge(const properties::Evidence& history) const override {
    std::set<std::uint64_t> before;
    std::vector<Past> submissions;
    for (const sim::Event& event : history.events) {
      if (event.kind == EventKind::kAcknowledged) {
        before.insert(event.sector);
      } else {
        Past past{event.sector};
        past.insert(past.end(), before.begin(), before.end());
        submissions.push_back(past);
      }
    }
    pasts.insert(std::set<Past>(submissions.begin(), submissions.end()));
    return properties::Judgement::holds();
  }
  mutable std::set<std::set<Past>> pasts;  // of all executions
};

// For each fiber its events: true for a submission.
using Telling = std::vector<std::vector<bool>>;

std::set<std::set<Notary::Past>> pasts_of(const Telling& telling, bool stateful) {
  const auto notary = std::make_shared<Notary>();
  Explorer explorer(
      [&](sim::World& world) {
        if (stateful) world.hash_states();
        for (std::size_t f = 0; f < telling.size(); ++f) {
          world.spawn("f", [&world, &telling, f] {
            std::uint64_t number = 100 * f;
            for (const bool submits : telling[f]) {
              world.emit({.kind = submits ? EventKind::kSubmitted : EventKind::kAcknowledged,
                          .sector = number++});
              world.yield();
            }
          });
        }
        world.observe(world.add_object("notary"), kSubmissions, kAcknowledgements);
      },
      {notary}, {.steps_max = 1000});
  const auto strategy =
      stateful ? model::make_stateful(explorer, model::kStatesMax) : model::make_dfs();
  while (explorer.run_next(*strategy)) continue;
  return notary->pasts;
}

RC_TEST_CASE("a property that observes order sees every order that it observes",
             [] {
               const auto events = rc::gen::mapcat(rc::gen::inRange<std::size_t>(0, 4), [](auto n) {
                 return rc::gen::container<std::vector<bool>>(n, rc::gen::arbitrary<bool>());
               });
               const auto telling = *rc::gen::container<Telling>(3, events);
               RC_ASSERT(pasts_of(telling, true) == pasts_of(telling, false));
             },
             {.max_success = 100})

TEST_CASE("an order that only a property can tell is found, whichever order comes first") {
  for (const bool submits_first : {true, false}) {
    const Telling telling{{submits_first}, {!submits_first}};
    CHECK(pasts_of(telling, true).size() == 2);
  }
}

// -- Executions without an end -------------------------------------------------------------------

class CountsEndless final : public properties::Property {
 public:
  std::string_view name() const override { return "counts-endless"; }
  std::string_view summary() const override { return "counts executions that are too long"; }
  properties::Judgement judge(const properties::Evidence& history) const override {
    if (history.ending == sim::Ending::kTooLong) ++endless;
    return properties::Judgement::holds();
  }
  mutable int endless = 0;
};

TEST_CASE("a livelock is found by the limit of steps, as in dfs") {
  for (const bool stateful : {false, true}) {
    CAPTURE(stateful);
    const auto property = std::make_shared<CountsEndless>();
    Explorer explorer(
        [&](sim::World& world) {
          if (stateful) world.hash_states();
          auto& flag = world.make<Counter>(world);
          world.spawn("spins", [&] {
            while (flag.count == 0) world.yield();
          });
          world.spawn("sets", [&] { flag.count = 1; });
        },
        {property}, {.steps_max = 12});
    const auto strategy =
        stateful ? model::make_stateful(explorer, model::kStatesMax) : model::make_dfs();
    while (explorer.run_next(*strategy)) continue;
    CHECK(property->endless == 2);  // the flag is never set, or by the last step
  }
}

}  // namespace
}  // namespace simcheck::test
