#include "cli/output_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>
#include <string_view>

#include "cli/did_you_mean.hpp"
#include "cli/option_group.hpp"
#include "cli/option_values.hpp"
#include "cli/output_file.hpp"
#include "cli/usage_error.hpp"

namespace simcheck::cli {
namespace {

constexpr const char* kOutput = "--output";

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const reports::Format& format : reports::formats()) names.emplace_back(format.name);
  return names;
}

const reports::Format& format_named(std::string_view name) {
  const auto format = std::ranges::find(reports::formats(), name, &reports::Format::name);
  if (format == reports::formats().end()) refuse_choice(name, format_names());
  return *format;
}

std::string all_endings() {
  std::vector<std::string_view> endings;
  for (const reports::Format& format : reports::formats())
    endings.insert(endings.end(), format.endings.begin(), format.endings.end());
  return fmt::format("{}", fmt::join(endings, ", "));
}

void add_file(OutputOptions& options, const std::string& path) {
  if (path.empty()) throw UsageError("is empty; give the path of a file");
  const reports::Format* format = reports::format_of_file(path);
  if (format == nullptr)
    throw UsageError(fmt::format("{}: the end of its name tells no format; it may be {}",
                                 in_quotes(path), all_endings()));
  if (std::ranges::find(options.files, path, &OutputFile::path) != options.files.end())
    throw UsageError(fmt::format("{} is given twice; leave out one", in_quotes(path)));
  options.files.push_back({path, format});
}

}  // namespace

void add_output_options(CLI::App& app, const std::string& name, OutputOptions& options) {
  OptionGroup group(app, name);
  group.value("--format", "NAME",
              "of standard output: text, json, junit, sarif, github,\nchrome or dot (default: "
              "text)",
              [&](const std::string& text) { options.format = &format_named(text); });
  group.values(kOutput, "FILE",
               "write the result there too; its ending chooses: .txt,\n.json, .xml (JUnit), "
               ".sarif, .trace.json (Chrome), .dot;\nmay be repeated",
               [&](const std::string& text) { add_file(options, text); });
  group.value("--baseline", "FILE",
              "violations that are known and accepted: only others\nfail the check; goes on after "
              "each, as --keep-going does",
              path_reader(options.baseline));
  group.value("--write-baseline", "FILE", "write such a file of what is found, and accept that",
              path_reader(options.write_baseline));
}

void settle_output(OutputOptions& options, bool json) {
  const std::string_view wanted = json ? "json" : "text";
  if (options.format == nullptr) options.format = &format_named(wanted);
  if (json && options.format->name != wanted)
    throw UsageError(fmt::format("--json and --format {} exclude each other; leave out one",
                                 options.format->name));
}

void write_output(const OutputFile& file, const model::Result& result, bool verbose) {
  std::ostringstream out;
  file.format->write(out, result, {.verbose = verbose});
  write_text_file(kOutput, file.path, std::move(out).str());
}

}  // namespace simcheck::cli
