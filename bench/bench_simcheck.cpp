// Speed, as ratios within one run: machines differ, so compare the figures with one another. See
// docs/performance.md.
#include <benchmark/benchmark.h>

#include <boost/context/detail/fcontext.hpp>
#include <cstdint>
#include <string_view>

#include "drivers/generations.hpp"
#include "model/check.hpp"
#include "model/default_workloads.hpp"
#include "model/workload_parser.hpp"
#include "properties/all.hpp"
#include "sim/fiber.hpp"

namespace {

using namespace simcheck;

// A bare Boost.Context switch into a context and back: the yardstick.
void bare_switch(benchmark::State& state) {
  const sim::Stack stack;
  const auto loop = [](boost::context::detail::transfer_t from) {
    for (;;) from = boost::context::detail::jump_fcontext(from.fctx, nullptr);
  };
  auto context = boost::context::detail::make_fcontext(stack.top(), sim::Stack::kBytes, loop);
  for (auto _ : state) context = boost::context::detail::jump_fcontext(context, nullptr).fctx;
}
BENCHMARK(bare_switch);

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

// A check with the default properties; reports the time per transition and per execution.
void check(benchmark::State& state, std::string_view driver, const char* workload, bool symmetry) {
  model::CheckOptions options;
  options.symmetry = symmetry;
  for (const auto& info : properties::all_properties())
    if (info.by_default) options.properties.push_back(info.make());
  for (const auto& info : drivers::all_drivers()) {
    if (info.name != driver) continue;
    options.make_device = [&info](sim::World& world, sim::BlockDevice& data,
                                  sim::BlockDevice& log) -> sim::BlockDevice& {
      return info.make(world, data, log, {});
    };
  }
  options.workloads = {std::get<model::Workload>(model::parse_workload(workload))};
  model::Counts counts;
  for (auto _ : state) counts += model::check(options).counts;
  const auto per = [](std::uint64_t n) {
    return benchmark::Counter(static_cast<double>(n),
                              benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
  };
  state.counters["per_transition"] = per(counts.transitions);
  state.counters["per_execution"] = per(counts.executions);
}
BENCHMARK_CAPTURE(check, fixed_5_zeroes, "fixed", "5*zeroes", false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(check, fixed_6_zeroes, "fixed", "6*zeroes", false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(check, fixed_6_flush, "fixed", "6*flush", true)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(check, serialized_4_flush, "serialized", "4*flush", false)
    ->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
