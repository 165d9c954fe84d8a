// What the tools of `simcheck log` share: opening an image, and output that may be long.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "logs/image.hpp"

namespace simcheck::cli {

constexpr int kExitSound = 0;
constexpr int kExitUnsound = 1;

/// The image, read-only. Throws UsageError, naming the path and the reason.
std::unique_ptr<logs::FileSource> open_image(const std::string& path);

/// Collects pieces of output: entries come one by one and there may be millions.
class BufferedOutput {
 public:
  void operator()(std::string_view part);  ///< Throws OutputError.
  void flush();                            ///< Throws OutputError. Call it last.

 private:
  std::string text_;
};

}  // namespace simcheck::cli
