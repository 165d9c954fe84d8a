// What is only right on a terminal: its width, and a line that tells of progress.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include "model/check.hpp"

namespace simcheck::cli {

/// The columns to lay out standard output for: the terminal's (COLUMNS may say that it has others),
/// at most 100; or 100 if it is none, so that what goes to files and pipes looks the same
/// everywhere.
std::size_t output_width();

enum class ColorChoice : std::uint8_t {
  kAuto,  ///< on a terminal that has some, unless NO_COLOR asks for none
  kAlways,
  kNever
};

/// "auto", "always" or "never". Throws UsageError.
ColorChoice read_color_choice(const std::string& text);

/// Is standard output to be coloured?
bool is_output_coloured(ColorChoice choice);

/// Tells the user something on standard error, on a line of its own.
void note(const std::string& text);

/// Is standard error a terminal? Then it may be told what a run cost.
bool is_watched();

/// One line on standard error that is written over again and again, and gone with the object.
/// Nothing at all if standard error is no terminal, if that is dumb, or if `wanted` is false.
class ProgressLine {
 public:
  explicit ProgressLine(bool wanted);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  /// To be called with progress; empty if there is nothing to show it on.
  std::function<void(const model::Progress&)> callback();

  /// Shows `text` now, cut to the terminal's width, if there is anything to show it on.
  void show(const std::string& text);

 private:
  bool shown_ = false;
  bool wanted_;
};

}  // namespace simcheck::cli
