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
  for (const auto backtracking : {Backtracking::kCheckpoints, Backtracking::kReexecution}) {
    for (const auto equivalence : {Equivalence::kTrace, Equivalence::kObserved}) {
      CHECK(compare_all("fixed", "4*zeroes", equivalence, backtracking) == 576);
      // Its second part is written over another's entry.
      CHECK(compare_all("buggy", "write, 3*zeroes", equivalence, backtracking) > 1000);
      // What it touches depends on the state, so that dpor probes.
      CHECK(compare_all("serialized", "3*flush", equivalence, backtracking) > 1000);
    }
  }
}

}  // namespace
}  // namespace simcheck::test
