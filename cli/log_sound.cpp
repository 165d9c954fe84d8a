#include "cli/log_sound.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include <utility>
#include <variant>

#include "cli/did_you_mean.hpp"
#include "cli/log_tool.hpp"
#include "cli/terminal.hpp"
#include "cli/usage_error.hpp"
#include "cli/wrong_file.hpp"
#include "logs/rules.hpp"
#include "logs/walk.hpp"

namespace simcheck::cli {
namespace {

bool is_error(const logs::Finding& finding) {
  return finding.rule->severity == logs::Severity::kError;
}

BrokenRules rules_of(const std::vector<logs::Finding>& findings) {
  BrokenRules broken;  // those of one rule follow one another
  for (const logs::Finding& finding : findings)
    if (is_error(finding) && (broken.empty() || broken.back() != finding.rule->id))
      broken.push_back(finding.rule->id);
  return broken;
}

}  // namespace

SoundLog open_log(const std::string& path) {
  SoundLog log{open_image(path), {}};
  const auto super = logs::read_sound_superblock(*log.source);
  if (const auto* error = std::get_if<logs::Error>(&super)) wrong_file(path, error->message);
  log.super = std::get<logs::Superblock>(super);
  return log;
}

BrokenRules require_sound(const SoundLog& log, const std::string& path, bool force,
                          logs::WalkObserver* observer) {
  const auto judged = logs::verify(*log.source, {.observer = observer});
  if (const auto* error = std::get_if<logs::Error>(&judged)) wrong_file(path, error->message);
  const auto& findings = std::get<logs::Verdict>(judged).findings;
  const auto found = std::ranges::find_if(findings, is_error);
  if (found == findings.end()) return {};
  const std::string what =
      fmt::format("the log does not verify ({}): {}", found->rule->id, found->message);
  if (!force)
    wrong_file(path, what +
                         "; --force goes as far as it can be read, `simcheck log salvage` makes "
                         "a log that verifies");
  note(fmt::format("{}: {}", in_quotes(path), what));
  return rules_of(findings);
}

std::string not_verified_in_words(const BrokenRules& broken) {
  if (broken.empty()) return "";
  return fmt::format(
      "the log does not verify ({}): this is no proof, for its entries may not be what was "
      "written\n",
      fmt::join(broken, ", "));
}

}  // namespace simcheck::cli
