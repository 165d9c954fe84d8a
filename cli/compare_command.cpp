#include "cli/compare_command.hpp"

#include <fmt/format.h>

#include <memory>
#include <sstream>
#include <utility>
#include <vector>

#include "cli/compare.hpp"
#include "cli/exit_status.hpp"
#include "cli/fault_values.hpp"
#include "cli/interrupt.hpp"
#include "cli/option_group.hpp"
#include "cli/option_values.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/output_file.hpp"
#include "cli/search_options.hpp"
#include "cli/subject_options.hpp"
#include "cli/terminal.hpp"
#include "cli/tool_options.hpp"
#include "reports/comparison_html.hpp"

namespace simcheck::cli {
namespace {

struct CompareCommand : CompareOptions {
  bool json = false;
  std::string html;  // path; empty: not wanted
};

// As the check of one driver has them.
void add_checks(CLI::App& command, CompareCommand& options) {
  OptionGroup what(command, "What each check is about");
  add_workload(what, options.check);
  add_property(what, options.check, "(default: all that suit the\ndrivers)");
  add_max_time(what, options.check);
  OptionGroup cuts(command, "Power cuts, for the promises about them");
  add_power_cuts(cuts, options.check);
}

void add_values(CLI::App& command, const std::shared_ptr<CompareCommand>& options) {
  add_value(command, "--drivers", "A,B,...",
            "these alone (default: all; in a program with drivers of\nits own, those)",
            [options](const std::string& text) {
              options->drivers = list_of(text);
              drivers_of(*options);
            });
  add_value(command, "--depth", "N", "requests in flight at once, 1 to 16 (default: 2)",
            [options](const std::string& text) {
              options->depth = static_cast<std::uint32_t>(read_number(text, 1, kDepthMax));
            });
  add_value(command, "--faults", "LIST",
            "for every property, instead of eio=1 for those about\nerrors; cuts are tried for "
            "those about cuts alone",
            [options](const std::string& text) {
              model::FaultOptions faults = read_faults(text);
              faults.power_cut = false;
              options->faults = to_text(faults);
            });
  add_value(command, "--super-interval", "N,...",
            "entries between superblock updates, one after the\nother (default: 4096,1,2,3)",
            [options](const std::string& text) {
              options->super_intervals.clear();
              for (const std::string& part : list_of(text))
                options->super_intervals.push_back(read_number(part, 1, UINT64_MAX));
            });
  add_value(command, "--workers", "N",
            "threads that explore; the result is the same\n(default: one per processor)",
            [options](const std::string& text) {
              options->workers = static_cast<unsigned>(read_number(text, 1, 64));
            });
  add_value(command, "--html", "FILE",
            "write the table as a page, too, in which broken cells\nopen their counterexamples",
            [options](const std::string& text) { path_reader(options->html)(text); });
  add_checks(command, *options);
  command.add_flag("--json", options->json, "the table as one JSON document")
      ->disable_flag_override();
}

ExitStatus run_compare(const CompareCommand& options, const std::string& program) {
  if (!options.html.empty()) require_writable("--html", options.html);
  const reports::Comparison comparison = compare(options, program, catch_interrupts());
  std::ostringstream out;
  if (options.json) {
    reports::write_json(out, comparison);
  } else {
    reports::write_text(out, comparison, output_width());
  }
  print(std::move(out).str());
  if (!options.html.empty()) write_text_file("--html", options.html, reports::html(comparison));
  const bool complete = reports::finished_cells(comparison) == reports::all_cells(comparison);
  return complete ? ExitStatus::kComplete : ExitStatus::kIncomplete;
}

}  // namespace

void add_compare_command(CLI::App& app, const std::string& program, int& exit_code) {
  CLI::App* command = app.add_subcommand("compare", "Which driver keeps which promise: a table");
  auto options = std::make_shared<CompareCommand>();
  add_values(*command, options);
  command->callback([options, program, &exit_code] {
    exit_code = static_cast<int>(run_compare(*options, program));
  });
}

}  // namespace simcheck::cli
