#include "cli/search_options.hpp"

#include <fmt/format.h>

#include "cli/catalog.hpp"
#include "cli/option_group.hpp"
#include "cli/option_values.hpp"
#include "model/check.hpp"
#include "model/schedule.hpp"

namespace simcheck::cli {
namespace {

using Text = const std::string&;

void set_schedule(Options& options, Text text) {
  const auto parsed = model::parse_schedule(text);
  if (const auto* error = std::get_if<model::ScheduleError>(&parsed))
    throw UsageError(fmt::format("{}: {}", in_quotes(text), error->message));
  options.schedule = text;
}

}  // namespace

void add_search(CLI::App& app, Options& options) {
  OptionGroup group(app, "How it is searched");
  group.value(
      "--strategy", "NAME",
      "dpor, dfs or stateful; random, pct, pos or surw\nsample; or replay (default: dpor)",
      [&](Text text) { options.strategy = require(all_strategies(), "strategy", text).kind; });
  using model::Equivalence;
  group.choice<Equivalence>(
      "--equivalence", "NAME",
      "executions that dpor takes for equal: of one 'trace',\nor 'observed': and those that "
      "differ only in the order\nof writes that nobody sees (default: observed)",
      options.equivalence, {{"observed", Equivalence::kObserved}, {"trace", Equivalence::kTrace}});
  group.value("--symmetry", "on|off",
              "take requests that differ only in their extent for\ninterchangeable (default: on "
              "for the built-in\ndrivers, and those that say so; off when sampling)",
              [&](Text text) { options.symmetry = read_switch(text); });
  group.value("--replay", "SCHEDULE", "run this one schedule of the --workload",
              [&](Text text) { set_schedule(options, text); });
  group.flag("--keep-going", "go on after a violation", options.keep_going);
  group.value("--workers", "N",
              "threads that explore; the result is the same\n(default: one per processor)",
              [&](Text text) {
                options.workers = static_cast<unsigned>(read_number(text, 1, model::kWorkersMax));
              });
}

void add_bounds(CLI::App& app, Options& options) {
  const auto read_bound = [](Text text) {
    return static_cast<std::uint32_t>(read_number(text, 0, 1'000'000));
  };
  OptionGroup group(app, "How far it is searched (the verdict names the bound)");
  group.value("--preemptions", "N",
              "schedules that interrupt a section at most N times:\nwith 0, 1, ... N; several "
              "threads, dpor or dfs",
              [&, read_bound](Text text) { options.preemptions = read_bound(text); });
  group.value("--delays", "N",
              "schedules that delay a round-robin scheduler at most\nN times: with 0, 1, ... N; "
              "dfs",
              [&, read_bound](Text text) { options.delays = read_bound(text); });
  group.value("--max-executions", "N", "stop after N executions",
              [&](Text text) { options.limits.executions_max = read_number(text, 1, UINT64_MAX); });
  group.value(
      "--max-steps", "N",
      "an execution of more steps breaks terminates, 1 to\n32767 (default: 30000)", [&](Text text) {
        options.limits.steps_max = static_cast<std::uint32_t>(read_number(text, 1, kStepsMax));
      });
  group.value("--max-states", "N",
              "stateful keeps N states of a workload, in 32 to 64\n"
              "bytes each, and gives up if it has more\n"
              "(default: 8388608)",
              [&](Text text) { options.states_max = read_number(text, 1, UINT64_MAX); });
  group.value("--max-memory", "SIZE", "stop when the process takes 200m, 4g, ...",
              [&](Text text) { options.limits.memory_max = read_memory(text); });
  add_max_time(group, options);
}

void add_max_time(OptionGroup& group, Options& options) {
  group.value("--max-time", "DURATION", "stop after 10s, 5m, ...; a number alone is in seconds",
              [&](Text text) { options.limits.seconds_max = read_duration(text); });
}

void add_sampling(CLI::App& app, Options& options) {
  OptionGroup group(app, "How it is sampled (--strategy random, pct, pos or surw)");
  group.value("--samples", "N", "executions of each workload (default: 1000)",
              [&](Text text) { options.samples = read_number(text, 1, UINT64_MAX); });
  group.value("--seed", "N", "another seed draws other executions (default: 1)",
              [&](Text text) { options.seed = read_number(text, 0, UINT64_MAX); });
  group.value("--time", "DURATION", "soak: sample all workloads again and again for 10m",
              [&](Text text) { options.soak_seconds = read_duration(text); });
  group.value(
      "--pct-depth", "D", "of the bugs that pct aims at, 1 to 16 (default: 3)",
      [&](Text text) { options.pct_depth = static_cast<std::uint32_t>(read_number(text, 1, 16)); });
}

}  // namespace simcheck::cli
