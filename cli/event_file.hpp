// A file that grows by whole lines, for whoever follows a run: unlike other outputs it is there
// from the beginning, and keeps what was written when the process is killed.
#pragma once

#include <string>
#include <string_view>

namespace simcheck::cli {

inline constexpr std::string_view kStandardOutput = "-";

class EventFile {
 public:
  /// Empties the file, or opens a pipe; "-" is standard output. Throws UsageError.
  explicit EventFile(const std::string& path);
  ~EventFile();
  EventFile(const EventFile&) = delete;
  EventFile& operator=(const EventFile&) = delete;

  /// Hands the line, which ends in a newline, to the system. Once that fails nothing is written any
  /// more, and of a line that was written in part nothing stays in a regular file.
  void write(std::string_view line);

  /// Throws UsageError if a line could not be written. That nobody reads the pipe any more is no
  /// failure.
  void require_written() const;

 private:
  void fail(int error);

  std::string shown_path_;
  std::string failure_;     // empty: none
  bool is_closed_ = false;  // by the reader
  bool is_regular_ = false;
  int fd_ = -1;
};

}  // namespace simcheck::cli
