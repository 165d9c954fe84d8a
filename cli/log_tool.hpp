// What the tools of `simcheck log` share: opening an image, and output that may be long.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "logs/image.hpp"
#include "logs/walk.hpp"

namespace simcheck::cli {

constexpr int kExitSound = 0;
constexpr int kExitUnsound = 1;

/// The image, read-only. Throws UsageError, naming the path and the reason.
std::unique_ptr<logs::FileSource> open_image(const std::string& path);

/// Of a tool that follows the headers: kExitSound, or, if they could be followed up to this entry
/// only, kIncomplete, which is then said on standard error.
int exit_status_of(const std::string& image, const std::optional<logs::Entry>& stopped);
/// The words for that.
std::string cannot_follow(const logs::Entry& stopped);

/// Collects pieces of output: entries come one by one and there may be millions.
class BufferedOutput {
 public:
  void operator()(std::string_view part);  ///< Throws OutputError.
  void flush();                            ///< Throws OutputError. Call it last.

 private:
  std::string text_;
};

}  // namespace simcheck::cli
