#include "cli/options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "cli/catalog.hpp"
#include "cli/fault_values.hpp"
#include "cli/option_group.hpp"
#include "cli/option_values.hpp"
#include "cli/search_options.hpp"
#include "cli/settle_bounds.hpp"
#include "cli/settle_checkpoint.hpp"
#include "cli/settle_events.hpp"
#include "cli/settle_faults.hpp"
#include "cli/settle_sampling.hpp"
#include "cli/settle_stateful.hpp"
#include "cli/settle_strategy.hpp"
#include "cli/subject_options.hpp"

namespace simcheck::cli {
namespace {

using Text = const std::string&;

void add_subject(CLI::App& app, Options& options) {
  OptionGroup group(app, "What is checked");
  add_driver(group, options);
  group.value("--depth", "N", "requests in flight at once, 1 to 16 (default: 6)", [&](Text text) {
    options.depth = static_cast<std::uint32_t>(read_number(text, 1, kDepthMax));
  });
  group.value(
      "--in-flight", "N",
      "at most so many of a stage at once, sliding through\nit (default: all; when sampling "
      "more than --depth\nrequests, that many)",
      [&](Text text) {
        options.in_flight = static_cast<std::uint32_t>(read_number(text, 1, sim::kFibersMax));
      });
  add_threads(group, options);
  add_workload(group, options);
  add_surroundings(group, options);
}

void add_faults(CLI::App& app, Options& options) {
  using Kind = InitialLogKind;
  OptionGroup group(app, "What goes wrong");
  group.value("--faults", "LIST",
              "up to so many faults, as in eio=1 or eio.log.write=1,\n"
              "torn=1, in every way that an execution can meet them;\n"
              "cut: a power cut at any step; enospc=N: the log has N\nsectors (see 'simcheck list "
              "faults')",
              [&](Text text) { options.faults = read_faults(text); });
  group.value("--fault-plan", "PLAN",
              "these faults alone, as in A.2=eio: the second disk\nrequest of A",
              [&](Text text) { options.fault_plan = read_fault_plan(text); });
  add_power_cuts(group, options);
  group.choice<Kind>("--initial-log", "STATE",
                     "of the log: empty, zeroed, older (one lies there), or\nappend (the driver "
                     "goes on behind it) (default: empty)",
                     options.initial_log,
                     {{"empty", Kind::kEmpty},
                      {"zeroed", Kind::kZeroed},
                      {"older", Kind::kOlder},
                      {"append", Kind::kAppend}});
}

void add_properties(CLI::App& app, Options& options) {
  OptionGroup group(app, "What must hold");
  add_property(group, options,
               "(default: default, see 'simcheck\nlist properties'; race-free only with "
               "several\n--threads, survives-io-error and failed-not-logged\nonly with faults)");
}

void add_long_runs(CLI::App& app, Options& options) {
  OptionGroup group(app, "Long runs");
  group.value("--checkpoint", "FILE", "save the run's state there now and then, and in the end",
              path_reader(options.checkpoint));
  group.value("--checkpoint-interval", "DURATION", "how often (default: 30s)",
              [&](Text text) { options.checkpoint_interval = read_duration(text); });
  group.value("--resume", "FILE",
              "go on from such a file, with the same options; saves\nto it too, unless "
              "--checkpoint names another",
              path_reader(options.resume));
}

void add_output(CLI::App& app, Options& options) {
  OptionGroup group(app, "What comes out");
  group.choice<Expectation>("--expect", "VERDICT",
                            "what exit 0 stands for: holds (default), exercised\n(holds, and each "
                            "property could have been broken),\nviolated, or no-violation, as far "
                            "as bounds, time and\nsamples go",
                            options.expectation,
                            {{"holds", Expectation::kNone},
                             {"exercised", Expectation::kExercised},
                             {"violated", Expectation::kViolated},
                             {"no-violation", Expectation::kNoViolation}});
  group.value(
      "--shrink-limit", "N",
      "executions to try for a smaller counterexample\n(default: 20000; 0: show it as it was "
      "found)",
      [&](Text text) { options.shrink_limit = read_number(text, 0, UINT64_MAX); });
  group.flag("--json", "short for --format json", options.json);
  add_output_options(app, "What comes out", options.output);
  group.value("--html", "FILE", "write a page that steps through the counterexample",
              path_reader(options.html));
  group.value("--save-log", "FILE",
              "write the log image that the counterexample leaves, or\nan ordinary execution, "
              "and a flush as of a clean close;\nof a power cut, the image that breaks the promise",
              path_reader(options.save_log));
  group.value("--save-data", "FILE", "write what the same execution leaves on the data device",
              path_reader(options.save_data));
  group.value("--trace", "FILE",
              "write the first counterexample, for 'simcheck replay'\nand 'simcheck explain'",
              path_reader(options.trace));
  group.value("--stats", "FILE", "write what the run cost as JSON: time, memory, ...",
              path_reader(options.stats));
  group.value("--events", "FILE",
              "tell there what happens as it happens, a line of JSON\neach; '-': on standard "
              "output, instead of the result",
              path_reader(options.events));
  group.value("--color", "auto|always|never",
              "of text: auto is on a terminal, unless NO_COLOR is set\n(default: auto)",
              [&](Text text) { options.color = read_color_choice(text); });
  group.flag("-q,--quiet", "the verdict alone, no progress", options.quiet);
  group.flag("-v,--verbose", "every step, every workload", options.verbose);
}

void settle_properties(Options& options) {
  options.default_properties |= !options.properties_chosen;
  std::vector<const properties::PropertyInfo*> in_order;
  for (const properties::PropertyInfo& info : all_properties()) {
    const bool chosen = std::ranges::find(options.properties, &info) != options.properties.end();
    const bool in_group = options.default_properties && is_default(info, circumstances_of(options));
    if (chosen || in_group || options.all_properties) in_order.push_back(&info);
  }
  options.properties = std::move(in_order);
}

// What lies behind a known violation is to be seen as well.
void settle_baseline(Options& options) {
  if (options.output.baseline.empty() && options.output.write_baseline.empty()) return;
  if (options.expectation == Expectation::kViolated)
    throw UsageError(
        "--expect violated and a baseline exclude each other: a known violation is no failure "
        "there; leave out one");
  options.keep_going = true;
}

}  // namespace

void add_options(CLI::App& app, Options& options) {
  add_subject(app, options);
  add_faults(app, options);
  add_properties(app, options);
  add_search(app, options);
  add_bounds(app, options);
  add_long_runs(app, options);
  add_sampling(app, options);
  add_output(app, options);
}

Circumstances circumstances_of(const Options& options) {
  return {.threads = options.threads,
          .faults = options.faults.any() || !options.fault_plan.empty(),
          .power_cut = options.faults.power_cut};
}

void settle(Options& options) {
  if (options.driver == nullptr)
    options.driver = &require(all_drivers(), "driver", default_driver());
  if (options.recovery == nullptr)
    options.recovery = &require(all_recoveries(), "recovery", default_recovery());
  settle_properties(options);
  settle_strategy(options);
  settle_stateful(options);
  settle_equivalence(options);
  settle_bounds(options);
  settle_sampling(options);
  settle_faults(options);
  settle_checkpoint(options);
  settle_events(options);
  settle_output(options.output, options.json);
  settle_baseline(options);
  if (options.quiet && options.verbose)
    throw UsageError("--quiet and --verbose exclude each other; leave out one");
}

}  // namespace simcheck::cli
