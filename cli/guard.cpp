#include "cli/guard.hpp"

#include <algorithm>

#include "cli/crash.hpp"
#include "cli/patience.hpp"
#include "cli/worker.hpp"
#include "reports/replay_line.hpp"

namespace simcheck::cli {
namespace {

std::string command_of(const model::CheckOptions& check, const std::string& replay_options) {
  std::string command =
      reports::shell_quoted(check.program) + " --driver " + reports::shell_quoted(check.driver);
  if (!replay_options.empty()) command += " " + replay_options;
  return command;
}

}  // namespace

Guard::Guard(model::CheckOptions& check, const std::string& replay_options)
    : words_{.driver = check.driver, .command = command_of(check, replay_options)} {
  check.begin_worker = begin_worker;
  begin_worker();
  prepare_last_words(&words_);
  watch_for_crashes();
  begin_patience(std::max(check.limits.seconds_max, check.sampling.soak_seconds));
}

Guard::~Guard() {
  forgo_patience();
  prepare_last_words(nullptr);
}

}  // namespace simcheck::cli
