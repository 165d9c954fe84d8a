#include "cli/log_filter.hpp"

#include <cctype>
#include <string>

#include "cli/option_values.hpp"
#include "cli/tool_options.hpp"

namespace simcheck::cli {
namespace {

void read_flags(const std::string& text, logs::EntryFilter& filter) {
  for (std::string part : list_of(text)) {
    for (char& c : part) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    const auto flag = read_choice<std::uint64_t>(part, {{"flush", logs::kFlagFlush},
                                                        {"fua", logs::kFlagFua},
                                                        {"discard", logs::kFlagDiscard},
                                                        {"mark", logs::kFlagMark},
                                                        {"metadata", logs::kFlagMetadata},
                                                        {"none", 0}});
    filter.any_flag |= flag;
    if (flag == 0) filter.no_flag = true;
  }
}

// "17" or "17-20".
logs::Range read_range(const std::string& text) {
  const std::size_t dash = text.find('-');
  const std::uint64_t first = read_number(text.substr(0, dash), 0, UINT64_MAX);
  if (dash == std::string::npos) return {first, first};
  return {first, read_number(text.substr(dash + 1), first, UINT64_MAX)};
}

}  // namespace

void add_filter_options(CLI::App& command, const std::shared_ptr<logs::EntryFilter>& filter) {
  add_value(command, "--flag", "NAME,...",
            "only entries with one of these: flush, fua, discard,\nmark, metadata, or none",
            [filter](const std::string& text) { read_flags(text, *filter); });
  add_value(command, "--from", "ENTRY", "only this entry and those behind it",
            [filter](const std::string& text) {
              filter->entries.first = read_number(text, 0, UINT64_MAX);
            });
  add_value(command, "--to", "ENTRY", "only this entry and those before it",
            [filter](const std::string& text) {
              filter->entries.last = read_number(text, 0, UINT64_MAX);
            });
  add_value(command, "--sector", "N[-N]",
            "only entries that write or discard these sectors of\nthe data device",
            [filter](const std::string& text) { filter->sectors = read_range(text); });
}

}  // namespace simcheck::cli
