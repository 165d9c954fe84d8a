#include "sim/tape.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "sim/arena.hpp"

namespace simcheck::sim {

Tapes::Tapes() {
  const ArenaScope heap(nullptr);
  reels_ = std::make_unique<std::vector<std::unique_ptr<Reel>>>();
}

Tapes::Reel& Tapes::add(Reel reel, std::uint32_t& own_length) {
  const ArenaScope heap(nullptr);
  const std::size_t number = reels_->size();
  reel.length = number < kCountedMax ? &lengths_[number] : &own_length;
  return *reels_->emplace_back(std::make_unique<Reel>(std::move(reel)));
}

void Tapes::Reel::grow() {
  const ArenaScope heap(nullptr);
  const std::size_t larger = std::max<std::size_t>(32, 2 * capacity);
  auto items = std::make_unique_for_overwrite<std::byte[]>(larger * item_bytes);
  // All of them: behind the length may be what comes once more.
  if (capacity > 0) std::memcpy(items.get(), bytes.get(), capacity * item_bytes);
  bytes = std::move(items);
  capacity = larger;
}

void Tapes::keep() {
  for (const auto& reel : *reels_) {
    const std::byte* const items = reel->bytes.get();
    reel->kept.assign(items, items + *reel->length * reel->item_bytes);
  }
}

void Tapes::put_back() {
  for (const auto& reel : *reels_) {
    std::copy(reel->kept.begin(), reel->kept.end(), reel->bytes.get());
  }
}

Tapes::Copy Tapes::copy() const {
  Copy copy;
  for (const auto& reel : *reels_) {
    const std::byte* const items = reel->bytes.get();
    copy.emplace_back(items, items + *reel->length * reel->item_bytes);
  }
  return copy;
}

bool Tapes::are_equal(const Copy& items) const {
  return std::ranges::equal(*reels_, items, [](const auto& reel, const auto& others) {
    return others.size() == *reel->length * reel->item_bytes &&
           reel->equal(others.data(), reel->bytes.get(), *reel->length);
  });
}

}  // namespace simcheck::sim
