#include "logs/rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace simcheck::logs {

// The groups, each in its file rules_<group>.cpp.
std::span<const Rule> superblock_rules();
std::span<const Rule> header_rules();
std::span<const Rule> swallowed_rules();
std::span<const Rule> blank_rules();
std::span<const Rule> remark_rules();

std::span<const Rule> all_rules() {
  static const std::vector<Rule> rules = [] {
    std::vector<Rule> all;
    for (const auto group :
         {superblock_rules(), swallowed_rules(), header_rules(), blank_rules(), remark_rules()}) {
      all.insert(all.end(), group.begin(), group.end());
    }
    return all;
  }();
  return rules;
}

std::string_view name(Severity severity) {
  switch (severity) {
    case Severity::kError:
      return "error";
    case Severity::kWarning:
      return "warning";
    case Severity::kNote:
      break;
  }
  return "note";
}

std::uint64_t& Findings::found_by_rule() {
  const auto at = std::find_if(found_.begin(), found_.end(),
                               [&](const auto& found) { return found.first == rule_; });
  if (at != found_.end()) return at->second;
  return found_.emplace_back(rule_, 0).second;
}

bool Findings::wants_more() {
  if (found_by_rule() < kKeptMax) return true;
  ++found_by_rule();
  return false;
}

void Findings::count_and_keep(Finding finding) {
  if (found_by_rule()++ < kKeptMax) kept_.push_back(std::move(finding));
}

void Findings::add(std::string message) {
  count_and_keep({rule_, std::nullopt, std::nullopt, std::move(message)});
}

void Findings::add(const Entry& at, std::string message) {
  count_and_keep({rule_, at.index, at.log_sector, std::move(message)});
}

std::vector<Finding> Findings::take() {
  for (const auto& [rule, found] : found_) {
    if (found <= kKeptMax) continue;
    kept_.push_back({rule, std::nullopt, std::nullopt,
                     fmt::format("{} more of these are not shown", found - kKeptMax)});
  }
  std::stable_sort(kept_.begin(), kept_.end(),
                   [](const Finding& a, const Finding& b) { return a.rule < b.rule; });
  return std::move(kept_);
}

std::uint64_t Verdict::count(Severity severity) const {
  return static_cast<std::uint64_t>(
      std::count_if(findings.begin(), findings.end(),
                    [&](const Finding& finding) { return finding.rule->severity == severity; }));
}

Result<Verdict> verify(const ByteSource& source) {
  Findings findings;
  std::vector<const Rule*> entry_rules;
  for (const Rule& rule : all_rules()) {
    if (rule.judge_entry != nullptr) entry_rules.push_back(&rule);
  }
  const Survey seen = survey(source, [&](SectorReader& reader, const Entry& entry) {
    for (const Rule* rule : entry_rules) {
      findings.begin(*rule);
      rule->judge_entry(reader, entry, findings);
    }
  });
  if (seen.unreadable_at) {
    return Error{
        fmt::format("the image cannot be read at byte {}: the medium fails or the file "
                    "was cut short meanwhile",
                    *seen.unreadable_at)};
  }
  const bool walked = seen.sectors != nullptr;
  const auto rules = walked ? all_rules() : all_rules().first(superblock_rules().size());
  for (const Rule& rule : rules) {
    findings.begin(rule);
    if (rule.judge != nullptr) rule.judge(seen, findings);
  }
  return Verdict{seen.bytes,   seen.super,      seen.sectors != nullptr,
                 seen.entries, seen.end_sector, walked ? seen.sectors->sectors() : 0,
                 rules,        findings.take()};
}

}  // namespace simcheck::logs
