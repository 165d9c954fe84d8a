#include "cli/list_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "cli/catalog.hpp"
#include "cli/output.hpp"

namespace simcheck::cli {
namespace {

struct Entry {
  std::string name, summary;
  std::optional<bool> is_default{};  // of properties
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

// race-free is checked by default where there are several threads.
std::vector<Entry> properties(bool by_default) {
  std::vector<Entry> entries;
  for (const properties::PropertyInfo& info : all_properties()) {
    if (is_default(info, /*threads=*/2) == by_default)
      entries.push_back({std::string(info.name), std::string(info.summary), by_default});
  }
  return entries;
}

// Two of one key are one list in JSON.
std::vector<Section> sections() {
  return {{"drivers", "Drivers (--driver)", entries_of(all_drivers())},
          {"properties", "Properties (--property), checked by default", properties(true)},
          {"properties", "Properties on request (--property)", properties(false)},
          {"strategies", "Strategies (--strategy)", entries_of(all_strategies())},
          {"workloads", "Workloads (--workload)", entries_of(all_workload_sets())}};
}

std::vector<Section> sections(const std::string& wanted) {
  std::vector<Section> all = sections();
  if (wanted.empty()) return all;
  static constexpr const char* kNames = "drivers, properties, strategies, workloads";
  std::erase_if(all, [&](const Section& section) { return section.key != wanted; });
  if (all.empty())
    throw UsageError(fmt::format("unknown list {}; there are {}", in_quotes(wanted), kNames));
  return all;
}

std::string as_text(const std::vector<Section>& sections) {
  std::string text;
  for (const Section& section : sections) {
    text += fmt::format("{}{}:\n", text.empty() ? "" : "\n", section.title);
    std::size_t width = 15;
    for (const Entry& entry : section.entries) width = std::max(width, entry.name.size());
    for (const Entry& entry : section.entries)
      text += fmt::format("  {:<{}} {}\n", entry.name, width, entry.summary);
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
      if (entry.is_default) entries.back()["default"] = *entry.is_default;
    }
  }
  return document.dump(2) + "\n";
}

}  // namespace

void add_list_command(CLI::App& app) {
  CLI::App* command =
      app.add_subcommand("list", "Drivers, properties, strategies and workloads by name");
  auto json = std::make_shared<bool>(false);
  command->add_flag("--json", *json, "as one JSON document")->disable_flag_override();
  auto wanted = std::make_shared<std::string>();
  command->add_option("WHAT", *wanted, "drivers, properties, strategies or workloads; else all")
      ->option_text(" ");
  command->callback([json, wanted] {
    const auto shown = sections(*wanted);
    print(*json ? as_json(shown) : as_text(shown));
  });
}

}  // namespace simcheck::cli
