// The command simcheck: reads the command line, runs the check, and turns what went wrong into one
// line on standard error and an exit status.

#include <fmt/format.h>

#include <cstdio>
#include <exception>

#include "cli/command_line.hpp"
#include "cli/output.hpp"
#include "cli/run_check.hpp"
#include "cli/usage_error.hpp"
#include "model/divergence.hpp"

namespace {

using simcheck::cli::ExitStatus;

int run(int argc, char** argv) {
  simcheck::cli::secure_standard_streams();
  const auto line = simcheck::cli::read_command_line(argc, argv);
  return line.exit_status ? *line.exit_status
                          : static_cast<int>(simcheck::cli::run_check(line.options));
}

int complain(ExitStatus status, const char* kind, const std::exception& error) {
  // Not fmt::print: it throws if standard error is closed.
  std::fputs(fmt::format("simcheck: {}{}\n", kind, error.what()).c_str(), stderr);
  return static_cast<int>(status);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const simcheck::cli::UsageError& error) {
    return complain(ExitStatus::kUsage, "", error);
  } catch (const simcheck::cli::OutputError& error) {
    return complain(ExitStatus::kUsage, "", error);
  } catch (const simcheck::model::Divergence& error) {
    return complain(ExitStatus::kDivergence, "", error);
  } catch (const std::exception& error) {
    return complain(ExitStatus::kInternal, "internal error: ", error);
  }
}
