#include "cli/simulate_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "cli/fault_values.hpp"
#include "cli/latency_values.hpp"
#include "cli/option_group.hpp"
#include "cli/option_values.hpp"
#include "cli/subject_options.hpp"
#include "model/workload_size.hpp"
#include "sim/disk.hpp"
#include "sim/ids.hpp"

namespace simcheck::cli {
namespace {

using Text = const std::string&;

constexpr std::array<std::string_view, 5> kKinds = {"write", "zeroes", "discard", "flush", "read"};

constexpr const char* kSimulateFooter =
    "DIST is a latency, such as 250ns, 100us or 1.5ms, or one of\n"
    "  uniform:20us..200us   all equally likely\n"
    "  exponential:100us     with that mean\n"
    "  histogram:FILE        measured: lines of 'MAX COUNT' or 'MIN MAX COUNT', or\n"
    "                        what fio writes with --output-format=json+\n"
    "\n"
    "Exit status: 0 no violation in this run, 1 a promise is broken, 2 bad options or\n"
    "input, 3 interrupted, or nothing in this run could have broken one.\n"
    "\n"
    "Examples:\n"
    "  simcheck simulate --driver buggy\n"
    "  simcheck simulate --depth 32 --log-latency exponential:50us\n"
    "  simcheck simulate --workload iolog.txt --depth 16";

std::size_t read_kind(const std::string& name) {
  const auto found = std::ranges::find(kKinds, name);
  if (found == kKinds.end()) refuse_choice(name, {kKinds.begin(), kKinds.end()});
  return static_cast<std::size_t>(found - kKinds.begin());
}

std::array<std::uint32_t, 5> read_mix(Text text) {
  std::array<std::uint32_t, 5> weights{};
  std::array<bool, 5> is_given{};
  for (const std::string& part : list_of(text)) {
    const std::size_t equals = part.find('=');
    const std::string weight = equals == part.npos ? "1" : part.substr(equals + 1);
    const std::size_t kind = read_kind(part.substr(0, equals));
    if (std::exchange(is_given[kind], true))
      throw UsageError(fmt::format("{} is given twice; one share for each kind", kKinds[kind]));
    weights[kind] = static_cast<std::uint32_t>(read_number(weight, 0, 1'000'000));
  }
  if (std::ranges::all_of(weights, [](std::uint32_t weight) { return weight == 0; }))
    throw UsageError("names no kind; try write=70,zeroes=20,flush=10");
  return weights;
}

std::uint64_t read_size(Text text, std::uint64_t max) {
  const auto size = model::parse_size(text);
  if (size && *size > 0 && *size <= max) return *size;
  throw UsageError(fmt::format("{} is no size above zero, such as 4k, of at most {}",
                               in_quotes(text), model::size_text(max)));
}

void add_guest(CLI::App& app, SimulateCommand& command) {
  OptionGroup group(app, "The guest");
  group.value("--requests", "N", "how many it issues (default: 1000000; of a workload,\nall, once)",
              [&](Text text) { command.requests = read_number(text, 1, UINT64_MAX); });
  group.value("--depth", "N", "requests in flight at once, 1 to 64 (default: 8)", [&](Text text) {
    command.depth = static_cast<std::uint32_t>(read_number(text, 1, sim::kFibersMax));
  });
  group.value("--mix", "LIST",
              "kinds and their shares (default: write=60,zeroes=20,\ndiscard=10,flush=10); there "
              "is read, too",
              [&](Text text) {
                command.mix.weights = read_mix(text);
                command.mix_given = true;
              });
  group.value("--block-size", "SIZE", "of each request (default: 4k, or a log sector)",
              [&](Text text) {
                command.mix.block_bytes = read_size(text, std::uint64_t{1} << 30);
                command.mix_given = true;
              });
  group.value("--range", "SIZE",
              "of the disk, in which they lie at random (default:\n64m, or the driver's size)",
              [&](Text text) {
                command.mix.range_bytes = read_size(text, sim::Disk::kDefaultBytes);
                command.mix_given = command.range_given = true;
              });
  group.value("--workload", "TEXT|FILE",
              "these requests instead, whole, as many at once as\n--depth and the workload allow",
              [&](Text text) { set_workload(command.subject, text); });
}

void add_subject(CLI::App& app, SimulateCommand& command) {
  OptionGroup group(app, "What is simulated");
  add_driver(group, command.subject);
  add_threads(group, command.subject);
  add_surroundings(group, command.subject);
}

void add_faults(CLI::App& app, SimulateCommand& command) {
  OptionGroup group(app, "What goes wrong");
  group.value("--faults", "LIST",
              "in each segment up to so many faults, as in eio=1 or\neio.log.write=1, where the "
              "seed says; cut: a power cut\nthat ends the run; enospc=N: the log has N sectors\n"
              "(see 'simcheck list faults')",
              [&](Text text) { command.subject.faults = read_faults(text); });
  add_power_cuts(group, command.subject);
}

void add_times(CLI::App& app, SimulateCommand& command) {
  OptionGroup group(app, "How long things take (DIST: see below)");
  sim::LatencyModel& latency = command.latency;
  const auto distribution = [&](const char* option, const char* help, auto set) {
    group.value(option, "DIST", help, [&command, option, set](Text text) {
      set(read_latency(text));
      const std::string file = histogram_file(text);
      if (!file.empty()) command.histograms.push_back({option, file});
    });
  };
  group.value("--seed", "N", "another seed draws other latencies and requests\n(default: 1)",
              [&](Text text) { command.seed = read_number(text, 0, UINT64_MAX); });
  distribution(
      "--latency",
      "of a disk request until it takes effect, on both\ndisks (default: "
      "uniform:20us..200us)",
      [&latency](const sim::Latency& given) { latency.effect = latency.log_effect = given; });
  distribution("--data-latency", "on the data disk alone",
               [&latency](const sim::Latency& given) { latency.effect = given; });
  distribution("--log-latency", "on the log disk alone",
               [&latency](const sim::Latency& given) { latency.log_effect = given; });
  distribution("--flush-latency", "of flushes, on both disks",
               [&latency](const sim::Latency& given) { latency.flush_effect = given; });
  distribution("--completion-latency",
               "from there until its coroutine goes on\n(default: uniform:2us..20us)",
               [&latency](const sim::Latency& given) { latency.completion = given; });
  distribution("--wake-latency",
               "of a coroutine that was started or woken\n(default: uniform:100ns..1us)",
               [&latency](const sim::Latency& given) { latency.resume = given; });
  distribution("--access-latency",
               "with --threads: from one access of shared state, or\noperation of a lock, to the "
               "next (default:\nuniform:5ns..50ns)",
               [&command](const sim::Latency& given) {
                 command.latency.access = given;
                 command.access_given = true;
               });
}

void add_judging(CLI::App& app, SimulateCommand& command) {
  OptionGroup group(app, "What must hold");
  group.values("--property", "NAME",
               "watch for this promise, or the group 'default' or\n'all'; may be repeated "
               "(default: default)",
               [&](Text text) { choose_property(command.subject, text); });
  group.value("--segment", "N",
              "requests after which the guest waits for all of them\nand the promises are judged "
              "(default: 128, or 8 times\nthe depth)",
              [&](Text text) {
                command.segment = static_cast<std::uint32_t>(read_number(text, 1, 100'000));
              });
  group.flag("--keep-going", "go on after a violation, and count segments",
             command.subject.keep_going);
}

void add_output(CLI::App& app, SimulateCommand& command) {
  OptionGroup group(app, "What comes out");
  group.choice<Expectation>("--expect", "VERDICT", "violated: exit 0 for a violation, 1 for none",
                            command.subject.expectation,
                            {{"violated", Expectation::kViolated}, {"holds", Expectation::kNone}});
  group.flag("--json", "the result as one JSON document", command.subject.json);
  group.value("--stats", "FILE", "write all figures as JSON, with the time that it took",
              path_reader(command.subject.stats));
  group.flag("-q,--quiet", "the verdict alone, no progress", command.subject.quiet);
}

}  // namespace

void add_simulate_options(CLI::App& app, SimulateCommand& command) {
  add_subject(app, command);
  add_guest(app, command);
  add_faults(app, command);
  add_times(app, command);
  add_judging(app, command);
  add_output(app, command);
  app.footer(kSimulateFooter);
}

void settle(SimulateCommand& command) {
  settle(command.subject);
  if (command.mix_given && !command.subject.workload.empty())
    throw UsageError("--workload says what the guest does; leave out --mix, --block-size, --range");
  if (command.access_given && command.subject.threads == 1)
    throw UsageError(
        "--access-latency is how long threads take between accesses of shared state, and one "
        "thread alone is not timed there; add --threads 2, or leave it out");
  if (!command.segment) command.segment = std::max(128U, 8 * command.depth);
  if (command.subject.faults.power_cut) return;
  const auto& chosen = command.subject.properties;
  const auto is_of_cuts = [](const properties::PropertyInfo* info) {
    return info->make == properties::make_crash_parses;
  };
  if (!command.subject.all_properties && std::ranges::any_of(chosen, is_of_cuts))
    throw UsageError(
        "--property crash-parses is about power cuts, and this run has none; add --faults cut");
  std::erase_if(command.subject.properties, is_of_cuts);
}

std::string in_words(const model::RequestMix& mix) {
  std::uint64_t total = 0;
  for (const std::uint32_t weight : mix.weights) total += weight;
  std::string words;
  for (std::size_t kind = 0; kind < kKinds.size(); ++kind) {
    if (mix.weights[kind] == 0) continue;
    words += fmt::format("{}{:.3g} % {}", words.empty() ? "" : ", ",
                         100.0 * mix.weights[kind] / static_cast<double>(total), kKinds[kind]);
  }
  return fmt::format("{}, of {} in {}", words, model::size_text(mix.block_bytes),
                     model::size_text(mix.range_bytes));
}

}  // namespace simcheck::cli
