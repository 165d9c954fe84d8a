#include "cli/list_command.hpp"

#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/catalog.hpp"
#include "cli/output.hpp"

namespace simcheck::cli {
namespace {

struct Entry {
  std::string name, summary;
};

struct Section {
  std::string key, title;
  std::vector<Entry> entries;
};

template <typename Info>
std::vector<Entry> entries_of(std::span<const Info> all) {
  std::vector<Entry> entries;
  for (const Info& info : all)
    entries.push_back({std::string(info.name), std::string(info.summary)});
  return entries;
}

std::vector<Section> sections() {
  return {{"drivers", "Drivers (--driver)", entries_of(all_drivers())},
          {"properties", "Properties (--property)", entries_of(all_properties())},
          {"strategies", "Strategies (--strategy)", entries_of(all_strategies())},
          {"workloads", "Workloads (--workload)", entries_of(all_workload_sets())}};
}

std::string as_text() {
  std::string text;
  for (const Section& section : sections()) {
    text += fmt::format("{}{}:\n", text.empty() ? "" : "\n", section.title);
    for (const Entry& entry : section.entries)
      text += fmt::format("  {:<15} {}\n", entry.name, entry.summary);
  }
  return text + "  ...             or requests such as 'zeroes, write ; flush', or a file\n";
}

std::string as_json() {
  nlohmann::ordered_json document = {{"format", "simcheck-list"}, {"version", 1}};
  for (const Section& section : sections()) {
    auto& entries = document[section.key] = nlohmann::ordered_json::array();
    for (const Entry& entry : section.entries)
      entries.push_back({{"name", entry.name}, {"summary", entry.summary}});
  }
  return document.dump(2) + "\n";
}

}  // namespace

void add_list_command(CLI::App& app) {
  CLI::App* command =
      app.add_subcommand("list", "Drivers, properties, strategies and workloads by name");
  auto json = std::make_shared<bool>(false);
  command->add_flag("--json", *json, "as one JSON document")->disable_flag_override();
  command->callback([json] { print(*json ? as_json() : as_text()); });
}

}  // namespace simcheck::cli
