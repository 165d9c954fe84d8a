// A disk's past can be let go: what it holds stays, by whatever means it is found.
#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <vector>

#include "sim/disk.hpp"
#include "sim/settled_content.hpp"
#include "sim/version_index.hpp"
#include "tests/support/rapidcheck.hpp"

namespace simcheck::test {
namespace {

using sim::Payload;

constexpr std::uint64_t kBytes = 16'384;  // four blocks of settled content
using Bytes = std::vector<std::byte>;

struct Piece {
  std::uint16_t begin = 0, length = 0;
  std::uint8_t fill = 0;
  bool in_memory = false;

  std::uint64_t offset() const { return begin % kBytes; }
  std::uint64_t size() const {
    // Often a whole block, as is.
    const std::uint64_t wanted = length % 3 == 0 ? 4096 : length % kBytes;
    return std::min(wanted, kBytes - offset());
  }
  std::uint64_t aligned() const { return length % 3 == 0 ? offset() / 4096 * 4096 : offset(); }
};

rc::Gen<std::vector<Piece>> some_pieces() {
  return rc::gen::container<std::vector<Piece>>(
      rc::gen::build<Piece>(rc::gen::set(&Piece::begin), rc::gen::set(&Piece::length),
                            rc::gen::set(&Piece::fill), rc::gen::set(&Piece::in_memory)));
}

Bytes bytes_of(const Piece& piece) {
  Bytes bytes(piece.size(), std::byte{piece.fill});
  if (piece.in_memory)
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] ^= static_cast<std::byte>(i % 251);
  return bytes;
}

void put(Bytes& model, const Piece& piece) {
  std::ranges::copy(bytes_of(piece), model.begin() + static_cast<std::ptrdiff_t>(piece.aligned()));
}

Bytes content_of(const sim::ContentView& view) {
  Bytes bytes(kBytes);
  read_content(view, 0, bytes);
  return bytes;
}

void write_all(sim::World& world, sim::Disk& disk, const std::vector<Piece>& pieces) {
  const sim::FiberId fiber = world.spawn("A", [&] {
    for (const Piece& piece : pieces) {
      const Bytes bytes = bytes_of(piece);
      disk.write(piece.aligned(), piece.in_memory
                                      ? Payload::of(bytes)
                                      : Payload::filled(std::byte{piece.fill}, piece.size()));
    }
  });
  while (world.enabled() != 0) world.run(fiber);
}

}  // namespace

RC_TEST_CASE("settled content is the latest that was put there", [] {
  const std::vector<Piece> pieces = *some_pieces();
  sim::SettledContent content(kBytes);
  Bytes model(kBytes);
  for (const Piece& piece : pieces) {
    const Bytes bytes = bytes_of(piece);
    content.put(piece.aligned(), piece.in_memory
                                     ? sim::Chunk{bytes.data(), bytes.size(), {}}
                                     : sim::Chunk{nullptr, bytes.size(), std::byte{piece.fill}});
    put(model, piece);
  }
  RC_ASSERT(content_of(content) == model);
});

RC_TEST_CASE("an index finds what a walk finds, and settling changes no content", [] {
  std::vector<Piece> pieces = *some_pieces();
  while (!pieces.empty() && pieces.size() < 110)
    pieces.insert(pieces.end(), pieces.begin(), pieces.end());
  sim::World world;
  sim::Disk disk(world, "disk", kBytes);
  Bytes model(kBytes);
  for (const Piece& piece : pieces) put(model, piece);
  write_all(world, disk, pieces);
  RC_ASSERT(content_of(disk) == model);
  disk.index();
  RC_ASSERT(content_of(disk) == model);
  const std::uint64_t end = disk.end_of_content();
  disk.settle();
  RC_ASSERT(content_of(disk) == model);
  RC_ASSERT(disk.end_of_content() == end);
  RC_ASSERT(disk.is_durable(0, kBytes));
});

TEST_CASE("zeroes over all of a huge disk cost no time and no memory") {
  sim::SettledContent content(std::uint64_t{1} << 50);
  content.put(1 << 20, {nullptr, 8192, std::byte{7}});
  content.put(0, {nullptr, std::uint64_t{1} << 50, std::byte{0}});
  CHECK(content.run_at(1 << 20, 4096).fill == std::byte{0});
  CHECK(content.end_of_content() == std::uint64_t{1} << 50);
}

TEST_CASE("what is forgotten reads as zero, the rest stays") {
  sim::World world;
  sim::Disk disk(world, "disk", kBytes);
  const sim::FiberId fiber = world.spawn("A", [&] {
    for (const std::uint64_t sector : {0, 1, 2, 3})
      disk.write(sector * 512, Payload::filled(std::byte{5}, 512));
  });
  while (world.enabled() != 0) world.run(fiber);
  disk.settle(512, 1536);
  Bytes expected(kBytes);
  std::fill_n(expected.begin(), 512, std::byte{5});
  std::fill_n(expected.begin() + 1536, 512, std::byte{5});
  CHECK(content_of(disk) == expected);
}

TEST_CASE("a record begins anew, over what is there and durable") {
  sim::World world;
  sim::Disk disk(world, "disk", kBytes);
  disk.watch(sim::DeviceRole::kLog, 512);
  const sim::FiberId fiber =
      world.spawn("A", [&] { disk.write(0, Payload::filled(std::byte{1}, 512)); });
  while (world.enabled() != 0) world.run(fiber);
  disk.settle();
  CHECK(disk.record().writes.empty());
  const auto first_byte = [&](sim::ContentAt::What what) {
    return sim::ContentAt(disk, what, 0).run_at(0, 1);
  };
  const sim::Chunk durable = first_byte(sim::ContentAt::What::kDurable);
  CHECK((durable.bytes != nullptr ? *durable.bytes : durable.fill) == std::byte{1});
  const sim::Chunk visible = first_byte(sim::ContentAt::What::kVisible);
  CHECK((visible.bytes != nullptr ? *visible.bytes : visible.fill) == std::byte{1});
}

}  // namespace simcheck::test
