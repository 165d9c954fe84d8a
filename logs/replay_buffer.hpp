// A source seen through one large window that moves forward: many entries cost one mapping, or one
// read into a buffer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "logs/image.hpp"

namespace simcheck::logs {

class BufferedSource final : public ByteSource {
 public:
  // `before_refill` is called before spans given out by view() become invalid.
  BufferedSource(const ByteSource& source, std::function<void()> before_refill);

  std::uint64_t size() const override { return source_.size(); }
  bool read(std::uint64_t offset, std::span<std::byte> to) const override;
  std::uint64_t next_data(std::uint64_t offset) const override { return source_.next_data(offset); }
  std::optional<std::uint64_t> cut_short_at() const override { return source_.cut_short_at(); }

  // Whether read() moves the window; off for whoever looks at little of what lies ahead.
  void read_ahead(bool on) { reads_ahead_ = on; }

  // Some of the bytes from `offset` on, at least one and at most `limit`; all of them where they
  // fit the window. Empty when the medium fails. To be handled as mapped ones (mapping.hpp).
  // Requires offset < size() and limit > 0.
  std::span<const std::byte> view(std::uint64_t offset, std::uint64_t limit) const;

 private:
  bool holds(std::uint64_t offset, std::uint64_t bytes) const {
    return offset >= begin_ && bytes <= window_.size() && offset - begin_ <= window_.size() - bytes;
  }
  bool refill(std::uint64_t offset) const;

  const ByteSource& source_;
  std::function<void()> before_refill_;
  // Reading leaves the source as it is; what of it is at hand changes.
  mutable std::span<const std::byte> window_;  // of what is mapped, or of the buffer
  mutable std::uint64_t begin_ = 0;
  mutable Mapping mapping_;
  mutable std::vector<std::byte> buffer_;  // for sources that cannot be mapped
  bool reads_ahead_ = true;
};

}  // namespace simcheck::logs
