#include "model/request_tap.hpp"

#include "sim/event_content.hpp"

namespace simcheck::model {

template <class Call>
sim::IoStatus RequestTap::tell(const sim::RequestInfo& request, const Call& call) {
  sim::RequestInfo info = request;
  const std::uint32_t fiber = sim::index_of(world_.current());
  info.lane = lanes_ == nullptr ? fiber : (*lanes_)[fiber];
  const sim::RequestId outer = world_.current_request();
  world_.set_current_request(world_.add_request(info));
  world_.emit({.kind = sim::EventKind::kSubmitted});
  const sim::IoStatus status = call();
  world_.emit({.kind = sim::EventKind::kAcknowledged, .status = status});
  world_.set_current_request(outer);
  return status;
}

sim::IoStatus RequestTap::do_write(std::uint64_t offset, const sim::Payload& data,
                                   sim::IoFlags flags) {
  sim::RequestInfo request{
      .kind = sim::IoKind::kWrite, .offset = offset, .length = data.length(), .fua = flags.fua};
  // Guests write one byte repeated, but padding puts what was there before around it.
  const bool one_fill = data.chunks().size() == 1 && data.chunks().front().bytes == nullptr;
  if (one_fill) {
    request.fill = data.chunks().front().fill;
  } else {
    request.mixed = true;
    request.checksum = checksum_of(data);
  }
  return tell(request, [&] { return below_.write(offset, data, flags); });
}

sim::IoStatus RequestTap::do_write_zeroes(std::uint64_t offset, std::uint64_t length,
                                          sim::IoFlags flags) {
  return tell({.kind = sim::IoKind::kZeroes, .offset = offset, .length = length, .fua = flags.fua},
              [&] { return below_.write_zeroes(offset, length, flags); });
}

sim::IoStatus RequestTap::do_discard(std::uint64_t offset, std::uint64_t length) {
  return tell({.kind = sim::IoKind::kDiscard, .offset = offset, .length = length},
              [&] { return below_.discard(offset, length); });
}

sim::IoStatus RequestTap::do_flush() {
  return tell({.kind = sim::IoKind::kFlush}, [&] { return below_.flush(); });
}

}  // namespace simcheck::model
