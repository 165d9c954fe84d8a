// Speed, as ratios within one run: machines differ, so compare the figures with one another. See
// docs/performance.md.
#include <benchmark/benchmark.h>

#include <boost/context/detail/fcontext.hpp>
#include <cstdint>
#include <ctime>
#include <exception>
#include <string>
#include <string_view>

#include "drivers/generations.hpp"
#include "model/check.hpp"
#include "model/default_workloads.hpp"
#include "model/explorer.hpp"
#include "model/simulation.hpp"
#include "model/workload_parser.hpp"
#include "properties/all.hpp"
#include "sim/fiber.hpp"
#include "sim/sim.hpp"

namespace {

using namespace simcheck;

// A bare Boost.Context switch into a context and back: the yardstick.
class BareSwitch {
 public:
  void there_and_back() {
    context_ = boost::context::detail::jump_fcontext(context_, nullptr).fctx;
  }

 private:
  static void loop(boost::context::detail::transfer_t from) {
    for (;;) from = boost::context::detail::jump_fcontext(from.fctx, nullptr);
  }

  sim::Stack stack_;
  boost::context::detail::fcontext_t context_ =
      boost::context::detail::make_fcontext(stack_.top(), sim::Stack::kBytes, &BareSwitch::loop);
};

void bare_switch(benchmark::State& state) {
  BareSwitch bare;
  for (auto _ : state) bare.there_and_back();
}
BENCHMARK(bare_switch);

// Of the processor: whatever else runs takes none of it.
double seconds_since(std::clock_t start) {
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

// Seconds of a bare switch, measured right here: machines are faster at one moment than another.
// No floating point until the end: the first inexact result sets a flag of MXCSR, and a switch
// between contexts that differ in it takes ten times as long.
double seconds_of_bare_switch() {
  constexpr int kSwitches = 10'000'000;
  BareSwitch bare;
  const std::clock_t start = std::clock();
  for (int i = 0; i < kSwitches; ++i) bare.there_and_back();
  return seconds_since(start) / kSwitches;
}

// The same with what a fiber adds: its own exception globals.
void fiber_switch(benchmark::State& state) {
  const sim::Stack stack;
  sim::Fiber fiber;
  fiber.prepare(
      stack,
      [](void* self) {
        for (;;) static_cast<sim::Fiber*>(self)->suspend();
      },
      &fiber);
  for (auto _ : state) fiber.resume();
}
BENCHMARK(fiber_switch);

// The time per transition and per execution, and the former in bare switches.
class Report {
 public:
  explicit Report(benchmark::State& state) : state_(state) {}

  void add(const model::Counts& counts) { counts_ += counts; }
  ~Report() {
    const double taken = seconds_since(start_);
    const double transition = taken / static_cast<double>(counts_.transitions);
    const double bare = (bare_before_ + seconds_of_bare_switch()) / 2;
    state_.counters["in_bare_switches"] = transition / bare;
    state_.counters["per_transition"] = transition;
    state_.counters["per_execution"] = taken / static_cast<double>(counts_.executions);
  }

 private:
  benchmark::State& state_;
  model::Counts counts_;
  double bare_before_ = seconds_of_bare_switch();
  std::clock_t start_ = std::clock();
};

// A check with the default properties.
model::CheckOptions options_of(std::string_view driver, const char* workload) {
  model::CheckOptions options;
  for (const auto& info : properties::all_properties())
    if (info.by_default) options.properties.push_back(info.make());
  for (const auto& info : drivers::all_drivers()) {
    if (info.name != driver) continue;
    options.make_device = [&info](sim::World& world, sim::BlockDevice& data,
                                  sim::BlockDevice& log) -> sim::BlockDevice& {
      return info.make(world, data, log, {});
    };
  }
  options.equivalence = model::Equivalence::kObserved;
  options.judge_alike_once = true;
  options.workloads = {std::get<model::Workload>(model::parse_workload(workload))};
  return options;
}

void check(benchmark::State& state, std::string_view driver, const char* workload, bool symmetry,
           model::Backtracking backtracking = model::Backtracking::kCheckpoints) {
  model::CheckOptions options = options_of(driver, workload);
  options.symmetry = symmetry;
  options.backtracking = backtracking;
  options.workers = 1;
  Report report(state);
  for (auto _ : state) {
    const model::Result result = model::check(options);
    if (result.failure) std::rethrow_exception(result.failure);
    report.add(result.counts);
  }
}
BENCHMARK_CAPTURE(check, fixed_5_zeroes, "fixed", "5*zeroes", false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(check, fixed_6_zeroes, "fixed", "6*zeroes", false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(check, fixed_6_zeroes_reexecuted, "fixed", "6*zeroes", false,
                  model::Backtracking::kReexecution)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(check, fixed_6_flush, "fixed", "6*flush", true)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(check, serialized_4_flush, "serialized", "4*flush", false)
    ->Unit(benchmark::kMillisecond);

// W(n) of examples/shared_counter.cpp: fibers over two shared variables, no disk, no property.
struct Counters {
  explicit Counters(sim::World& world) : cur(world, "cur", 1), nr(world, "nr") {}
  sim::Shared<int> cur, nr;
};

void build_shared_counter(sim::World& world, int fibers) {
  auto& shared = world.make<Counters>(world);
  for (int i = 0; i < fibers; ++i) {
    world.spawn("fiber " + std::to_string(i), [&world, &shared] {
      world.yield();
      int own = shared.cur++;
      ++shared.nr;
      world.yield();
      own = shared.cur;
      shared.cur = own + 8;
    });
  }
}

void shared_counter(benchmark::State& state, int fibers, model::Backtracking backtracking) {
  Report report(state);
  for (auto _ : state) {
    model::Explorer explorer([&](sim::World& world) { build_shared_counter(world, fibers); }, {},
                             {.backtracking = backtracking});
    const auto dpor = model::make_dpor(explorer.footprints(), explorer, explorer.fiber_count());
    while (explorer.run_next(*dpor)) continue;
    report.add(explorer.counts());
  }
}
BENCHMARK_CAPTURE(shared_counter, 5_reexecuted, 5, model::Backtracking::kReexecution)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(shared_counter, 5_checkpoints, 5, model::Backtracking::kCheckpoints)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(shared_counter, 6_reexecuted, 6, model::Backtracking::kReexecution)
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1);
BENCHMARK_CAPTURE(shared_counter, 6_checkpoints, 6, model::Backtracking::kCheckpoints)
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1);

// A long run in virtual time: random requests, the default properties, segments of 128.
void simulate(benchmark::State& state, std::string_view driver, std::uint32_t depth) {
  constexpr std::uint64_t kRequests = 1'000'000;
  const double bare_before = seconds_of_bare_switch();
  const std::clock_t start = std::clock();
  for (auto _ : state) {
    const model::CheckOptions check = options_of(driver, "flush");
    model::SimulateOptions options{.scenario = scenario_of(check, {}),
                                   .properties = check.properties};
    options.source = model::random_requests({}, 1, kRequests);
    options.depth = depth;
    benchmark::DoNotOptimize(model::simulate(options));
  }
  const double request = seconds_since(start) / kRequests / static_cast<double>(state.iterations());
  state.counters["per_request"] = request;
  state.counters["in_bare_switches"] = request / ((bare_before + seconds_of_bare_switch()) / 2);
}
BENCHMARK_CAPTURE(simulate, fixed_8, "fixed", 8)->Unit(benchmark::kMillisecond)->Iterations(1);
BENCHMARK_CAPTURE(simulate, serialized_32, "serialized", 32)
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1);

}  // namespace

BENCHMARK_MAIN();
