// Seeds for the readers of logs: sound ones, and each kind of damage.
#include <random>

#include "logs/writer.hpp"
#include "tests/fuzz/seeds.hpp"

namespace simcheck::fuzz {
namespace {

using logs::ImageWriter;

std::vector<std::byte> filled(std::uint64_t sectors, std::uint32_t size, std::uint8_t value) {
  return std::vector<std::byte>(sectors * size, std::byte{value});
}

ImageWriter of_qemu(std::uint32_t size) {
  ImageWriter image(size);
  image.append_write(8, filled(2, size, 1));
  image.append_zeroes(16, 3);
  image.append_header({});
  image.append_discard(4, 9);
  image.append_write(24, filled(1, size, 7));
  image.append_flush();
  return image;
}

ImageWriter of_the_kernel() {
  ImageWriter image;
  image.append_mark("mkfs");
  image.append_write(0, filled(1, 512, 3), logs::kFlagFua | logs::kFlagMetadata);
  image.append_flush();
  image.append_mark(logs::kEndMark);
  return image;
}

ImageWriter with_hole(std::uint32_t size, bool over_zeroes) {
  ImageWriter image = of_qemu(size);
  image.put_bytes(size, filled(3, size, over_zeroes ? 0 : 0xee));
  return image;
}

// Two write-zeroes and a flush as the driver before January 2024 may leave them.
ImageWriter swallowed(std::uint32_t size) {
  ImageWriter image(size);
  image.put_header(1, {8, 2, 0, 0});
  image.put_header(2, {16, 1, 0, 0});
  image.put_header(3, {0, 0, logs::kFlagFlush, 0});
  image.super().nr_entries = 3;
  image.grow_to(7 * size);
  return image;
}

}  // namespace

void make_log_seeds(const SeedSink& put) {
  for (const std::uint32_t size : {32U, 64U, 512U}) {
    const std::string name = std::to_string(size);
    put("sound-" + name, of_qemu(size).bytes());
    put("hole-zeroes-" + name, with_hole(size, true).bytes());
    put("hole-bytes-" + name, with_hole(size, false).bytes());
    put("swallowed-" + name, swallowed(size).bytes());
    ImageWriter image = of_qemu(size);
    image.super() = {0, 0, 0, 0};
    put("no-superblock-" + name, image.bytes());
    image = of_qemu(size);
    image.super().nr_entries = 2;
    put("beyond-count-" + name, image.bytes());
    image.super().nr_entries = 9;
    put("counts-more-" + name, image.bytes());
  }
  put("kernel", of_the_kernel().bytes());
  put("empty", {});
}

}  // namespace simcheck::fuzz
