// A log that is to be acted upon, and therefore has to verify first.
#pragma once

#include <memory>
#include <string>

#include "logs/format.hpp"
#include "logs/image.hpp"

namespace simcheck::cli {

struct SoundLog {
  std::unique_ptr<logs::FileSource> source;
  logs::Superblock super;
};

/// Opens and judges the image at `path`. Throws UsageError if it cannot be read, has no usable
/// superblock, or breaks a rule; the last of these becomes a note on standard error with `force`.
SoundLog open_sound_log(const std::string& path, bool force);

}  // namespace simcheck::cli
