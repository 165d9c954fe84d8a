// All rules in one list, and their severities by name.
#include <algorithm>

#include "logs/rules.hpp"

namespace simcheck::logs {

// The groups, each in its file rules_<group>.cpp.
std::span<const Rule> superblock_rules();
std::span<const Rule> swallowed_rules();
std::span<const Rule> hole_rules();
std::span<const Rule> header_rules();
std::span<const Rule> blank_rules();
std::span<const Rule> data_rules();
std::span<const Rule> entry_rules();
std::span<const Rule> producer_rules();
std::span<const Rule> remark_rules();

std::span<const Rule> all_rules() {
  static const std::vector<Rule> rules = [] {
    std::vector<Rule> all;
    for (const auto group :
         {superblock_rules(), swallowed_rules(), hole_rules(), header_rules(), blank_rules(),
          data_rules(), entry_rules(), producer_rules(), remark_rules()}) {
      all.insert(all.end(), group.begin(), group.end());
    }
    return all;
  }();
  return rules;
}

const Rule* find_rule(std::string_view id) {
  const auto rules = all_rules();
  const auto at =
      std::find_if(rules.begin(), rules.end(), [&](const Rule& rule) { return rule.id == id; });
  return at == rules.end() ? nullptr : &*at;
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

}  // namespace simcheck::logs
