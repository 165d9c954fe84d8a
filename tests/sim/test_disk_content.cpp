// The disk's content against a plain array of bytes, under random requests and effect orders.

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "tests/sim/steps.hpp"
#include "tests/support/rapidcheck.hpp"

namespace simcheck::test {
namespace {

using sim::Disk;
using sim::Payload;
using sim::World;

constexpr std::uint64_t kDiskBytes = 64;
using Content = std::array<std::byte, kDiskBytes>;

// Anything: some of it lies past the end of the disk, some has no bytes.
struct AnyRequest {
  std::uint8_t kind = 0, offset = 0, length = 0, fill = 0;

  bool in_bounds() const { return offset + length <= static_cast<int>(kDiskBytes); }
};

rc::Gen<AnyRequest> a_request() {
  const auto up_to = [](int max) {
    return rc::gen::map(rc::gen::inRange(0, max + 1),
                        [](int n) { return static_cast<std::uint8_t>(n); });
  };
  return rc::gen::build<AnyRequest>(
      rc::gen::set(&AnyRequest::kind, up_to(3)), rc::gen::set(&AnyRequest::offset, up_to(70)),
      rc::gen::set(&AnyRequest::length, up_to(20)), rc::gen::set(&AnyRequest::fill, up_to(255)));
}

// Half bytes in memory, half a repeated byte; each byte differs from its neighbours.
void write(Disk& disk, const AnyRequest& request) {
  std::vector<std::byte> counting(request.length / 2U);
  for (std::size_t i = 0; i < counting.size(); ++i) {
    counting[i] = static_cast<std::byte>(request.fill + i);
  }
  disk.write(request.offset, Payload::of(counting).append_fill(std::byte{request.fill},
                                                               request.length - counting.size()));
}

void issue(Disk& disk, const AnyRequest& request) {
  if (request.kind == 0) disk.write_zeroes(request.offset, request.length);
  if (request.kind == 1) disk.discard(request.offset, request.length);
  if (request.kind >= 2) write(disk, request);
}

void apply(Content& model, const AnyRequest& request) {
  if (!request.in_bounds()) return;
  const int counting = request.kind >= 2 ? request.length / 2 : 0;
  for (int i = 0; i < request.length; ++i) {
    std::byte value{0};
    if (request.kind >= 2) value = static_cast<std::byte>(request.fill + (i < counting ? i : 0));
    model[static_cast<std::size_t>(request.offset + i)] = value;
  }
}

// Each run lies inside what was asked for, is not empty, and holds the model's bytes.
void check_runs(const Disk& disk, const Content& model) {
  for (std::uint64_t offset = 0; offset < kDiskBytes; ++offset) {
    const std::uint64_t left = kDiskBytes - offset;
    for (const std::uint64_t length_max : {std::uint64_t{1}, (left + 1) / 2, left}) {
      const sim::Chunk run = disk.run_at(offset, length_max);
      RC_ASSERT(run.length > 0U);
      RC_ASSERT(run.length <= length_max);
      for (std::uint64_t i = 0; i < run.length; ++i) {
        RC_ASSERT((run.bytes != nullptr ? run.bytes[i] : run.fill) == model[offset + i]);
      }
    }
  }
}

}  // namespace

RC_TEST_CASE("content is that of an array of bytes, written in order of effect",
             [] {
               const auto requests =
                   *rc::gen::resize(16, rc::gen::container<std::vector<AnyRequest>>(a_request()));
               const auto choices = *rc::gen::container<std::vector<std::uint8_t>>(
                   requests.size(), rc::gen::arbitrary<std::uint8_t>());
               World world;
               Disk disk(world, "disk", kDiskBytes);
               Content model{}, seen{}, read{};
               for (const AnyRequest& request : requests)
                 world.spawn("", [&] { issue(disk, request); });
               const auto reader = world.spawn("reader", [&] {
                 world.yield();
                 disk.read(0, read);
               });
               run(world, enabled(world));  // all are submitted, the reader waits
               for (const std::uint8_t choice : choices) {
                 const std::string in_flight = letters(world, world.in_flight());
                 const sim::FiberId fiber = fiber_of(in_flight[choice % in_flight.size()]);
                 world.run(fiber);
                 apply(model, requests[index_of(fiber)]);
               }
               check_runs(disk, model);
               sim::read_content(disk, 0, seen);
               RC_ASSERT(seen == model);
               for (int i = 0; i < 3; ++i) world.run(reader);
               RC_ASSERT(read == model);
               finish(world);
             },
             {.max_success = 200});

}  // namespace simcheck::test
