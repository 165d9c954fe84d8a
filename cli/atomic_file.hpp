// A file that appears whole or not at all.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace simcheck::cli {

/// Throws UsageError for '-', which here is no standard output.
void require_real_name(const std::string& path);

/// Throws UsageError unless a file can be put at `path`: not at '-', with `force` in place of one
/// that is there, without it only where there is none.
void require_replaceable(const std::string& path, bool force);

/// Collects what is written in a temporary file beside `path`, which takes its place on commit(),
/// durably; otherwise it is removed again and what was at `path` stays. Blocks of zeroes become
/// holes. A symbolic link is followed; the permissions of what is replaced stay, and its owner if
/// that is allowed. Everything throws UsageError with the path and the reason.
class AtomicFile {
 public:
  /// Refuses a path that is something else than a regular file or cannot be created.
  explicit AtomicFile(const std::string& path);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  /// Appends.
  void write(std::span<const std::byte> bytes);
  void write_zeroes(std::uint64_t bytes) { size_ += bytes; }
  void commit();

 private:
  void open_temporary();
  void set_permissions();
  void name_temporary();
  [[noreturn]] void fail(int error) const;

  std::string shown_path_;  // as the user gave it
  std::string path_;
  std::string temporary_;
  std::uint64_t size_ = 0;
  int fd_ = -1;
  bool is_nameless_ = false;  // the temporary file: there is no link to it yet
};

}  // namespace simcheck::cli
