// The state of a run as bytes, and back: one function for both directions, so that what is saved
// and what is loaded cannot differ.
//
// Types of our own have `void save_or_load(Archive&)`, as a member or a function beside them, that
// names each of their fields once. The bytes are for the same program on a machine of the same
// kind; what they are wrapped in (cli/checkpoint_file.hpp) sees to that.
#pragma once

#include <array>
#include <cstddef>
#include <cstring>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace simcheck::model {

/// The bytes are not those of a state that this program saved.
class ArchiveError : public std::runtime_error {
 public:
  ArchiveError() : std::runtime_error("the saved state is not one of this program") {}
};

class Archive {
 public:
  /// To save to.
  Archive() = default;
  /// To load from.
  explicit Archive(std::string bytes) : bytes_(std::move(bytes)), loads_(true) {}

  bool loads() const { return loads_; }
  /// What was saved so far.
  std::string take_bytes() { return std::move(bytes_); }

  /// Saves the values, or loads them in the same order. Throws ArchiveError.
  template <typename... Values>
  void operator()(Values&... values) {
    (transfer(values), ...);
  }

  /// Throws ArchiveError unless everything was loaded.
  void require_end() const {
    if (at_ != bytes_.size()) throw ArchiveError();
  }

 private:
  template <typename Value>
  static constexpr bool is_plain = std::is_arithmetic_v<Value> || std::is_enum_v<Value> ||
                                   (std::is_trivially_copyable_v<Value> &&
                                    std::has_unique_object_representations_v<Value>);

  template <typename Value>
  void transfer(Value& value) {
    if constexpr (std::is_same_v<Value, bool>) {
      std::uint8_t byte = value ? 1 : 0;
      raw(&byte, 1);
      if (byte > 1) throw ArchiveError();
      value = byte == 1;
    } else if constexpr (is_plain<Value>) {
      raw(&value, sizeof(Value));
    } else if constexpr (requires { value.save_or_load(*this); }) {
      value.save_or_load(*this);
    } else {
      save_or_load(*this, value);
    }
  }

  void transfer(std::string& text) {
    text.resize(size(text.size(), 1));
    raw(text.data(), text.size());
  }

  template <typename Value>
  void transfer(std::vector<Value>& values) {
    values.resize(size(values.size(), is_plain<Value> ? sizeof(Value) : 1));
    if constexpr (is_plain<Value>) {
      raw(values.data(), values.size() * sizeof(Value));
    } else {
      for (Value& value : values) transfer(value);
    }
  }

  void transfer(std::vector<bool>& flags) {
    flags.resize(size(flags.size(), 1));
    for (std::size_t i = 0; i < flags.size(); ++i) {
      bool flag = flags[i];
      transfer(flag);
      flags[i] = flag;
    }
  }

  template <typename Value, std::size_t n>
  void transfer(std::array<Value, n>& values) {
    for (Value& value : values) transfer(value);
  }

  template <typename Value>
  void transfer(std::optional<Value>& value) {
    bool has_value = value.has_value();
    transfer(has_value);
    if (!has_value) return value.reset();
    if (loads_) value.emplace();
    transfer(*value);
  }

  // The number of elements, of so many bytes each at least.
  std::size_t size(std::size_t size, std::size_t bytes) {
    transfer(size);
    if (loads_ && size > (bytes_.size() - at_) / bytes) throw ArchiveError();
    return size;
  }

  void raw(void* value, std::size_t size) {
    if (size == 0) return;
    if (!loads_) {
      bytes_.append(static_cast<const char*>(value), size);
      return;
    }
    if (size > bytes_.size() - at_) throw ArchiveError();
    std::memcpy(value, bytes_.data() + at_, size);
    at_ += size;
  }

  std::string bytes_;
  std::size_t at_ = 0;  // of the next byte to load
  bool loads_ = false;
};

}  // namespace simcheck::model
