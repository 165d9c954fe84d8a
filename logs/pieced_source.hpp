// A source made of pieces of another: stretches of it, zeroes, and a few bytes of its own.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "logs/image.hpp"

namespace simcheck::logs {

class PiecedSource final : public ByteSource {
 public:
  // `base` outlives the source; `owner` keeps it alive if need be.
  explicit PiecedSource(const ByteSource& base, std::shared_ptr<const ByteSource> owner = nullptr)
      : base_(base), owner_(std::move(owner)) {}

  void append_bytes(std::span<const std::byte> bytes);
  // Requires that the stretch lies within the base.
  void append_stretch(std::uint64_t offset, std::uint64_t bytes);
  void append_zeroes(std::uint64_t bytes);

  std::uint64_t size() const override { return size_; }
  bool read(std::uint64_t offset, std::span<std::byte> to) const override;
  std::uint64_t next_data(std::uint64_t offset) const override;

 private:
  enum class Kind { kBytes, kStretch, kZeroes };
  struct Piece {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    Kind kind = Kind::kZeroes;
    std::uint64_t from = 0;  // in the base
    std::vector<std::byte> bytes{};
  };

  void append(Piece piece, std::uint64_t bytes);
  // The piece that holds a byte. Requires offset < size().
  std::size_t piece_at(std::uint64_t offset) const;
  std::uint64_t next_data_in(const Piece& piece, std::uint64_t offset) const;

  const ByteSource& base_;
  std::shared_ptr<const ByteSource> owner_;
  std::vector<Piece> pieces_;
  std::uint64_t size_ = 0;
};

}  // namespace simcheck::logs
