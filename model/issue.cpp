#include "model/issue.hpp"

#include <vector>

#include "sim/event_content.hpp"

namespace simcheck::model {
namespace {

// The byte a write without a pattern repeats: its own, and never zero.
std::byte own_fill(std::size_t lane) { return static_cast<std::byte>(1 + lane % 255); }

}  // namespace

sim::RequestInfo describe(const Request& request, std::size_t stage, std::size_t lane) {
  sim::RequestInfo info{.kind = request.kind,
                        .offset = request.offset,
                        .length = request.length,
                        .fua = request.fua,
                        .stage = static_cast<std::uint32_t>(stage),
                        .lane = static_cast<std::uint32_t>(lane)};
  if (request.kind == sim::IoKind::kWrite) {
    info.fill = request.pattern ? std::byte{*request.pattern} : own_fill(lane);
  }
  return info;
}

Answer issue(sim::BlockDevice& device, const sim::RequestInfo& request) {
  const sim::IoFlags flags{.fua = request.fua};
  switch (request.kind) {
    case sim::IoKind::kWrite:
      return {
          device.write(request.offset, sim::Payload::filled(request.fill, request.length), flags)};
    case sim::IoKind::kZeroes:
      return {device.write_zeroes(request.offset, request.length, flags)};
    case sim::IoKind::kDiscard:
      return {device.discard(request.offset, request.length)};
    case sim::IoKind::kFlush:
      return {device.flush()};
    case sim::IoKind::kRead: {
      std::vector<std::byte> buffer(request.length);
      const sim::IoStatus status = device.read(request.offset, buffer);
      if (status != sim::IoStatus::kOk) return {status};
      return {status, checksum_of(sim::Payload::of(buffer))};
    }
  }
  return {};
}

}  // namespace simcheck::model
