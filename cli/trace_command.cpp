#include "cli/trace_command.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <csignal>
#include <exception>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <utility>

#include "cli/exit_status.hpp"
#include "cli/guard.hpp"
#include "cli/input_file.hpp"
#include "cli/option_values.hpp"
#include "cli/output.hpp"
#include "cli/output_file.hpp"
#include "cli/replay_options.hpp"
#include "cli/terminal.hpp"
#include "cli/tool_options.hpp"
#include "cli/trace_walk.hpp"
#include "cli/usage_error.hpp"
#include "cli/version.hpp"
#include "model/rerun.hpp"
#include "reports/explanation.hpp"
#include "reports/replay_line.hpp"
#include "reports/shown_executions.hpp"
#include "reports/text.hpp"
#include "reports/trace_comparison.hpp"
#include "reports/trace_file.hpp"

namespace simcheck::cli {
namespace {

struct ReplayOptions {
  std::string path;
  bool go_on = false;
  bool walk = false;
  std::uint32_t stop_at = 0;  // step, from 1; 0: nowhere
  ColorChoice color = ColorChoice::kAuto;
  bool quiet = false, verbose = false;
};

// A walk and a debugger show what was recorded, or stop in it; neither goes on or reports.
void settle(const ReplayOptions& options) {
  if (options.quiet && options.verbose)
    throw UsageError("--quiet and --verbose exclude each other; leave out one");
  if (!options.walk && options.stop_at == 0) return;
  const std::string mode = options.walk ? "--step" : "--break";
  for (const auto& [option, given] : {std::pair{"--break", options.walk && options.stop_at != 0},
                                      {"--continue", options.go_on},
                                      {"--quiet", options.quiet},
                                      {"--verbose", options.verbose}})
    if (given)
      throw UsageError(fmt::format("{} has no effect with {}; leave out one", option, mode));
}

reports::TraceFile read_trace(const std::string& path) {
  std::string text;
  try {
    text = read_whole_file(path);
  } catch (const UsageError& error) {
    throw UsageError(fmt::format("cannot read the trace '{}': {}; is it the file of --trace?", path,
                                 error.what()));
  }
  try {
    return reports::parse_trace(text);
  } catch (const reports::TraceFileError& error) {
    throw UsageError(fmt::format("'{}' cannot be used: {}", path, error.what()));
  }
}

ReplayedCheck check_of_file(const reports::TraceFile& file, const ReplayOptions& options,
                            const std::string& program) {
  try {
    return check_of(file.arguments, program);
  } catch (const UsageError& error) {
    throw UsageError(fmt::format("'{}': {}", options.path, error.what()));
  }
}

// The kernel tells who traces this process; 0 is nobody.
bool is_debugged() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("TracerPid:")) return line.find_first_of("123456789") != line.npos;
  }
  return false;
}

// In such steps, a disk request takes effect or the power is cut.
void require_code_runs(const model::Trace& trace, std::size_t step) {
  if (step > trace.steps.size())
    throw UsageError(fmt::format("--break: the trace has {} steps", trace.steps.size()));
  using enum model::StepKind;
  const model::StepKind kind = trace.steps[step - 1].kind;
  if (kind == kStart || kind == kResume) return;
  throw UsageError(fmt::format("--break: in step {} no code of the driver runs: {}", step,
                               kind == kEffect ? "a disk request takes effect; it is told in a "
                                                 "later step"
                                               : "the power is cut"));
}

void stop_in_debugger(const reports::TraceFile& file, const ReplayedCheck& replayed,
                      const ReplayOptions& options, const std::string& program) {
  require_code_runs(file.example.trace, options.stop_at);
  if (!is_debugged())
    throw UsageError(fmt::format("--break stops in a debugger: gdb --args {} replay {} --break {}",
                                 reports::shell_quoted(program),
                                 reports::shell_quoted(options.path), options.stop_at));
  const bool stopped = model::run_to_step(replayed.check, replayed.check.workloads.front(),
                                          model::schedule_of(replayed.check.schedule),
                                          options.stop_at - 1, [] { std::raise(SIGTRAP); });
  if (!stopped)
    throw UsageError(
        fmt::format("--break: step {} is not reached, or no code runs in it", options.stop_at));
}

std::string report(const model::Result& result, const ReplayOptions& options) {
  std::ostringstream out;
  reports::write_text(out, result,
                      {.width = output_width(),
                       .quiet = options.quiet,
                       .verbose = options.verbose,
                       .colour = is_output_coloured(options.color)});
  return std::move(out).str();
}

// What is walked through is what was recorded, which need not be what happens now.
void walk(const model::Counterexample& recorded, bool is_another_now) {
  if (is_another_now) print("\nThe steps as they were recorded:\n");
  walk_trace(recorded);
}

int replay(const ReplayOptions& options, const std::string& program) {
  const reports::TraceFile file = read_trace(options.path);
  ReplayedCheck replayed = check_of_file(file, options, program);
  if (replayed.check.schedule != file.example.schedule)
    throw UsageError(
        fmt::format("'{}' was altered: its schedule is {} in \"counterexample\", and {} "
                    "in \"arguments\"",
                    options.path, file.example.schedule, replayed.check.schedule));
  if (options.stop_at != 0) {
    stop_in_debugger(file, replayed, options, program);
    return static_cast<int>(ExitStatus::kComplete);
  }
  const Guard guard(replayed.check, replayed.replay_options);
  const model::Counterexample now = model::rerun(replayed.check, replayed.check.workloads.front(),
                                                 model::schedule_of(replayed.check.schedule));
  const auto difference = reports::first_difference(file.example, now);
  if (difference || !options.walk)
    print(reports::comparison_text(file, now, difference, output_width()));
  if (options.walk) walk(file.example, difference.has_value());
  if (difference && !options.go_on) return static_cast<int>(ExitStatus::kDivergence);
  replayed.check.schedule = now.schedule;
  model::Result result = model::check(replayed.check);
  result.replay_options = replayed.replay_options;
  if (!options.walk) print("\n" + report(result, options));
  if (result.failure) std::rethrow_exception(result.failure);
  return static_cast<int>(exit_status(result, Expectation::kNone));
}

}  // namespace

void write_trace(const Options& options, const model::Result& result) {
  const auto shown = reports::shown_executions(result);
  if (!shown.empty())
    return write_text_file("--trace", options.trace,
                           reports::trace_document(result, shown.front(), kVersion));
  // A later explain would tell the story of another run.
  std::error_code error;
  if (!options.quiet)
    note(fmt::format("--trace: no counterexample{}",
                     std::filesystem::exists(options.trace, error)
                         ? "; '" + options.trace + "' is of an earlier run"
                         : ", so no file"));
}

void add_replay_command(CLI::App& app, const std::string& program, int& exit_code) {
  CLI::App* command = app.add_subcommand("replay", "Run a trace of --trace again, and compare");
  auto options = std::make_shared<ReplayOptions>();
  command->add_option("FILE", options->path, "the trace")->required()->type_name("");
  command
      ->add_flag("--continue", options->go_on,
                 "where the run goes another way, go on with what is\npossible")
      ->disable_flag_override();
  command->add_flag("--step", options->walk, "walk through the steps; h tells the keys")
      ->disable_flag_override();
  add_value(*command, "--break", "STEP", "stop in the code of that step, under gdb",
            [options](const std::string& text) {
              options->stop_at = static_cast<std::uint32_t>(read_number(text, 1, UINT32_MAX));
            });
  add_value(*command, "--color", "auto|always|never", "of text (default: auto)",
            [options](const std::string& text) { options->color = read_color_choice(text); });
  command->add_flag("-q,--quiet", options->quiet, "how it went and the verdict alone")
      ->disable_flag_override();
  command->add_flag("-v,--verbose", options->verbose, "every step, however many")
      ->disable_flag_override();
  command->callback([options, program, &exit_code] {
    settle(*options);
    exit_code = replay(*options, program);
  });
}

void add_explain_command(CLI::App& app) {
  CLI::App* command = app.add_subcommand("explain", "Tell a trace of --trace in sentences");
  auto path = std::make_shared<std::string>();
  command->add_option("FILE", *path, "the trace")->required()->type_name("");
  command->callback([path] {
    std::string text;
    for (const std::string& line : reports::explanation(read_trace(*path).example, output_width()))
      text += line + "\n";
    print(text);
  });
}

}  // namespace simcheck::cli
