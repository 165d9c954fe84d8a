#include "cli/log_command.hpp"

#include <CLI/CLI.hpp>

#include "cli/log_crash.hpp"
#include "cli/log_create.hpp"
#include "cli/log_dump.hpp"
#include "cli/log_find.hpp"
#include "cli/log_replay.hpp"
#include "cli/log_salvage.hpp"
#include "cli/log_stats.hpp"
#include "cli/log_verify.hpp"

namespace simcheck::cli {

void add_log_command(CLI::App& app, int& exit_code) {
  CLI::App* log = app.add_subcommand("log", "Tools on log-writes images");
  log->require_subcommand(1);
  add_log_verify(*log, exit_code);
  add_log_dump(*log, exit_code);
  add_log_stats(*log, exit_code);
  add_log_find(*log, exit_code);
  add_log_salvage(*log, exit_code);
  add_log_replay(*log, exit_code);
  add_log_crash(*log, exit_code);
  add_log_create(*log, exit_code);
}

}  // namespace simcheck::cli
