#include "logs/replay_batch.hpp"

namespace simcheck::logs {
namespace {

constexpr std::size_t kBatchedMax = 256;

}  // namespace

void WriteBatch::add(std::uint64_t entry, std::uint64_t offset, std::span<const std::byte> bytes) {
  if (bytes.empty()) return;
  if (offset != end_ || pieces_.size() == kBatchedMax) flush();
  if (pieces_.empty()) begin_ = end_ = offset;
  pieces_.push_back(bytes);
  entries_.push_back(entry);
  end_ += bytes.size();
}

void WriteBatch::flush() {
  if (pieces_.empty()) return;
  if (!failure_) {
    const Written written = target_.write(begin_, pieces_);
    if (written.error != 0) {
      std::size_t failed = 0;
      for (std::uint64_t left = written.bytes; failed + 1 < pieces_.size(); ++failed) {
        if (left < pieces_[failed].size()) break;
        left -= pieces_[failed].size();
      }
      failure_ = {entries_[failed], begin_ + written.bytes, written.error};
    }
  }
  pieces_.clear();
  entries_.clear();
  begin_ = end_ = 0;
}

}  // namespace simcheck::logs
