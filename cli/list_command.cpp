#include "cli/list_command.hpp"

#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/catalog.hpp"
#include "cli/option_values.hpp"
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
          {"faults", "Faults (--faults)", entries_of(all_fault_names())},
          {"workloads", "Workloads (--workload)", entries_of(all_workload_sets())}};
}

// One of them, or all if `what` is empty.
std::vector<Section> chosen_sections(const std::string& what) {
  std::vector<Section> all = sections();
  if (what.empty()) return all;
  std::vector<std::string> keys;
  for (const Section& section : all) {
    if (section.key == what) return {section};
    keys.push_back(section.key);
  }
  refuse_choice(what, keys);
}

std::string as_text(const std::vector<Section>& chosen) {
  std::string text;
  for (const Section& section : chosen) {
    text += fmt::format("{}{}:\n", text.empty() ? "" : "\n", section.title);
    for (const Entry& entry : section.entries)
      text += fmt::format("  {:<17} {}\n", entry.name, entry.summary);
    if (section.key == "workloads")
      text +=
          fmt::format("  {:<17} or requests such as 'zeroes, write ; flush', or a file\n", "...");
  }
  return text;
}

std::string as_json(const std::vector<Section>& chosen) {
  nlohmann::ordered_json document = {{"format", "simcheck-list"}, {"version", 1}};
  for (const Section& section : chosen) {
    auto& entries = document[section.key] = nlohmann::ordered_json::array();
    for (const Entry& entry : section.entries)
      entries.push_back({{"name", entry.name}, {"summary", entry.summary}});
  }
  return document.dump(2) + "\n";
}

}  // namespace

void add_list_command(CLI::App& app) {
  CLI::App* command =
      app.add_subcommand("list", "Drivers, properties, strategies, faults and workloads");
  auto json = std::make_shared<bool>(false);
  auto what = std::make_shared<std::string>();
  command->add_option("WHAT", *what, "drivers, properties, strategies, faults or workloads")
      ->option_text(" ");
  command->add_flag("--json", *json, "as one JSON document")->disable_flag_override();
  command->callback([json, what] {
    const auto chosen = chosen_sections(*what);
    print(*json ? as_json(chosen) : as_text(chosen));
  });
}

}  // namespace simcheck::cli
