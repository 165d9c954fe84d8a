#include "cli/help.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>
#include <string>
#include <utility>

#include "cli/catalog.hpp"

namespace simcheck::cli {
namespace {

constexpr std::size_t kLeftColumn = 23;

constexpr const char* kDescription =
    "Runs a coroutine-driven block driver under every order in which its I/O can\n"
    "complete, and shows the smallest order that breaks a promise. Without\n"
    "arguments: --driver {} --depth 6.";

constexpr const char* kCheckFooter =
    "Exit status:\n"
    "  0  no violation, every interleaving of every workload was covered\n"
    "  1  a promise is broken; the counterexample is shown\n"
    "  2  bad options or input, or the output could not be written\n"
    "  3  no violation, but a bound or an interrupt cut the search short, or nothing\n"
    "     explored could have broken what was asked for (not exercised)\n"
    "  4  a replay did not fit, or the driver is not deterministic or hides state\n"
    "  70 a bug in simcheck, or code under test that ended it\n"
    "  71 out of memory\n"
    "--expect violated exchanges 0 and 1, for jobs that guard a known race.\n"
    "\n"
    "Examples:\n"
    "  simcheck --driver buggy\n"
    "  simcheck --driver serialized --workload 'zeroes, 2*write ; flush'\n"
    "  simcheck compare --drivers fixed,serialized --depth 1\n"
    "  simcheck log verify log.img";

// The texts speak of simcheck; a program of one's own has other drivers and properties to list.
std::string called(std::string help, const std::string& program) {
  for (const char* const before : {"'", "\n  "})  // a hint, an example
    for (const char* const behind : {" ", "\n"})
      help = CLI::detail::find_and_replace(help, std::string(before) + "simcheck" + behind,
                                           before + program + behind);
  return help;
}

// CLI11 puts an empty line before and behind each group.
class Formatter final : public CLI::Formatter {
 public:
  explicit Formatter(std::string program) : program_(std::move(program)) {}

  std::string make_help(const CLI::App* app, std::string name,
                        CLI::AppFormatMode mode) const override {
    const std::string help = CLI::Formatter::make_help(app, std::move(name), mode);
    return called(CLI::detail::find_and_replace(help, "\n\n\n", "\n\n"), program_);
  }
  std::string make_description(const CLI::App* app) const override {
    return app->get_description() + "\n\n";
  }

 private:
  std::string program_;
};

void set_formatter(CLI::App& app, const std::shared_ptr<CLI::FormatterBase>& formatter) {
  app.formatter(formatter);
  for (CLI::App* command : app.get_subcommands({})) set_formatter(*command, formatter);
}

}  // namespace

void dress(CLI::App& app, const std::string& program) {
  app.name(program);
  app.description(fmt::format(kDescription, default_driver()));
  app.footer(kCheckFooter);
  const auto formatter = std::make_shared<Formatter>(program);
  formatter->column_width(kLeftColumn);
  formatter->label("Positionals", "Arguments");
  set_formatter(app, formatter);
}

}  // namespace simcheck::cli
