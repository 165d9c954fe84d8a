#include "tests/properties/history_gen.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace simcheck::test {
namespace {

// One request on its way through the driver.
struct Lane {
  sim::RequestId request;
  int steps_done = 0;

  bool step(HistoryBuilder& h) {
    switch (steps_done++) {
      case 0:
        h.submit(request);
        return true;
      case 1:
        h.put_data(request);
        return true;
      case 2:
        h.log_entry(request);
        return true;
      default:
        h.acknowledge(request);
        return false;
    }
  }
};

}  // namespace

rc::Gen<sim::RequestInfo> any_request() {
  return rc::gen::exec([] {
    using sim::IoKind;
    sim::RequestInfo request;
    request.kind = *rc::gen::weightedElement<IoKind>(
        {{6, IoKind::kWrite}, {3, IoKind::kZeroes}, {1, IoKind::kDiscard}, {1, IoKind::kFlush}});
    if (request.kind == IoKind::kFlush) return request;
    const std::uint64_t sectors = kTinyDisks.data / kTinyDisks.sector;
    const auto begin = *rc::gen::inRange<std::uint64_t>(0, sectors);
    request.offset = begin * kTinyDisks.sector;
    request.length = *rc::gen::inRange<std::uint64_t>(1, sectors - begin + 1) * kTinyDisks.sector;
    if (request.kind == IoKind::kWrite)
      request.fill = std::byte{*rc::gen::element<unsigned char>(0, 1, 2)};
    return request;
  });
}

HistoryBuilder any_proper_history() {
  HistoryBuilder h(kTinyDisks);
  std::vector<Lane> waiting;
  const auto count = *rc::gen::inRange(0, 9);
  for (int i = 0; i < count; ++i) waiting.push_back({h.add(*any_request())});
  while (!waiting.empty()) {
    const std::size_t depth = std::min<std::size_t>(waiting.size(), 3);
    const auto lane = waiting.begin() + *rc::gen::inRange<std::ptrdiff_t>(0, depth);
    if (!lane->step(h)) waiting.erase(lane);
  }
  return h;
}

}  // namespace simcheck::test
