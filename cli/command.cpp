#include "cli/command.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <new>

#include "cli/catalog.hpp"
#include "cli/command_line.hpp"
#include "cli/output.hpp"
#include "cli/run_check.hpp"
#include "cli/usage_error.hpp"
#include "model/divergence.hpp"
#include "sim/code_failed.hpp"

namespace simcheck::cli {
namespace {

int run(int argc, char** argv) {
  secure_standard_streams();
  const auto line = read_command_line(argc, argv);
  return line.exit_status ? *line.exit_status : static_cast<int>(run_check(line.options));
}

int complain(ExitStatus status, const char* kind, const std::exception& error) {
  // Not fmt::print: it throws if standard error is closed.
  std::fputs(fmt::format("simcheck: {}{}\n", kind, error.what()).c_str(), stderr);
  return static_cast<int>(status);
}

// Formats nothing, which may take memory.
int complain_of_memory() {
  std::fputs(
      "simcheck: out of memory; a smaller --depth and fewer --workers take less, and --max-memory "
      "ends a check with its result before there is none left\n",
      stderr);
  return static_cast<int>(ExitStatus::kMemory);
}

}  // namespace

int run_command(int argc, char** argv, const Extensions& extensions) {
  try {
    extend_catalog(extensions);
    return run(argc, argv);
  } catch (const UsageError& error) {
    return complain(ExitStatus::kUsage, "", error);
  } catch (const sim::CodeFailed& error) {
    return complain(ExitStatus::kUsage, "", error);
  } catch (const OutputError& error) {
    return complain(ExitStatus::kUsage, "", error);
  } catch (const model::Divergence& error) {
    return complain(ExitStatus::kDivergence, "", error);
  } catch (const std::bad_alloc&) {
    return complain_of_memory();
  } catch (const std::exception& error) {
    return complain(ExitStatus::kInternal, "internal error: ", error);
  }
}

}  // namespace simcheck::cli
