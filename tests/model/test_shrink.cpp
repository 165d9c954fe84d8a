// Shrinking: long stories come out as the short ones that they hold, which break the same for the
// same reason, can be replayed, and do not depend on anything but the example.

#include "model/shrink.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "model/divergence.hpp"
#include "model/shrink_trials.hpp"
#include "model/shrink_workload.hpp"
#include "tests/model/drivers_under_check.hpp"
#include "tests/model/forwarder.hpp"
#include "tests/model/interrupted_check.hpp"

namespace simcheck::test {
namespace {

using model::CheckOptions;
using model::StrategyKind;

constexpr const char* kTwentyRequests =
    "write 0 4k, write 16k 8k, zeroes 64k 4k, flush, discard 32k 4k, write 100k 4k -f, "
    "zeroes 200k 16k ; write 300k 4k -P 7, flush, zeroes 400k 4k, write 500k 4k, write 0 4k, "
    "write 16k 8k ; zeroes 64k 4k, flush, discard 32k 4k, write 100k 4k, zeroes 200k 64k, "
    "write 300k 4k, flush";

CheckOptions sampled(const char* driver, const char* text, StrategyKind strategy) {
  CheckOptions options = options_for(driver, text);
  options.strategy = strategy;
  options.sampling.samples = 200;
  options.shrink_limit = 20'000;
  options.keep_going = false;
  options.workers = 1;
  return options;
}

const model::Counterexample& only_example(const model::Result& result) {
  REQUIRE(result.counterexamples.size() == 1);
  return result.counterexamples.front();
}

// Does the example break the same when it is replayed as the replay line says?
void check_replays(CheckOptions options, const model::Counterexample& example) {
  options.strategy = StrategyKind::kReplay;
  options.schedule = example.schedule;
  options.workloads = {workload(example.workload)};
  options.faults.budgets.clear();
  const model::Result again = model::check(options);
  const model::Counterexample& replayed = only_example(again);
  CHECK(replayed.schedule == example.schedule);
  REQUIRE(replayed.findings.size() == example.findings.size());
  for (std::size_t i = 0; i < example.findings.size(); ++i)
    CHECK(replayed.findings[i].reason == example.findings[i].reason);
}

}  // namespace

TEST_CASE("twenty requests of a random run come out as the story of two") {
  for (const auto strategy : {StrategyKind::kRandom, StrategyKind::kPct, StrategyKind::kPos}) {
    for (const std::uint32_t threads : {1U, 3U}) {
      CAPTURE(static_cast<int>(strategy));
      CAPTURE(threads);
      CheckOptions options = sampled("buggy", kTwentyRequests, strategy);
      options.threads = threads;
      const model::Result result = model::check(options);
      const model::Counterexample& example = only_example(result);
      CHECK(example.shrunk->before.requests == 20);
      // Threads may race for something besides, which then takes a third.
      CHECK(example.shrunk->after.requests <= (threads == 1 ? 2 : 3));
      CHECK(example.shrunk->after.switches < example.shrunk->before.switches);
      CHECK_FALSE(example.shrunk->limit_reached);
      CAPTURE(example.workload);
      if (threads == 1) CHECK(example.workload.find("zeroes") != std::string::npos);
      check_replays(options, example);
      CHECK(json_text(model::check(options)) == json_text(result));
    }
  }
}

TEST_CASE("a deadlock stays one") {
  CheckOptions options = sampled("mutex-v2", "4*write, 3*flush ; 5*flush", StrategyKind::kRandom);
  const model::Result result = model::check(options);
  const model::Counterexample& example = only_example(result);
  CHECK(example.deadlock);
  CHECK(example.workload == "flush, flush");
  check_replays(options, example);
}

// A reserves, writes its header and takes the slot, its superblock takes effect; B reserves, writes
// its header and stops the thread.
TEST_CASE("a deadlock has no step that it can do without") {
  CheckOptions options = options_for("mutex-v2", "flush, flush");
  options.keep_going = false;
  options.shrink_limit = 1000;
  const model::Result result = model::check(options);
  CHECK(only_example(result).schedule == "s1:0*6.1*5");
  check_replays(options, only_example(result));
}

TEST_CASE("bursts end earlier, or are left out, the most steps fewer first") {
  const auto shorter = model::with_fewer_steps(model::schedule_of("s1:0*2.1"));
  REQUIRE(shorter.size() == 3);
  CHECK(model::to_text(shorter[0]) == "s1:1");
  CHECK(model::to_text(shorter[1]) == "s1:0.1");
  CHECK(model::to_text(shorter[2]) == "s1:0*2");
}

TEST_CASE("what exhaustive search of the default set found keeps its requests") {
  CheckOptions options = options_for("buggy", "write 0 4k, zeroes 8k 4k");
  options.keep_going = false;
  options.shrink_limit = 1000;
  options.shrink_workload = false;
  const model::Result result = model::check(options);
  CHECK(only_example(result).workload == "write 0 4k, zeroes 8k 4k");
  options.shrink_workload = true;
  CHECK(only_example(model::check(options)).workload == "flush, zeroes 8k 4k");
}

TEST_CASE("a limit of nothing shows what was found, and a small one is kept") {
  CheckOptions options = sampled("buggy", kTwentyRequests, StrategyKind::kRandom);
  options.shrink_limit = 0;
  CHECK_FALSE(only_example(model::check(options)).shrunk);
  options.shrink_limit = 5;
  const model::Result result = model::check(options);
  const model::Counterexample& example = only_example(result);
  CHECK(example.shrunk->limit_reached);
  CHECK(example.shrunk->candidates < 5 + 500);  // it may end within the exploration of one
  check_replays(options, example);
}

TEST_CASE("faults that do not matter are removed, and those that do stay") {
  CheckOptions options = options_for("fixed", "3*zeroes, flush");
  options.keep_going = false;
  options.shrink_limit = 1000;
  options.fault_plan = {{sim::FiberId{0}, 2, sim::FaultKind::kEio},
                        {sim::FiberId{2}, 1, sim::FaultKind::kEio}};
  options.properties = {properties::make_survives_io_error()};
  const model::Result result = model::check(options);
  const model::Counterexample& example = only_example(result);
  CAPTURE(example.workload);
  CHECK(example.shrunk->before.faults == 2);
  CHECK(example.shrunk->after.faults == 1);
}

TEST_CASE("requests that are removed take their lanes with them") {
  const auto fiber = [](std::uint32_t f) { return sim::FiberId{f}; };
  const model::Story story{
      workload("write, flush ; zeroes, flush"),
      {{fiber(1), 1, sim::FaultKind::kEio}, {fiber(2), 2, sim::FaultKind::kEio}},
      {fiber(0), fiber(1), fiber(2), fiber(3), fiber(4)}};
  const model::Story less = model::without_requests(story, {1, 3});
  CHECK(to_text(less.workload) == to_text(workload("write 0 4k ; zeroes 8k 4k")));
  CHECK(less.faults == sim::FaultPlan{{fiber(1), 2, sim::FaultKind::kEio}});
  CHECK(less.schedule == model::Schedule{fiber(0), fiber(1), fiber(2)});  // the last: the power
}

TEST_CASE("bursts of one fiber are put together either way") {
  const auto schedule = [](const std::vector<std::uint32_t>& fibers) {
    model::Schedule result;
    for (const std::uint32_t fiber : fibers) result.push_back(sim::FiberId{fiber});
    return result;
  };
  CHECK(model::with_fewer_switches(schedule({0, 0, 1, 0})) ==
        std::vector{schedule({0, 0, 0, 1}), schedule({1, 0, 0, 0})});
  CHECK(model::context_switches(schedule({0, 0, 1, 0})) == 2);
  CHECK(model::with_fewer_switches(schedule({0, 1, 1})).empty());
}

// Fails where there are three requests. Where there are fewer, they share a plain member.
struct SharesUnseen final : Forwarder {
  using Forwarder::Forwarder;
  sim::IoStatus do_flush() override {
    if (world.fiber_count() > 2) throw std::runtime_error("three");
    return log.write(512 * static_cast<std::uint64_t>(next++), sim::Payload::filled({}, 512));
  }
  int next = 0;
};

TEST_CASE("a smaller workload that shares state unseen does not take away what was found") {
  CheckOptions options = sampled("fixed", "3*flush", StrategyKind::kDpor);
  options.make_device = make<SharesUnseen>;
  std::erase_if(options.properties,
                [](const auto& property) { return property->name() != "no-exception"; });
  CHECK(only_example(model::check(options)).workload == "flush, flush, flush");
  options.workloads = {workload("2*flush")};
  CHECK_THROWS_AS(model::check(options), model::Divergence);
}

// Two flushes break it, or one with two writes.
class CountsFlushes final : public properties::Property {
 public:
  std::string_view name() const override { return "counts-flushes"; }
  std::string_view summary() const override { return "not two flushes, nor one and two writes"; }
  properties::Judgement judge(const properties::Evidence& evidence) const override {
    const auto& requests = evidence.requests;
    const auto flushes = std::ranges::count(requests, sim::IoKind::kFlush, &sim::RequestInfo::kind);
    const auto others = static_cast<std::ptrdiff_t>(requests.size()) - flushes;
    if (flushes < 1 || flushes + others / 2 < 2) return properties::Judgement::holds();
    return properties::Judgement::violated("too many", 0);
  }
};

TEST_CASE("a request that is superfluous only once another is simpler goes, too") {
  CheckOptions options = sampled("fixed", "3*write ; flush", StrategyKind::kDpor);
  options.shrink_workload = true;
  options.properties = {std::make_shared<CountsFlushes>()};
  CHECK(only_example(model::check(options)).workload == "flush, flush");
}

// Breaks as soon as the power is cut behind an acknowledgement.
class NothingAcknowledged final : public properties::Property {
 public:
  std::string_view name() const override { return "nothing-acknowledged"; }
  std::string_view summary() const override { return "no request is done when the power is cut"; }
  properties::Observes observes() const override {
    return {.record = true,
            .overwritten = true,
            .cut = sim::all_moments(sim::DeviceRole::kLog) | bit_of(sim::EventKind::kAcknowledged)};
  }
  properties::Judgement judge(const properties::Evidence&) const override {
    return properties::Judgement::not_exercised();
  }
  properties::Judgement judge_crash(const sim::History& left) const override {
    const bool any = std::ranges::any_of(left.events, [](const sim::Event& event) {
      return event.kind == sim::EventKind::kAcknowledged;
    });
    if (!any) return properties::Judgement::holds();
    return properties::Judgement::violated("one is done", left.steps - 1);
  }
};

TEST_CASE("the power is cut as early as it breaks anything") {
  CheckOptions options = sampled("fixed", "2*write", StrategyKind::kRandom);
  options.properties = {std::make_shared<NothingAcknowledged>()};
  options.power_cut.emplace();
  const model::Result result = model::check(options);
  const model::Counterexample& example = only_example(result);
  const model::Schedule schedule = model::schedule_of(example.schedule);
  CHECK(model::context_switches(schedule) == 1);  // to the power
  CHECK(std::ranges::count(schedule, schedule.front()) + 1 ==
        static_cast<std::ptrdiff_t>(schedule.size()));
  options.power_cut->model.durability = sim::Durability::kCacheOff;
  check_replays(options, example);
}

TEST_CASE("an interrupt ends it with what it has") {
  CheckOptions options = sampled("buggy", kTwentyRequests, StrategyKind::kRandom);
  options.shrink_limit = 0;
  const model::Result found = model::check(options);
  const std::atomic<bool> interrupt = true;
  options.interrupt = &interrupt;
  options.shrink_limit = 1000;
  const model::Counterexample same =
      model::shrink(options, options.workloads.front(), only_example(found));
  CHECK(same.schedule == only_example(found).schedule);
  CHECK(same.shrunk->candidates == 0);
}

}  // namespace simcheck::test
