// Payloads: chunks behind one another, and whether they are all zero.

#include "sim/payload.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "sim/event_content.hpp"
#include "tests/sim/exit_status.hpp"
#include "tests/support/rapidcheck.hpp"

namespace simcheck::test {

using sim::Payload;

TEST_CASE("a payload is as long as its chunks together") {
  const std::array<std::byte, 3> bytes{std::byte{1}, std::byte{2}, std::byte{3}};
  const Payload payload =
      Payload::of(bytes).append_fill(std::byte{4}, 5).append(Payload::filled(std::byte{6}, 7));
  CHECK(payload.length() == 15);
  REQUIRE(payload.chunks().size() == 3);
  CHECK(payload.chunks()[0].bytes == bytes.data());
  CHECK(payload.chunks()[1].bytes == nullptr);
  CHECK(payload.chunks()[1].fill == std::byte{4});
  CHECK(payload.chunks()[2].length == 7);
}

TEST_CASE("empty chunks are no chunks") {
  const Payload payload = Payload::of({}).append_fill(std::byte{1}, 0).append(Payload());
  CHECK(payload.length() == 0);
  CHECK(payload.chunks().empty());
  CHECK(payload.is_zero());
}

TEST_CASE("more chunks than fit are a programmer error") {
  Payload payload;
  for (std::size_t i = 0; i < Payload::kChunksMax; ++i) payload.append_fill(std::byte{1}, 1);
  CHECK(payload.chunks().size() == Payload::kChunksMax);
  CHECK(exit_status_of([&] { payload.append_fill(std::byte{1}, 1); }) == kAssertionStatus);
}

TEST_CASE("a payload is zero if every byte is, in whatever form") {
  std::vector<std::byte> bytes(4096);
  CHECK(Payload::of(bytes).append_fill(std::byte{0}, 10).is_zero());
  CHECK(!Payload::of(bytes).append_fill(std::byte{1}, 1).is_zero());
  CHECK(!Payload::filled(std::byte{1}, 1).append(Payload::of(bytes)).is_zero());
  bytes.back() = std::byte{1};
  CHECK(!Payload::of(bytes).is_zero());
}

RC_TEST_CASE("zero, and the checksum, do not depend on how bytes are split into chunks", [] {
  const auto bytes = *rc::gen::container<std::vector<std::byte>>(rc::gen::map(
      rc::gen::inRange(0, 2), [](int value) { return static_cast<std::byte>(value); }));
  const auto cut = *rc::gen::inRange<std::size_t>(0, bytes.size() + 1);
  const std::span<const std::byte> all(bytes);
  const Payload whole = Payload::of(all);
  const Payload parts = Payload::of(all.first(cut)).append(all.subspan(cut));
  RC_ASSERT(whole.is_zero() == parts.is_zero());
  RC_ASSERT(whole.is_zero() == (std::ranges::count(bytes, std::byte{1}) == 0));
  RC_ASSERT(sim::checksum_of(whole) == sim::checksum_of(parts));
});

}  // namespace simcheck::test
