#include "cli/log_sound.hpp"

#include <fmt/format.h>

#include <utility>
#include <variant>

#include "cli/did_you_mean.hpp"
#include "cli/log_tool.hpp"
#include "cli/terminal.hpp"
#include "cli/usage_error.hpp"
#include "logs/rules.hpp"
#include "logs/walk.hpp"

namespace simcheck::cli {
namespace {

const logs::Finding* first_error(const logs::Verdict& verdict) {
  for (const logs::Finding& finding : verdict.findings) {
    if (finding.rule->severity == logs::Severity::kError) return &finding;
  }
  return nullptr;
}

[[noreturn]] void fail(const std::string& path, const std::string& what) {
  throw UsageError(fmt::format("{}: {}", in_quotes(path), what));
}

}  // namespace

SoundLog open_log(const std::string& path) {
  SoundLog log{open_image(path), {}};
  const auto super = logs::read_sound_superblock(*log.source);
  if (const auto* error = std::get_if<logs::Error>(&super)) fail(path, error->message);
  log.super = std::get<logs::Superblock>(super);
  return log;
}

void require_sound(const SoundLog& log, const std::string& path, bool force,
                   logs::WalkObserver* observer) {
  const auto judged = logs::verify(*log.source, {.observer = observer});
  if (const auto* error = std::get_if<logs::Error>(&judged)) fail(path, error->message);
  const logs::Finding* found = first_error(std::get<logs::Verdict>(judged));
  if (found == nullptr) return;
  const std::string what =
      fmt::format("the log does not verify ({}): {}", found->rule->id, found->message);
  if (!force) fail(path, what + "; --force goes as far as it can be read");
  note(fmt::format("{}: {}", in_quotes(path), what));
}

}  // namespace simcheck::cli
