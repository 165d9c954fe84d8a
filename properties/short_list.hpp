// A list for judges: room for the requests of an explored execution on the stack, the heap only for
// the longer histories of users' own scenarios.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <type_traits>

#include "sim/event.hpp"

namespace simcheck::properties {

template <typename T>
class ShortList {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  static constexpr std::size_t kOnStackMax = sim::kFibersMax;

  // The storage stays raw: initialising room for 64 where 6 are used is what judging would cost.
  ShortList() : data_(reinterpret_cast<T*>(on_stack_)) {}
  ShortList(std::size_t size, const T& value) : ShortList() {
    if (size > capacity_) grow(size);
    std::uninitialized_fill_n(data_, size, value);
    size_ = size;
  }
  ShortList(const ShortList&) = delete;
  ShortList& operator=(const ShortList&) = delete;

  void push_back(const T& value) {
    if (size_ == capacity_) grow(2 * capacity_);
    std::construct_at(data_ + size_++, value);
  }

  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }
  T& operator[](std::size_t index) { return data_[index]; }
  const T& operator[](std::size_t index) const { return data_[index]; }
  const T* begin() const { return data_; }
  const T* end() const { return data_ + size_; }
  std::span<const T> span() const { return {data_, size_}; }

 private:
  void grow(std::size_t capacity) {
    std::unique_ptr<T[]> bigger = std::make_unique<T[]>(capacity);
    std::copy_n(data_, size_, bigger.get());
    on_heap_ = std::move(bigger);
    data_ = on_heap_.get();
    capacity_ = capacity;
  }

  alignas(T) std::byte on_stack_[kOnStackMax * sizeof(T)];
  std::unique_ptr<T[]> on_heap_;
  T* data_;
  std::size_t size_ = 0;
  std::size_t capacity_ = kOnStackMax;
};

}  // namespace simcheck::properties
