// Writes of entries that follow one another on the target, collected for one system call.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "logs/replay_target.hpp"

namespace simcheck::logs {

class WriteBatch {
 public:
  explicit WriteBatch(ReplayTarget& target) : target_(target) {}

  struct Failure {
    std::uint64_t entry = 0;   // the first one that is not wholly written
    std::uint64_t offset = 0;  // of the target
    int error = 0;
  };

  // The bytes stay valid until flush(). Writes at once what does not go with it. After a failure,
  // nothing is written any more.
  void add(std::uint64_t entry, std::uint64_t offset, std::span<const std::byte> bytes);
  void flush();

  // The first write that failed, if any.
  const std::optional<Failure>& failure() const { return failure_; }

 private:
  ReplayTarget& target_;
  std::vector<std::span<const std::byte>> pieces_;
  std::vector<std::uint64_t> entries_;  // of the pieces
  std::uint64_t begin_ = 0;
  std::uint64_t end_ = 0;
  std::optional<Failure> failure_;
};

}  // namespace simcheck::logs
