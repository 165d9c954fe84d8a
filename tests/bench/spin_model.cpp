#include "tests/bench/spin_model.hpp"

#include <regex>
#include <stdexcept>

#include "tests/support/files.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/process.hpp"

namespace simcheck::test {
namespace {

// What follows `pattern`, as a number.
std::optional<unsigned long> number_after(const std::string& text, const std::string& pattern) {
  std::smatch match;
  if (!std::regex_search(text, match, std::regex(pattern + " *([0-9]+)"))) return std::nullopt;
  return std::stoul(match[1]);
}

std::string run_step(std::vector<std::string> command, const std::vector<std::string>& options,
                     const TempDir& directory) {
  command.insert(command.end(), options.begin(), options.end());
  const ProcessResult result = run_process(command, {.directory = directory.path()});
  if (result.exit_status != 0)
    throw std::runtime_error(command[0] + ": " + result.out + result.err);
  return result.out;
}

}  // namespace

SpinResult run_spin(const SpinSearch& search) {
  const TempDir directory;
  std::vector<std::string> generate = search.options;
  generate.push_back(source_dir() / "bench/spin" / (search.model + ".pml"));
  run_step({"spin", "-a"}, generate, directory);
  run_step({"gcc", "-w", "-DSAFETY", "-o", "pan", "pan.c"}, search.compile_options, directory);

  SpinResult result{.out = run_step({directory / "pan"}, {}, directory)};
  const auto errors = number_after(result.out, "errors:");
  if (!errors) throw std::runtime_error("pan: " + result.out);
  result.errors = static_cast<int>(*errors);
  if (result.errors == 0 && result.out.find("not completed") != std::string::npos)
    throw std::runtime_error("pan: " + result.out);
  result.final_states = number_after(result.out, "final states:");
  return result;
}

}  // namespace simcheck::test
