#include "cli/list_command.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/catalog.hpp"
#include "cli/option_values.hpp"
#include "cli/output.hpp"
#include "logs/rules.hpp"

namespace simcheck::cli {
namespace {

struct Entry {
  std::string name, summary;
  std::optional<bool> is_default{};  // of properties
  const char* with = nullptr;        // the option that this is so with, if there is one
  std::string severity{};            // of rules
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

// Those that are checked by default, but only with that option ("" for always); or those that are
// not.
std::vector<Entry> property_entries(bool by_default, std::string_view option = "") {
  std::vector<Entry> entries;
  for (const properties::PropertyInfo& info : all_properties()) {
    const char* const needed = needed_by(info, {});
    const bool is_so = needed != nullptr || is_default(info, {});
    if (is_so != by_default || (needed == nullptr ? "" : needed) != option) continue;
    entries.push_back({.name = std::string(info.name),
                       .summary = std::string(info.summary),
                       .is_default = is_so,
                       .with = needed});
  }
  return entries;
}

// By default, by the options that they need for it, and on request.
std::vector<Section> property_sections() {
  const std::string title = "Properties (--property), checked by default";
  std::vector<Section> sections = {{"properties", title, property_entries(true)}};
  for (const char* const option : {"--threads 2", "--faults eio=1", "--faults cut"})
    sections.push_back(
        {"properties", fmt::format("{} with {}", title, option), property_entries(true, option)});
  sections.push_back({"properties", "Properties on request (--property)", property_entries(false)});
  std::erase_if(sections, [](const Section& section) { return section.entries.empty(); });
  return sections;
}

std::vector<Entry> rules() {
  std::vector<Entry> entries;
  for (const logs::Rule& rule : logs::all_rules()) {
    entries.push_back({.name = std::string(rule.id),
                       .summary = std::string(rule.summary),
                       .severity = std::string(name(rule.severity))});
  }
  return entries;
}

// Those of one key are one list in JSON.
std::vector<Section> sections() {
  std::vector<Section> all = {{"drivers", "Drivers (--driver)", entries_of(all_drivers())}};
  for (Section& section : property_sections()) all.push_back(std::move(section));
  for (Section& section : std::vector<Section>{
           {"strategies", "Strategies (--strategy)", entries_of(all_strategies())},
           {"faults", "Faults (--faults)", entries_of(all_fault_names())},
           {"recoveries", "Recoveries (--recovery)", entries_of(all_recoveries())},
           {"workloads", "Workloads (--workload)", entries_of(all_workload_sets())},
           {"rules", "Rules of 'simcheck log verify' (--rules)", rules()}})
    all.push_back(std::move(section));
  return all;
}

// One of them (several, if it has parts), or all if `what` is empty.
std::vector<Section> chosen_sections(const std::string& what) {
  std::vector<Section> all = sections();
  if (what.empty()) return all;
  const std::vector<std::string> keys = what_can_be_listed();
  if (std::ranges::find(keys, what) == keys.end()) refuse_choice(what, keys);
  std::erase_if(all, [&](const Section& section) { return section.key != what; });
  return all;
}

std::string as_text(const std::vector<Section>& sections) {
  std::string text;
  for (const Section& section : sections) {
    text += fmt::format("{}{}:\n", text.empty() ? "" : "\n", section.title);
    std::size_t width = 15;
    for (const Entry& entry : section.entries) width = std::max(width, entry.name.size());
    for (const Entry& entry : section.entries) {
      const std::string severity =
          entry.severity.empty() ? "" : fmt::format("{:<8} ", entry.severity);
      text += fmt::format("  {:<{}} {}{}\n", entry.name, width, severity, entry.summary);
    }
    if (section.key == "workloads")
      text += "  ...             or requests such as 'zeroes, write ; flush', or a file\n";
  }
  return text;
}

std::string as_json(const std::vector<Section>& sections) {
  nlohmann::ordered_json document = {{"format", "simcheck-list"}, {"version", 1}};
  for (const Section& section : sections) {
    auto& entries = document[section.key];
    if (entries.is_null()) entries = nlohmann::ordered_json::array();
    for (const Entry& entry : section.entries) {
      entries.push_back({{"name", entry.name}, {"summary", entry.summary}});
      if (!entry.severity.empty()) entries.back()["severity"] = entry.severity;
      if (entry.is_default) entries.back()["default"] = *entry.is_default;
      if (entry.with != nullptr) entries.back()["with"] = entry.with;
    }
  }
  return document.dump(2) + "\n";
}

}  // namespace

std::vector<std::string> what_can_be_listed() {
  std::vector<std::string> keys;
  for (const Section& section : sections()) {
    if (keys.empty() || keys.back() != section.key) keys.push_back(section.key);
  }
  return keys;
}

void add_list_command(CLI::App& app) {
  CLI::App* command =
      app.add_subcommand("list", "What --driver, --property and other options can name");
  auto json = std::make_shared<bool>(false);
  auto what = std::make_shared<std::string>();
  command
      ->add_option("WHAT", *what,
                   "drivers, properties, strategies, faults, recoveries,\nworkloads or rules")
      ->option_text(" ");
  command->add_flag("--json", *json, "as one JSON document")->disable_flag_override();
  command->callback([json, what] {
    const auto chosen = chosen_sections(*what);
    print(*json ? as_json(chosen) : as_text(chosen));
  });
}

}  // namespace simcheck::cli
