#include "cli/rule_selection.hpp"

#include <algorithm>
#include <set>

#include "cli/option_values.hpp"

namespace simcheck::cli {
namespace {

using logs::Rule;

// What a word of the list stands for.
std::vector<const Rule*> rules_named(const std::string& word) {
  std::vector<const Rule*> named;
  std::vector<std::string> words = {"all", "error", "warning", "note"};
  for (const Rule& rule : logs::all_rules()) {
    words.emplace_back(rule.id);
    if (word == "all" || word == rule.id || word == name(rule.severity)) named.push_back(&rule);
  }
  if (named.empty()) {
    const std::string hint = did_you_mean(word, words);
    throw UsageError(in_quotes(word) + " is no rule, nor all, error, warning or note" +
                     (hint.empty() ? "; 'simcheck list rules' lists them" : hint));
  }
  return named;
}

}  // namespace

std::vector<const Rule*> read_rules(const std::string& text) {
  std::set<const Rule*> chosen;  // in the order of the list, for they are its elements
  bool first = true;
  for (const std::string& part : list_of(text)) {
    const bool leaves_out = part.starts_with('-');
    if (first && leaves_out) {
      for (const Rule& rule : logs::all_rules()) chosen.insert(&rule);
    }
    first = false;
    for (const Rule* rule : rules_named(leaves_out ? part.substr(1) : part)) {
      if (leaves_out) {
        chosen.erase(rule);
      } else {
        chosen.insert(rule);
      }
    }
  }
  if (chosen.empty()) throw UsageError(in_quotes(text) + " leaves no rule");
  return {chosen.begin(), chosen.end()};
}

}  // namespace simcheck::cli
