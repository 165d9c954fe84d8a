// A list that only grows along an execution, and lies outside of the arena.
//
// To go back to an earlier moment is to shorten it, since what was there then has not changed. So a
// checkpoint holds the length of such a list and not its items, and a transition that is run again
// need not append once more what it appended before (World::run_again).
//
// That is so along one path. Whoever leaves the path, or changes an item in place, has the items
// kept before and put back after it.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <type_traits>
#include <vector>

namespace simcheck::sim {

/// All tapes of a world. Their lengths lie in it, and with it in the arena; the items do not.
class Tapes {
 public:
  /// The most whose lengths are in lengths(). More than most worlds have.
  static constexpr std::size_t kCountedMax = 16;
  using Lengths = std::array<std::uint32_t, kCountedMax>;

  /// Where the items of one tape are.
  struct Reel {
    std::unique_ptr<std::byte[]> bytes;
    std::size_t capacity = 0;  // items
    std::size_t item_bytes = 0;
    std::uint32_t* length = nullptr;
    /// Are two runs of so many items equal?
    bool (*equal)(const std::byte* a, const std::byte* b, std::size_t items) = nullptr;
    std::vector<std::byte> kept;

    void grow();
  };

  Tapes();
  Tapes(const Tapes&) = delete;

  /// A new one. Its length is the one given if there are more than kCountedMax.
  Reel& add(Reel reel, std::uint32_t& own_length);

  /// Of each tape, by the order in which they were made.
  const Lengths& lengths() const { return lengths_; }
  /// Shortens or lengthens them all: to what they were at another moment of the same path.
  void set_lengths(const Lengths& lengths) { lengths_ = lengths; }
  /// True if no tape's length is missing there.
  bool all_counted() const { return reels_->size() <= kCountedMax; }

  /// Keeps a copy of all items, until put_back() has them where they were.
  void keep();
  void put_back();
  /// All items, to be compared with those of another run, which may be in another world.
  using Copy = std::vector<std::vector<std::byte>>;
  Copy copy() const;
  bool are_equal(const Copy& items) const;

 private:
  Lengths lengths_{};
  std::unique_ptr<std::vector<std::unique_ptr<Reel>>> reels_;  // outside of the arena
};

/// One list. T is trivially copyable. Valid as long as the Tapes are.
template <class T>
class Tape {
 public:
  static_assert(std::is_trivially_copyable_v<T>);

  explicit Tape(Tapes& tapes)
      : reel_(tapes.add({.item_bytes = sizeof(T), .equal = equal}, own_length_)),
        length_(*reel_.length) {}
  Tape(const Tape&) = delete;

  std::size_t size() const { return length_; }
  bool empty() const { return length_ == 0; }
  std::span<const T> items() const { return {data(), length_}; }
  /// To change items in place: see above.
  std::span<T> items() { return {data(), length_}; }
  const T& operator[](std::size_t i) const { return data()[i]; }

  T& push_back(const T& item) {
    if (length_ == reel_.capacity) [[unlikely]]
      reel_.grow();
    return data()[length_++] = item;
  }
  void append(std::span<const T> items) {
    while (length_ + items.size() > reel_.capacity) [[unlikely]] reel_.grow();
    std::ranges::copy(items, data() + length_);
    length_ += static_cast<std::uint32_t>(items.size());
  }
  void clear() { length_ = 0; }

 private:
  // The bytes are aligned as by `new`, and T's lifetime begins implicitly there.
  T* data() const { return reinterpret_cast<T*>(reel_.bytes.get()); }
  static bool equal(const std::byte* a, const std::byte* b, std::size_t items) {
    const T* const first = reinterpret_cast<const T*>(a);
    return std::equal(first, first + items, reinterpret_cast<const T*>(b));
  }

  std::uint32_t own_length_ = 0;  // of one that is not counted
  Tapes::Reel& reel_;
  std::uint32_t& length_;
};

}  // namespace simcheck::sim
