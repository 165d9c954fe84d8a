// What decides the result of a check, as text that two runs are compared by.
#include "cli/settings.hpp"

#include <doctest/doctest.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string>

#include "cli/check_options.hpp"
#include "cli/command_line.hpp"
#include "cli/workload_source.hpp"

namespace simcheck::test {
namespace {

using cli::Settings;

Settings settings_with(std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), "simcheck");
  const auto line = cli::read_command_line(static_cast<int>(arguments.size()), arguments.data());
  return cli::settings_of(line.options,
                          cli::check_options(line.options, cli::choose_workloads(line.options)));
}

std::string first_difference(std::vector<const char*> arguments) {
  arguments.insert(arguments.end(), {"--depth", "2"});
  const auto other = cli::difference(settings_with({"--depth", "2"}), settings_with(arguments));
  return other ? other->option + " " + other->saved + ">" + other->now : "";
}

}  // namespace

// Whoever adds an option has to say here whether a run may go on from one without it.
TEST_CASE("every option is a setting, or decides nothing") {
  cli::Options options;
  CLI::App app;
  cli::add_options(app, options);
  const Settings settings = settings_with({"--depth", "2"});
  for (const CLI::Option* option : app.get_options()) {
    const std::string name = "--" + option->get_lnames().front();
    CAPTURE(name);
    const bool is_setting = std::ranges::count(settings, name, &cli::Setting::option) == 1;
    CHECK(is_setting != cli::decides_nothing(name));
  }
}

TEST_CASE("the first option that differs is named with both values") {
  CHECK(first_difference({"--driver", "buggy"}) == "--driver fixed>buggy");
  CHECK(first_difference({"--strategy", "dfs"}) == "--strategy dpor>dfs");
  CHECK(first_difference({"--keep-going"}) == "--keep-going off>on");
  CHECK(first_difference({"--preemptions", "1", "--threads", "2"}) == "--threads 1>2");
  CHECK(first_difference({"--block-layer"}) == "--block-layer off>on");
  CHECK(first_difference({"--property", "no-overlap"}).ends_with(">no-overlap"));
  CHECK(first_difference({"--log-super-update-interval", "3"}).ends_with("4096>3"));
  CHECK(first_difference({"--max-executions", "7"}) == "--max-executions >7");
  CHECK(first_difference({"--max-steps", "7"}) == "--max-steps 30000>7");
  CHECK(first_difference({"--workload", "2*write"}).starts_with("--workload "));
}

TEST_CASE("defaults, and what decides nothing, make no difference") {
  CHECK(first_difference({"--driver", "fixed", "--symmetry", "on"}) == "");
  CHECK(first_difference({"--max-time", "5s", "--workers", "3", "--json", "--max-memory", "1g"}) ==
        "");
}

}  // namespace simcheck::test
