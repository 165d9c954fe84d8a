// Bounds on preemptions together with what else decides about an execution: the turns that symmetry
// gives to fibers, and power cuts.
#include <doctest/doctest.h>

#include <memory>
#include <set>

#include "model/bounded.hpp"
#include "tests/model/drivers_under_check.hpp"
#include "tests/model/forwarder.hpp"

namespace simcheck::test {
namespace {

using model::ScheduleBound;
using model::StrategyKind;
using properties::Judgement;
using sim::EventKind;

// How two threads that add 1, each by a load and a store, can end.
std::set<int> sums(bool symmetry, bool with_dfs, std::uint32_t preemptions) {
  sim::Shared<int>* sum = nullptr;
  model::Explorer explorer([&](sim::World& world) {
    sum = &world.make<sim::Shared<int>>(world, "sum");
    for (const std::uint32_t thread : {0U, 1U}) {
      world.spawn("adds", [sum] { sum->store(sum->load() + 1); },
                  {.thread = sim::ThreadId{thread}, .symmetry_class = symmetry ? 1U : 0U});
    }
  });
  const auto strategy =
      model::make_bounded(explorer, {ScheduleBound::Of::kPreemptions, preemptions}, with_dfs);
  std::set<int> ends;
  while (const auto outcome = explorer.run_next(*strategy)) {
    if (*outcome != model::Explorer::Outcome::kBlocked) ends.insert(sum->peek());
  }
  return ends;
}

// The second of two requests waits for ever, without having been told anything.
struct KeepsTheSecond final : Forwarder {
  KeepsTheSecond(sim::World& in, sim::BlockDevice& data_device, sim::BlockDevice& log_device)
      : Forwarder(in, data_device, log_device), came(in, "came"), queue(in, "queue") {}
  sim::IoStatus do_write(std::uint64_t, const sim::Payload&, sim::IoFlags) override {
    came.fetch_add(1);
    if (came.load() % 2 == 0) queue.wait();
    return sim::IoStatus::kOk;
  }
  sim::Shared<int> came;
  sim::WaitQueue queue;
};

// Broken by a cut in front of the first acknowledgement.
class CutEarly final : public properties::Property {
 public:
  std::string_view name() const override { return "cut-early"; }
  std::string_view summary() const override { return "something was acknowledged before the cut"; }
  properties::Observes observes() const override {
    return {.cut = bit_of(EventKind::kAcknowledged) | bit_of_log(sim::DiskMoment::kBodyEffect)};
  }
  Judgement judge(const properties::Evidence&) const override { return Judgement::not_exercised(); }
  Judgement judge_crash(const sim::History& left) const override {
    for (const sim::Event& event : left.events) {
      if (event.kind == EventKind::kAcknowledged) return Judgement::holds();
    }
    return Judgement::violated("too early", left.steps - 1);
  }
};

}  // namespace

TEST_CASE("to leave a fiber that waits for its turn only is a preemption") {
  for (const bool symmetry : {false, true}) {
    for (const bool with_dfs : {false, true}) {
      CAPTURE(symmetry);
      CAPTURE(with_dfs);
      CHECK(sums(symmetry, with_dfs, 0) == std::set{2});
      CHECK(sums(symmetry, with_dfs, 1) == std::set{1, 2});
    }
  }
}

TEST_CASE("what a cut leaves is within the bound if what leads to it is") {
  model::CheckOptions options = options_for("fixed", "2*write");
  options.make_device = make<KeepsTheSecond>;
  options.properties = {std::make_shared<CutEarly>()};
  options.power_cut.emplace();
  options.threads = 2;
  options.bound = {ScheduleBound::Of::kPreemptions, 0};
  for (const StrategyKind strategy : {StrategyKind::kDfs, StrategyKind::kDpor}) {
    CAPTURE(strategy);
    options.strategy = strategy;
    CHECK(check(options).verdict == model::Verdict::kViolated);
  }
}

}  // namespace simcheck::test
