// Long simulated runs: what the guest does, what the properties see, and that nothing grows.
#include "model/simulation.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <numeric>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "drivers/block_layer.hpp"
#include "drivers/generations.hpp"
#include "model/memory.hpp"
#include "model/workload_parser.hpp"
#include "properties/all.hpp"
#include "sim/code_failed.hpp"
#include "sim/sanitizer.hpp"
#include "tests/support/contains.hpp"

namespace simcheck::test {
namespace {

using model::SimulatedRun;
using model::SimulateOptions;
using model::Verdict;

SimulateOptions options_of(std::string_view driver, std::uint64_t requests) {
  SimulateOptions options;
  for (const auto& info : drivers::all_drivers()) {
    if (info.name != driver) continue;
    options.scenario.make_device = [&info](sim::World& world, sim::BlockDevice& data,
                                           sim::BlockDevice& log) -> sim::BlockDevice& {
      return info.make(world, data, log, {});
    };
  }
  for (const auto& info : properties::all_properties())
    if (info.by_default) options.properties.push_back(info.make());
  options.source = model::random_requests({}, 1, requests);
  return options;
}

model::Workload workload_of(const char* text) {
  return std::get<model::Workload>(model::parse_workload(text));
}

Verdict verdict_of(const SimulatedRun& run, std::string_view property) {
  const auto found = std::ranges::find(run.properties, property, &model::PropertyResult::name);
  return found->verdict;
}

// Holds a mutex, which stops the thread of whoever waits for it, while a request is under way.
class HoldsMutex final : public sim::BlockDevice {
 public:
  HoldsMutex(sim::World& world, sim::BlockDevice& data) : data_(data), mutex_(world, "m") {}

 private:
  sim::IoStatus flush_locked() {
    mutex_.lock();
    const sim::IoStatus status = data_.flush();
    mutex_.unlock();
    return status;
  }
  sim::IoStatus do_read(std::uint64_t, std::span<std::byte>) override { return flush_locked(); }
  sim::IoStatus do_write(std::uint64_t, const sim::Payload&, sim::IoFlags) override {
    return flush_locked();
  }
  sim::IoStatus do_write_zeroes(std::uint64_t, std::uint64_t, sim::IoFlags) override {
    return flush_locked();
  }
  sim::IoStatus do_discard(std::uint64_t, std::uint64_t) override { return flush_locked(); }
  sim::IoStatus do_flush() override { return flush_locked(); }
  std::uint64_t size() const override { return data_.size(); }

  sim::BlockDevice& data_;
  sim::Mutex mutex_;
};

// Looks at what a cut leaves, and at no record.
struct Finds final : properties::Property {
  std::string_view name() const override { return "finds"; }
  std::string_view summary() const override { return "there is something to look at"; }
  properties::Observes observes() const override {
    return {.cut = bit_of(sim::EventKind::kAcknowledged) |
                   bit_of(sim::DeviceRole::kData, sim::DiskMoment::kBodyEffect)};
  }
  properties::Judgement judge(const properties::Evidence&) const override {
    return properties::Judgement::not_exercised();
  }
  properties::Judgement judge_crash(const sim::History& left) const override {
    return left.data != nullptr ? properties::Judgement::holds()
                                : properties::Judgement::violated("nothing", left.steps);
  }
};

struct Throws final : properties::Property {
  std::string_view name() const override { return "throws"; }
  std::string_view summary() const override { return "is at a loss"; }
  properties::Observes observes() const override {
    return {.cut = bit_of(sim::EventKind::kAcknowledged)};
  }
  properties::Judgement judge(const properties::Evidence&) const override {
    throw std::runtime_error("no idea");
  }
  properties::Judgement judge_crash(const sim::History&) const override {
    throw std::runtime_error("no idea");
  }
};

}  // namespace

TEST_CASE("a property that throws is named, whatever it judges") {
  SimulateOptions options = options_of("fixed", 100);
  options.properties = {std::make_shared<Throws>()};
  constexpr const char* kWords = "the property throws threw an exception: no idea";
  CHECK_THROWS_WITH_AS(simulate(options), kWords, sim::CodeFailed);
  options.scenario.power_cut.emplace();
  CHECK_THROWS_WITH_AS(simulate(options), kWords, sim::CodeFailed);
}

TEST_CASE("a property of what a cut leaves need not ask for a record") {
  SimulateOptions options = options_of("fixed", 1'000);
  options.properties = {std::make_shared<Finds>()};
  options.scenario.power_cut.emplace();
  const SimulatedRun run = simulate(options);
  REQUIRE(run.cut);
  CHECK(verdict_of(run, "finds") == Verdict::kHolds);
}

TEST_CASE("a sound driver holds, over many segments") {
  const SimulatedRun run = simulate(options_of("fixed", 5'000));
  CHECK(run.verdict == Verdict::kHolds);
  CHECK(run.requests() == 5'000);
  CHECK(run.segments == 40);
  CHECK(run.log_entries == 5'000);
  for (const char* name : {"no-overlap", "log-parses", "replay-matches", "acked-order"})
    CHECK(verdict_of(run, name) == Verdict::kHolds);
}

TEST_CASE("the same seed gives the same run, another one another") {
  const auto run_of = [](std::uint64_t seed) {
    SimulateOptions options = options_of("serialized", 2'000);
    options.seed = seed;
    const SimulatedRun run = simulate(options);
    return std::pair(run.end_ns, run.transitions);
  };
  CHECK(run_of(1) == run_of(1));
  CHECK(run_of(1) != run_of(2));
}

TEST_CASE("a broken driver is found, with the requests that were in flight") {
  const SimulatedRun run = simulate(options_of("buggy", 100'000));
  REQUIRE(run.broken);
  CHECK(run.verdict == Verdict::kViolated);
  CHECK(run.broken->findings.front().property == "no-overlap");
  CHECK(run.broken->involved.size() >= 2);
  CHECK(run.broken->involved.size() <= 8);
  CHECK(run.requests() <= 128 * run.segments);
}

TEST_CASE(
    "where only the end shows it, those are told that the reason names, and who was with them") {
  SimulateOptions options = options_of("buggy", 1'000);
  std::erase_if(options.properties, [](const auto& p) { return p->name() != "log-parses"; });
  const SimulatedRun run = simulate(options);
  REQUIRE(run.broken);
  REQUIRE(run.broken->findings.front().in_the_end);
  CHECK(run.broken->told == model::Told::kNamed);
  const auto named = std::ranges::find_if(run.broken->involved, [&](const auto& request) {
    return contains(run.broken->findings.front().reason, "request " + request.name + " (");
  });
  REQUIRE(named != run.broken->involved.end());
  CHECK(run.broken->involved.size() > 1);
  for (const model::InvolvedRequest& request : run.broken->involved) {
    CHECK(request.submitted_ns <= named->acknowledged_ns);
    CHECK(named->submitted_ns <= request.acknowledged_ns);
  }
}

TEST_CASE("where no reason names a request, all are told, if they are few") {
  struct Nameless final : properties::Property {
    std::string_view name() const override { return "nameless"; }
    std::string_view summary() const override { return "for tests"; }
    properties::Judgement judge(const properties::Evidence& history) const override {
      return properties::Judgement::violated("something is wrong with request AB", history.steps);
    }
  };
  SimulateOptions options = options_of("fixed", 100);
  options.properties = {std::make_shared<Nameless>()};
  const SimulatedRun many = simulate(options);
  REQUIRE(many.broken);
  CHECK(many.broken->told == model::Told::kTooMany);
  CHECK(many.broken->involved.empty());
  CHECK(many.broken->requests == 100);
  options.segment = 8;
  const SimulatedRun few = simulate(options);
  CHECK(few.broken->told == model::Told::kAll);
  CHECK(few.broken->involved.size() == 8);
}

TEST_CASE("to keep going counts the segments that broke a promise") {
  SimulateOptions options = options_of("buggy", 3'000);
  options.keep_going = true;
  const SimulatedRun run = simulate(options);
  CHECK(run.segments == 24);
  CHECK(run.segments_violating > 12);
  CHECK(run.broken->number == 1);
}

TEST_CASE("one request at a time never breaks anything, not even in the old driver") {
  SimulateOptions options = options_of("buggy", 2'000);
  options.depth = 1;
  CHECK(simulate(options).verdict == Verdict::kHolds);
}

// Of 4096 entries, so only a run of several segments gets there.
TEST_CASE("segments go on where the last one ended: the superblock counts all entries") {
  SimulateOptions options = options_of("serialized", 10'000);
  options.properties.clear();
  options.properties.push_back(properties::make_super_interval());
  options.properties.push_back(properties::make_super_monotone());
  options.scenario.super_interval = 4096;
  const SimulatedRun run = simulate(options);
  CHECK(verdict_of(run, "super-interval") == Verdict::kHolds);
  CHECK(verdict_of(run, "super-monotone") == Verdict::kHolds);
}

// 50 times as many requests take no more memory but for a little of the allocator's, and what
// AddressSanitizer holds back of what was given back: 256 MiB.
TEST_CASE("memory stays flat") {
  constexpr std::uint64_t kMiB = std::uint64_t{1} << 20;
  simulate(options_of("fixed", 4'000));
  const std::uint64_t before = model::memory_in_use();
  simulate(options_of("fixed", 200'000));
  SimulateOptions options = options_of("serialized", SIMCHECK_ASAN ? 10'000 : 50'000);
  options.scenario.threads = 2;
  options.faults.budgets = {{.what = model::all_faults().data(), .max = 1}};
  simulate(options);
  CHECK(model::memory_in_use() < before + (SIMCHECK_ASAN ? 300 * kMiB : kMiB));
}

// A stage waits for the one before it, whichever threads that ran on; requests of one do not.
TEST_CASE("with several threads, stages are ordered and requests of one are not") {
  const auto races = [](const char* text) {
    SimulateOptions options = options_of("fixed", 0);
    options.scenario.threads = 3;
    options.properties.push_back(properties::make_race_free());
    const model::Workload workload = workload_of(text);
    options.source = model::requests_of(workload, 600);
    return verdict_of(simulate(options), "race-free") == Verdict::kViolated;
  };
  CHECK(!races("write 0 4k ; write 8k 4k ; write 16k 4k"));
  CHECK(races("write 0 4k, write 8k 4k, write 16k 4k"));
}

TEST_CASE("the budget of faults is that of a segment, and each kind hits what it can") {
  SimulateOptions options = options_of("fixed", 128 * 20);
  options.requests = 128 * 20;
  options.properties.clear();
  for (const model::FaultInfo& fault : model::all_faults())
    options.faults.budgets.push_back({.what = &fault, .max = 2});
  options.faults.budgets[0].io = sim::IoKind::kFlush;
  const auto struck = simulate(options).faults_struck;
  CHECK(struck[static_cast<std::size_t>(sim::FaultKind::kNone)] == 0);
  CHECK(struck[static_cast<std::size_t>(sim::FaultKind::kEio)] > 10);
  const std::uint64_t torn = struck[static_cast<std::size_t>(sim::FaultKind::kTornEarly)] +
                             struck[static_cast<std::size_t>(sim::FaultKind::kTornLate)];
  CHECK(torn > 30);
  CHECK(torn <= 40);
}

// What is judged after a cut lies above what earlier segments left, which is durable.
TEST_CASE("a power cut in a late segment is judged as one in the first is") {
  std::size_t broken = 0, late = 0;
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    for (const char* const driver : {"serialized", "crash-safe"}) {
      SimulateOptions options = options_of(driver, 1'000);
      options.requests = 1'000;
      options.seed = seed;
      options.scenario.power_cut.emplace();
      options.properties = {properties::make_crash_parses()};
      const SimulatedRun run = simulate(options);
      REQUIRE(run.cut);
      const bool is_broken = run.verdict == Verdict::kViolated;
      if (std::string_view(driver) == "crash-safe") CHECK(!is_broken);
      broken += is_broken ? 1 : 0;
      late += is_broken && run.segments > 1 ? 1 : 0;
    }
  }
  CHECK(broken > 3);
  CHECK(late > 2);
}

TEST_CASE("a deadlock ends the run") {
  const SimulatedRun run = simulate(options_of("mutex-v2", 20'000));
  CHECK(run.verdict == Verdict::kViolated);
  CHECK(verdict_of(run, "deadlock-free") == Verdict::kViolated);
  REQUIRE(run.broken);
  CHECK(run.broken->involved.size() > 1);  // those that wait for ever
  for (const model::InvolvedRequest& request : run.broken->involved)
    CHECK_FALSE(request.acknowledged_ns);
  // They are named as in the list of them, not by the fibers that carry them out.
  for (const model::InvolvedRequest& request : run.broken->involved)
    CHECK(contains(run.broken->findings.front().reason, " " + request.name + " waits for"));
}

TEST_CASE("lanes that had no request yet when all came to wait are not named after one") {
  SimulateOptions options = options_of("fixed", 300);
  options.scenario.make_device = [](sim::World& world, sim::BlockDevice& data,
                                    sim::BlockDevice&) -> sim::BlockDevice& {
    return world.make<HoldsMutex>(world, data);
  };
  options.properties.clear();
  options.properties.push_back(properties::make_deadlock_free());
  const SimulatedRun run = simulate(options);
  REQUIRE(run.broken);
  const std::string& reason = run.broken->findings.front().reason;
  CHECK(
      contains(reason, "a lane without a request waits for its thread, which B stopped (6 times)"));
  CHECK(contains(reason, "A waits for its thread, which B stopped"));
  CHECK(reason.find("A waits") == reason.rfind("A waits"));
}

TEST_CASE("every moment of a run has so many requests in flight") {
  for (const char* const driver : {"fixed", "buggy", "mutex-v2"}) {
    for (const bool cut : {false, true}) {
      SimulateOptions options = options_of(driver, 300);
      options.requests = 300;
      if (cut) {
        options.scenario.power_cut.emplace();
        options.properties = {properties::make_crash_parses()};
      }
      const SimulatedRun run = simulate(options);
      const auto& at = run.guest_figures.ns_at_depth;
      CHECK(std::accumulate(at.begin(), at.end(), std::uint64_t{0}) == run.end_ns);
    }
  }
}

TEST_CASE("an exception in the driver breaks no-exception, and is no crash") {
  SimulateOptions options = options_of("fixed", 0);
  const model::Workload workload = workload_of("write 0 4k, discard 1 100, write 8k 4k");
  options.source = model::requests_of(workload, 0);
  const SimulatedRun run = simulate(options);
  CHECK(verdict_of(run, "no-exception") == Verdict::kViolated);
}

TEST_CASE("stages of a workload wait for one another, and lists fill the depth") {
  SimulateOptions options = options_of("fixed", 0);
  const auto depth_of = [&](const char* text, std::uint64_t count) {
    const model::Workload workload = workload_of(text);
    options.source = model::requests_of(workload, count);
    const SimulatedRun run = simulate(options);
    const auto& at = run.guest_figures.ns_at_depth;
    std::size_t deepest = at.size();
    while (at[deepest - 1] == 0) --deepest;
    return std::pair(deepest - 1, run.requests());
  };
  CHECK(depth_of("write ; write ; write", 0) == std::pair(std::size_t{1}, std::uint64_t{3}));
  CHECK(depth_of("2*write ; 3*write", 0) == std::pair(std::size_t{3}, std::uint64_t{5}));
  CHECK(depth_of("2*write ; 3*write", 50) == std::pair(std::size_t{3}, std::uint64_t{50}));
  CHECK(depth_of("100*write", 0) == std::pair(std::size_t{8}, std::uint64_t{100}));
}

TEST_CASE("behind a block layer the guest's requests are counted, and the driver's are judged") {
  SimulateOptions options = options_of("fixed", 2'000);
  options.scenario.make_filter = [](sim::World& world, sim::BlockDevice& driver,
                                    sim::BlockDevice& data,
                                    sim::BlockDevice& log) -> sim::BlockDevice& {
    const drivers::BlockLayerOptions layer{.alignment = 512};
    return world.make<drivers::BlockLayer>(world, driver, data, log, layer);
  };
  model::RequestMix mix{.weights = {70, 20, 0, 10, 0}, .block_bytes = 700};
  options.source = model::random_requests(mix, 1, 2'000);
  const SimulatedRun run = simulate(options);
  CHECK(run.verdict == Verdict::kHolds);
  CHECK(run.requests() == 2'000);
}

TEST_CASE("latencies are those that were asked for") {
  SimulateOptions options = options_of("fixed", 1'000);
  options.depth = 1;
  options.latency = {.effect = sim::Latency::constant(1'000),
                     .log_effect = sim::Latency::constant(300),
                     .completion = sim::Latency::constant(10),
                     .resume = sim::Latency::constant(0)};
  const model::Workload workload = workload_of("write");
  options.source = model::requests_of(workload, 100);
  const SimulatedRun run = simulate(options);
  const auto& latency = run.guest_figures.kinds[0].latency;
  CHECK(latency.min_ns() == 1'320);
  CHECK(latency.max_ns() == 1'320);
  CHECK(run.end_ns == 100 * 1'320);
}

}  // namespace simcheck::test
