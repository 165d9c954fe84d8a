// A regular file or block device as the target of a replay.
#pragma once

#include <memory>
#include <string>

#include "logs/image.hpp"
#include "logs/replay_target.hpp"

namespace simcheck::logs {

class FileTarget final : public ReplayTarget {
 public:
  // For reading and writing; it must exist. A block device must not be in use (mounted, or part of
  // another device). An Error names the path and the reason.
  static Result<std::unique_ptr<FileTarget>> open(const std::string& path);

  ~FileTarget() override;
  FileTarget(const FileTarget&) = delete;
  FileTarget& operator=(const FileTarget&) = delete;

  bool is_device() const { return is_device_; }
  int fd() const { return fd_; }

  std::uint64_t size() const override { return size_; }
  Written write(std::uint64_t offset, std::span<const std::span<const std::byte>> pieces) override;
  int zero(std::uint64_t offset, std::uint64_t bytes) override;
  // A hole in a file, BLKDISCARD on a device.
  int discard(std::uint64_t offset, std::uint64_t bytes) override;
  int sync() override;

 private:
  FileTarget(int fd, bool is_device) : fd_(fd), is_device_(is_device) {}

  int write_zeroes(std::uint64_t offset, std::uint64_t bytes);
  int device_range(unsigned long request, std::uint64_t offset, std::uint64_t bytes);

  int fd_;
  bool is_device_;
  std::uint64_t size_ = 0;
  std::uint64_t block_bytes_ = 1;  // a device's ranges are multiples of it
};

}  // namespace simcheck::logs
