// Copies of an image that are thrown away: a check may do to them what it likes.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

namespace simcheck::cli {

/// What was going on ended early because of Ctrl-C.
class Interrupted : public std::exception {};

/// Where copies of the file at `path` are best made: beside it, where it may share its blocks with
/// them; for what is no regular file, or no path at all, in the directory for temporary files.
std::string scratch_folder_for(const std::string& path);

/// Throws UsageError unless copies can be made in `folder`.
void require_scratch(const std::string& folder);

/// A file with a name of its own, gone with the object.
class ScratchFile {
 public:
  /// An empty file in `folder`, its name beginning with `stem`. The first one in a folder clears
  /// away what runs that were killed left there (log_leftovers.hpp). `advice` ends the messages.
  /// Throws UsageError.
  ScratchFile(const std::string& folder, const std::string& stem,
              const char* advice = "--scratch names another directory");
  ~ScratchFile();
  ScratchFile(ScratchFile&& other) noexcept;
  ScratchFile& operator=(ScratchFile&&) = delete;

  const std::string& path() const { return path_; }
  int fd() const { return fd_; }

  /// Becomes a copy of the open file or block device `fd`, which is `bytes` long and called `name`
  /// in messages: by sharing its blocks where the file system can (FICLONE), otherwise of its data
  /// without its holes. Throws UsageError, or Interrupted when the flag is set.
  void copy_from(int fd, std::uint64_t bytes, const std::string& name,
                 const std::atomic<bool>& interrupted);

  /// Renames it to `path`, for which require_keepable() holds (log_keep.hpp), so that it stays, no
  /// more readable than any of the files `sources`. Throws UsageError.
  void keep_as(const std::string& path, const std::vector<std::string>& sources);

 private:
  const char* advice_;
  std::string path_;
  int fd_ = -1;
};

}  // namespace simcheck::cli
