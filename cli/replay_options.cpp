#include "cli/replay_options.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <utility>

#include "cli/check_options.hpp"
#include "cli/usage_error.hpp"
#include "cli/workload_source.hpp"

namespace simcheck::cli {

ReplayedCheck check_of(const std::vector<std::string>& arguments, const std::string& program) {
  ReplayedCheck replayed;
  replayed.options.program = program;
  CLI::App app;
  add_options(app, replayed.options);
  std::vector<std::string> words(arguments.rbegin(), arguments.rend());  // as CLI11 wants them
  try {
    app.parse(words);
  } catch (const CLI::ParseError& error) {
    throw UsageError(std::string("its arguments are not those of this program: ") + error.what());
  }
  settle(replayed.options);
  if (replayed.options.strategy != model::StrategyKind::kReplay)
    throw UsageError("its arguments name no schedule (--replay)");
  WorkloadChoice choice = choose_workloads(replayed.options);
  replayed.replay_options = replay_options(replayed.options, choice);
  replayed.check = check_options(replayed.options, std::move(choice));
  return replayed;
}

}  // namespace simcheck::cli
