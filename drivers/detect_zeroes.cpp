#include "drivers/detect_zeroes.hpp"

namespace simcheck::drivers {

using sim::IoFlags;
using sim::IoStatus;

IoStatus DetectZeroes::do_write(std::uint64_t offset, const sim::Payload& data, IoFlags flags) {
  if (mode_ == DetectZeroesMode::kOff || !data.is_zero()) return below_.write(offset, data, flags);
  flags.may_unmap = mode_ == DetectZeroesMode::kUnmap;
  return below_.write_zeroes(offset, data.length(), flags);
}

IoStatus DetectZeroes::do_read(std::uint64_t offset, std::span<std::byte> into) {
  return below_.read(offset, into);
}

IoStatus DetectZeroes::do_write_zeroes(std::uint64_t offset, std::uint64_t length, IoFlags flags) {
  return below_.write_zeroes(offset, length, flags);
}

IoStatus DetectZeroes::do_discard(std::uint64_t offset, std::uint64_t length) {
  return below_.discard(offset, length);
}

IoStatus DetectZeroes::do_flush() { return below_.flush(); }

}  // namespace simcheck::drivers
