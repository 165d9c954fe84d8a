// CrashSectors::apply(): chosen versions of disk sectors, written to a copy.
#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "logs/crash_sectors.hpp"

namespace simcheck::logs {
namespace {

constexpr std::uint64_t kJoinedBytes = 1 << 20;   // written at a time
constexpr std::uint64_t kPunchedBytes = 1 << 16;  // of zeroes become a hole

// Writes neighbours together.
class Joiner {
 public:
  explicit Joiner(ReplayTarget& copy) : copy_(copy) {}

  // All return an errno, 0 if it is done.
  int write(std::uint64_t offset, const std::vector<std::byte>& bytes) {
    if (bytes.size() >= kPunchedBytes && all_zero(bytes)) return zero(offset, bytes.size());
    if (offset != begin_ + run_.size() || run_.size() >= kJoinedBytes) {
      if (const int error = flush(); error != 0) return error;
      begin_ = offset;
    }
    run_.insert(run_.end(), bytes.begin(), bytes.end());
    return 0;
  }
  int zero(std::uint64_t offset, std::uint64_t bytes) {
    const int error = flush();
    return error != 0 ? error : copy_.zero(offset, bytes);
  }
  int flush() {
    const std::span<const std::byte> piece(run_);
    const int error = run_.empty() ? 0 : copy_.write(begin_, std::span(&piece, 1)).error;
    run_.clear();
    return error;
  }

 private:
  ReplayTarget& copy_;
  std::vector<std::byte> run_;
  std::uint64_t begin_ = 0;
};

}  // namespace

std::optional<Error> CrashSectors::apply(const std::vector<Part>& chosen,
                                         ReplayTarget& copy) const {
  const CrashContents contents = this->contents();
  Joiner joiner(copy);
  std::vector<std::byte> bytes;
  int failed = 0;
  for (const Part& part : chosen) {
    const std::vector<std::uint32_t> writes = writes_up_to(part);
    std::uint64_t at = contents.begin_of(part.begin);
    const std::uint64_t end = contents.end_of(part.end - 1);
    if (point_->pending[writes.back()].discard && contents.covers(writes.back(), at, end)) {
      failed = joiner.zero(at, end - at);
      at = end;
    }
    for (; failed == 0 && at < end; at += bytes.size()) {
      bytes.resize(static_cast<std::size_t>(std::min(kJoinedBytes, end - at)));
      if (!contents.read(writes, at, bytes))
        return Error{"the log or the base image cannot be read"};
      failed = joiner.write(at, bytes);
    }
    if (failed != 0) break;
  }
  if (failed == 0) failed = joiner.flush();
  if (failed == 0) return std::nullopt;
  return Error{fmt::format("the copy cannot be written: {}", std::strerror(failed))};
}

}  // namespace simcheck::logs
