// The data device after a power cut, for properties that did not say that they look at it: cuts are
// not tried around what happens there, so what they would see is a matter of chance.
#pragma once

#include <cstdint>
#include <stdexcept>

#include "sim/event_content.hpp"

namespace simcheck::model {

class UnreadContent final : public sim::ContentView {
 public:
  explicit UnreadContent(std::uint64_t size) : size_(size) {}

  [[noreturn]] sim::Chunk run_at(std::uint64_t, std::uint64_t) const override { fail(); }
  std::uint64_t size() const override { return size_; }
  [[noreturn]] sim::DiskRecord record() const override { fail(); }

 private:
  [[noreturn]] static void fail() {
    throw std::logic_error(
        "judge_crash() looks at the data device, and observes().cut names no moment of it");
  }

  std::uint64_t size_;
};

}  // namespace simcheck::model
