#include "logs/rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace simcheck::logs {
namespace {

std::uint64_t kept_max(const Rule& rule) {
  return rule.severity == Severity::kNote ? Findings::kNotesKeptMax : Findings::kKeptMax;
}

}  // namespace

std::uint64_t& Findings::found_by_rule() {
  const auto at = std::find_if(found_.begin(), found_.end(),
                               [&](const auto& found) { return found.first == rule_; });
  if (at != found_.end()) return at->second;
  return found_.emplace_back(rule_, 0).second;
}

bool Findings::wants_more() {
  if (found_by_rule() < kept_max(*rule_)) return true;
  ++found_by_rule();
  return false;
}

void Findings::count_and_keep(Finding finding) {
  if (found_by_rule()++ < kept_max(*rule_)) kept_.push_back(std::move(finding));
}

void Findings::add(std::string message) {
  count_and_keep({rule_, std::nullopt, std::nullopt, std::move(message)});
}

void Findings::add(const Entry& at, std::string message) {
  count_and_keep({rule_, at.index, at.log_sector, std::move(message)});
}

std::vector<Finding> Findings::take() {
  for (const auto& [rule, found] : found_) {
    if (found <= kept_max(*rule)) continue;
    const std::uint64_t more = found - kept_max(*rule);
    if (rule->severity != Severity::kNote) {
      kept_.push_back(
          {rule, std::nullopt, std::nullopt, fmt::format("{} more of these are not shown", more)});
      continue;
    }
    const Rule* const noted = rule;
    const auto first = std::find_if(kept_.begin(), kept_.end(),
                                    [&](const Finding& kept) { return kept.rule == noted; });
    first->message += fmt::format(" ({} more of these)", more);
  }
  // All rules are elements of one list.
  std::stable_sort(kept_.begin(), kept_.end(),
                   [](const Finding& a, const Finding& b) { return a.rule < b.rule; });
  return std::move(kept_);
}

}  // namespace simcheck::logs
