// The input as a file, for readers that take a path. It lies in memory and is used again and again.
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <string>

#include "tests/fuzz/harness.hpp"

namespace simcheck::fuzz {

// The path of a file with these contents, until the next call.
inline std::string input_file(std::span<const std::byte> bytes) {
  static const int fd = ::memfd_create("input", MFD_CLOEXEC);
  require(fd >= 0, "memfd_create() works");
  const bool written = ::ftruncate(fd, 0) == 0 && ::pwrite(fd, bytes.data(), bytes.size(), 0) ==
                                                      static_cast<ssize_t>(bytes.size());
  require(written, "a file in memory can be written");
  return "/proc/self/fd/" + std::to_string(fd);
}

}  // namespace simcheck::fuzz
