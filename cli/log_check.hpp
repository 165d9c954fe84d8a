// The user's check of an image: a shell command that passes or fails.
#pragma once

#include <atomic>
#include <string>

namespace simcheck::cli {

class ScratchFile;

struct CheckOutcome {
  bool passed = false;
  std::string how;     // "exit status 4", "killed by signal 11 (Segmentation fault)"
  std::string output;  // the end of what it printed, standard output and error mixed
};

class CheckCommand {
 public:
  /// `text` is run by `sh -c`, each {} in it being the image's path, quoted where it must be;
  /// within quotes, if it must be, it is another path of the same file. Throws UsageError if there
  /// is no {}.
  explicit CheckCommand(std::string text);

  /// Runs it, with nothing to read and SIMCHECK_ENTRY=`entry` in its environment. Throws UsageError
  /// if there is no such command (exit status 126 and 127), Interrupted when the flag is set: the
  /// command and what it started are then ended.
  CheckOutcome run(const ScratchFile& image, const std::string& entry,
                   const std::atomic<bool>& interrupted) const;

  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

/// The output, each line behind "  | "; nothing for none.
std::string quoted_output(const std::string& output);

}  // namespace simcheck::cli
