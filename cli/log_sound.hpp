// A log that is to be acted upon, and therefore has to verify first.
#pragma once

#include <memory>
#include <string>

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

/// Throws UsageError if it breaks a rule; with `force` that becomes a note on standard error.
/// `observer`, which may be null, sees the entries in passing.
void require_sound(const SoundLog& log, const std::string& path, bool force,
                   logs::WalkObserver* observer = nullptr);

}  // namespace simcheck::cli
