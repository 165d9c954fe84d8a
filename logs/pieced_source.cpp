#include "logs/pieced_source.hpp"

#include <algorithm>

namespace simcheck::logs {

void PiecedSource::append(Piece piece, std::uint64_t bytes) {
  if (bytes == 0) return;
  piece.begin = size_;
  size_ += bytes;
  piece.end = size_;
  pieces_.push_back(std::move(piece));
}

void PiecedSource::append_bytes(std::span<const std::byte> bytes) {
  append({.kind = Kind::kBytes, .bytes = {bytes.begin(), bytes.end()}}, bytes.size());
}

void PiecedSource::append_stretch(std::uint64_t offset, std::uint64_t bytes) {
  append({.kind = Kind::kStretch, .from = offset}, bytes);
}

void PiecedSource::append_zeroes(std::uint64_t bytes) { append({.kind = Kind::kZeroes}, bytes); }

std::size_t PiecedSource::piece_at(std::uint64_t offset) const {
  const auto behind =
      std::upper_bound(pieces_.begin(), pieces_.end(), offset,
                       [](std::uint64_t at, const Piece& piece) { return at < piece.end; });
  return static_cast<std::size_t>(behind - pieces_.begin());
}

bool PiecedSource::read(std::uint64_t offset, std::span<std::byte> to) const {
  if (to.empty()) return true;
  for (std::size_t i = piece_at(offset); !to.empty(); ++i) {
    const Piece& piece = pieces_[i];
    const std::uint64_t within = offset - piece.begin;
    const auto bytes =
        static_cast<std::size_t>(std::min<std::uint64_t>(to.size(), piece.end - offset));
    const auto part = to.first(bytes);
    if (piece.kind == Kind::kZeroes) {
      std::fill(part.begin(), part.end(), std::byte{0});
    } else if (piece.kind == Kind::kBytes) {
      std::copy_n(piece.bytes.begin() + static_cast<std::ptrdiff_t>(within), bytes, part.begin());
    } else if (!base_.read(piece.from + within, part)) {
      return false;
    }
    offset += bytes;
    to = to.subspan(bytes);
  }
  return true;
}

// The end of the piece when there is none in it.
std::uint64_t PiecedSource::next_data_in(const Piece& piece, std::uint64_t offset) const {
  if (piece.kind == Kind::kBytes) return offset;
  if (piece.kind == Kind::kZeroes) return piece.end;
  const std::uint64_t from = piece.from + (offset - piece.begin);
  return std::min(piece.end, offset + (base_.next_data(from) - from));
}

std::uint64_t PiecedSource::next_data(std::uint64_t offset) const {
  if (offset >= size_) return size_;
  for (std::size_t i = piece_at(offset); i < pieces_.size(); ++i) {
    const std::uint64_t data = next_data_in(pieces_[i], std::max(offset, pieces_[i].begin));
    if (data < pieces_[i].end) return data;
  }
  return size_;
}

}  // namespace simcheck::logs
