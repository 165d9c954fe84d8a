// What an exploration has judged is what happened: though transitions that are run again append
// nothing, probes leave the path, and outcomes are put together, each execution's events and
// contents are those of a run from the start that makes the same choices.
#include <doctest/doctest.h>

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "model/counterexample.hpp"
#include "model/explorer.hpp"
#include "tests/model/drivers_under_check.hpp"
#include "tests/support/build.hpp"

namespace simcheck::test {
namespace {

using model::Backtracking;
using model::Equivalence;

// Of all that a property can look at.
std::uint64_t digest_of(const sim::History& history) {
  std::uint64_t digest = history.steps;
  const auto add = [&](std::uint64_t value) { digest = (digest ^ value) * 0x9e3779b97f4a7c15; };
  for (const sim::Event& event : history.events) {
    add(static_cast<std::uint64_t>(event.kind));
    add(sim::index_of(event.request));
    add(event.step);
    add(event.sector);
    add(event.nr_sectors);
    add(event.flags);
  }
  add(checksum_of(*history.data, 0, 64 * 1024));
  add(checksum_of(*history.log, 0, 64 * 1024));
  return digest;
}

class Digest final : public properties::Property {
 public:
  explicit Digest(std::vector<std::uint64_t>& digests) : digests_(digests) {}
  std::string_view name() const override { return "digest"; }
  std::string_view summary() const override { return "notes what it is shown"; }
  properties::Judgement judge(const properties::Evidence& history) const override {
    digests_.push_back(digest_of(history));
    return properties::Judgement::holds();
  }

 private:
  std::vector<std::uint64_t>& digests_;
};

std::uint64_t digest_of_run(const sim::Testbed::Build& build, const model::Schedule& schedule) {
  sim::Testbed testbed(build);
  for (const sim::FiberId fiber : schedule) testbed.world().run(fiber);
  return digest_of(testbed.world().history());
}

// How many executions were compared, no more than 2000. Outcomes that were put together are not: no
// run has made them.
std::uint64_t compare_all(const char* driver, const char* requests, Equivalence equivalence,
                          Backtracking backtracking) {
  std::vector<std::uint64_t> digests;
  model::CheckOptions options = options_for(driver, requests);
  options.properties = {std::make_shared<Digest>(digests)};
  model::BlockScenario scenario = model::scenario_to_follow(options, workload(requests), {});
  const sim::Testbed::Build build = model::world_of(options, scenario);
  model::Explorer explorer(build, options.properties,
                           {.backtracking = backtracking, .equivalence = equivalence});
  const auto dpor = model::make_dpor(explorer.footprints(), explorer, explorer.fiber_count());
  std::uint64_t wrong = 0, compared = 0;
  model::Schedule last;
  while (const auto outcome = explorer.run_next(*dpor)) {
    if (compared == 2000) break;
    if (outcome == model::Explorer::Outcome::kBlocked || explorer.schedule() == last) continue;
    last = explorer.schedule();
    ++compared;
    if (digest_of_run(build, last) != digests.back()) ++wrong;
  }
  CHECK(wrong == 0);
  return compared;
}

TEST_CASE("what is judged is what a run from the start shows") {
  constexpr auto kCheckpoints = Backtracking::kCheckpoints, kNone = Backtracking::kReexecution;
  // Sanitizers allow no checkpoints.
  for (const auto backtracking : by_build(std::vector{kCheckpoints, kNone}, {kNone})) {
    for (const auto equivalence : {Equivalence::kTrace, Equivalence::kObserved}) {
      CHECK(compare_all("fixed", "4*zeroes", equivalence, backtracking) == 576);
      // Its second part is written over another's entry.
      CHECK(compare_all("buggy", "write, 3*zeroes", equivalence, backtracking) > 1000);
      // What it touches depends on the state, so that dpor probes.
      CHECK(compare_all("serialized", "3*flush", equivalence, backtracking) > 1000);
    }
  }
}

// Three fibers whose order matters, so that all else is run again many times.
template <class Own>
void spawn_counters(sim::World& world, Own& own, int count) {
  for (int f = 0; f < count; ++f) {
    world.spawn("counter", [&] {
      ++own.x;
      world.yield();
      ++own.x;
    });
  }
}

TEST_CASE("a flush in the section that completes a write covers it, however often it is run") {
  struct Own {
    explicit Own(sim::World& world) : disk(world, "disk"), x(world, "x") {}
    sim::Disk disk;
    sim::Shared<int> x;
  };
  Own* own = nullptr;
  model::Explorer explorer([&](sim::World& world) {
    own = &world.make<Own>(world);
    world.spawn("writer", [own] {
      own->disk.write(0, sim::Payload::filled(std::byte{1}, 512));
      own->disk.flush();
    });
    spawn_counters(world, *own, 3);
  });
  const auto dpor = model::make_dpor(explorer.footprints(), explorer, explorer.fiber_count());
  while (explorer.run_next(*dpor)) REQUIRE(own->disk.is_durable(0, 512));
  CHECK(explorer.counts().executions > 64);
}

// Broken if the first sector holds what writer 0 wrote.
class FirstWins final : public properties::Property {
 public:
  std::string_view name() const override { return "first-wins"; }
  std::string_view summary() const override { return ""; }
  properties::Judgement judge(const properties::Evidence& history) const override {
    if (history.data->run_at(0, 1).fill == std::byte{1})
      return properties::Judgement::violated("", 0);
    return properties::Judgement::holds();
  }
};

TEST_CASE("behind an outcome that was run for real, the next ones are put together aright") {
  const auto violations = [](Equivalence equivalence, Backtracking backtracking) {
    struct Own {
      explicit Own(sim::World& world) : disk(world, "disk"), x(world, "x") {}
      sim::Disk disk;
      sim::Shared<int> x;
    };
    model::Explorer explorer(
        [&](sim::World& world) {
          auto& own = world.make<Own>(world);
          world.show_devices(&own.disk, &own.disk, 512);
          for (int f = 0; f < 2; ++f) {
            world.spawn("writer", [&own, f] {
              own.disk.write(0, sim::Payload::filled(static_cast<std::byte>(f + 1), 512));
            });
          }
          spawn_counters(world, own, 3);
        },
        {std::make_shared<FirstWins>()},
        {.backtracking = backtracking, .equivalence = equivalence});
    const auto dpor = model::make_dpor(explorer.footprints(), explorer, explorer.fiber_count());
    int violations = 0;
    while (const auto outcome = explorer.run_next(*dpor))
      violations += *outcome == model::Explorer::Outcome::kViolated ? 1 : 0;
    return violations;
  };
  const int expected = violations(Equivalence::kTrace, Backtracking::kReexecution);
  CHECK(expected == 90);  // of 180: one for each order of the counters
  for (const Backtracking backtracking : {Backtracking::kCheckpoints, Backtracking::kReexecution})
    CHECK(violations(Equivalence::kObserved, backtracking) == expected);
}

}  // namespace
}  // namespace simcheck::test
