// A log that is to be acted upon, and therefore has to verify first.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "logs/format.hpp"
#include "logs/image.hpp"
#include "logs/survey.hpp"

namespace simcheck::cli {

struct SoundLog {  // once require_sound() has returned
  std::unique_ptr<logs::FileSource> source;
  logs::Superblock super;
};

/// Opens the image at `path`. Throws UsageError if it cannot be read or has no usable superblock.
SoundLog open_log(const std::string& path);

/// The rules that a log breaks which is acted upon all the same: what comes of it proves nothing.
using BrokenRules = std::vector<std::string_view>;

/// Throws UsageError if it breaks a rule; with `force` that becomes a note on standard error, and
/// those rules are returned. `observer`, which may be null, sees the entries in passing.
BrokenRules require_sound(const SoundLog& log, const std::string& path, bool force,
                          logs::WalkObserver* observer = nullptr);

/// One line that says so in the report; empty where the log verifies.
std::string not_verified_in_words(const BrokenRules& broken);

}  // namespace simcheck::cli
