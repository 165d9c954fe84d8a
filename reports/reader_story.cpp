#include "reports/reader_story.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "reports/log_layout.hpp"
#include "reports/plain_text.hpp"

namespace simcheck::reports {
namespace {

using Names = std::vector<std::string>;

std::string entries_of(const Names& lanes) {
  return fmt::format("the {} of {}", lanes.size() == 1 ? "entry" : "entries", joined(lanes));
}

std::string found_at(const model::Trace& trace, std::uint64_t sector) {
  for (const model::PlacedEntry& entry : trace.entries) {
    if (data_lies_at(entry, sector)) {
      return "data of " + printable(trace.lanes.at(entry.lane).name);
    }
  }
  return "nothing";
}

}  // namespace

std::string reader_story(const model::Trace& trace) {
  const Walk path = walk(trace.entries, trace.first_log_sector);
  if (path.met.size() == trace.entries.size()) return "";
  Names met, missed;
  for (std::size_t i = 0; i < trace.entries.size(); ++i) {
    const bool is_met = std::ranges::find(path.met, i) != path.met.end();
    (is_met ? met : missed).push_back(printable(trace.lanes.at(trace.entries[i].lane).name));
  }
  const std::string start = met.empty()
                                ? "looks for the first header"
                                : "finds " + entries_of(met) + ", looks for the next header";
  return fmt::format("A reader who trusts the headers {} in sector {} and meets {}; {} never seen.",
                     start, path.stops_at, found_at(trace, path.stops_at),
                     entries_of(missed) + (missed.size() == 1 ? " is" : " are"));
}

}  // namespace simcheck::reports
