#include "traces/blktrace.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace simcheck::traces {
namespace {

using sim::IoKind;

constexpr std::uint32_t kMagic = 0x65617400;  // the low byte is the version
constexpr std::uint32_t kVersion = 7;
constexpr std::size_t kEventBytes = 48;
constexpr std::uint64_t kSectorBytes = 512;
constexpr std::uint64_t kSectorMax = std::uint64_t{1} << 52;

// The low half of an action says what happened, the high half, bit by bit, of what sort.
constexpr std::uint32_t kQueued = 1, kIssued = 7;
constexpr std::uint32_t kIsWrite = 1U << 17, kIsFlush = 1U << 18, kIsNotify = 1U << 26,
                        kIsDiscard = 1U << 29, kIsFua = 1U << 31;

class Bytes {
 public:
  explicit Bytes(std::span<const std::byte> bytes) : bytes_(bytes) {}

  std::size_t size() const { return bytes_.size(); }
  void swap() { swapped_ = true; }

  std::uint64_t number(std::size_t at, std::size_t width) const {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < width; ++i) {
      const std::size_t from = swapped_ ? i : width - 1 - i;
      value = value << 8 | std::to_integer<std::uint64_t>(bytes_[at + from]);
    }
    return value;
  }
  std::uint32_t u32(std::size_t at) const { return static_cast<std::uint32_t>(number(at, 4)); }

 private:
  std::span<const std::byte> bytes_;
  bool swapped_ = false;  // big-endian
};

// One event: `time` in nanoseconds, `sector` of 512 bytes.
struct Event {
  std::uint64_t time, sector;
  std::uint32_t bytes, action, device;
};

bool is_magic(std::uint32_t word) { return (word & ~std::uint32_t{0xff}) == kMagic; }

// Or nothing.
std::optional<Bytes> as_trace(std::span<const std::byte> all) {
  Bytes bytes(all);
  if (bytes.size() < 4) return std::nullopt;
  if (is_magic(bytes.u32(0))) return bytes;
  bytes.swap();
  if (is_magic(bytes.u32(0))) return bytes;
  return std::nullopt;
}

std::string device_name(std::uint32_t device) {
  constexpr unsigned kMinorBits = 20;
  return fmt::format("{}:{}", device >> kMinorBits, device & ((1U << kMinorBits) - 1));
}

class Reader {
 public:
  explicit Reader(const Bytes& bytes) : bytes_(bytes) {}

  Result read() {
    if (auto error = read_events()) return *std::move(error);
    const bool was_queued = std::ranges::any_of(
        events_, [](const Event& event) { return (event.action & 0xffff) == kQueued; });
    if (!was_queued) trace_.remarks.emplace_back("it has requests as issued, not as queued");
    std::ranges::stable_sort(events_, {}, &Event::time);
    for (const Event& event : events_)
      if ((event.action & 0xffff) == (was_queued ? kQueued : kIssued)) take(event);
    if (requests_.empty()) return Error{"the trace holds no requests that write"};
    trace_.format = "blktrace";
    trace_.workload.stages.push_back(std::move(requests_));
    return std::move(trace_);
  }

 private:
  std::optional<Error> read_events() {
    for (std::size_t at = 0; at < bytes_.size();) {
      if (bytes_.size() - at < kEventBytes) return fail(at, "the trace ends within an event");
      const std::uint32_t magic = bytes_.u32(at);
      if (!is_magic(magic)) return fail(at, "no event begins where one should");
      if ((magic & 0xff) != kVersion)
        return fail(at,
                    fmt::format("the event is of version {}; {} is known", magic & 0xff, kVersion));
      const Event event{bytes_.number(at + 8, 8), bytes_.number(at + 16, 8), bytes_.u32(at + 24),
                        bytes_.u32(at + 28), bytes_.u32(at + 36)};
      const std::size_t size = kEventBytes + bytes_.number(at + 46, 2);
      if (bytes_.size() - at < size) return fail(at, "the trace ends within an event's data");
      if (is_request(event)) {
        if (event.sector > kSectorMax) return fail(at, "the request lies past 2^61");
        if (events_.size() == kRequestsMax)
          return fail(at, fmt::format("more than {} requests", kRequestsMax));
        events_.push_back(event);
      }
      at += size;
    }
    return std::nullopt;
  }

  static bool is_request(const Event& event) {
    const std::uint32_t what = event.action & 0xffff;
    return (event.action & kIsNotify) == 0 && (what == kQueued || what == kIssued);
  }

  static Error fail(std::size_t at, const std::string& what) {
    return {fmt::format("byte {}: {}", at, what)};
  }

  // A flush with data is a flush, then the write.
  void take(const Event& event) {
    if (!device_) device_ = event.device;
    if (event.device != *device_)
      return trace_.omit("request of device " + device_name(event.device),
                         fmt::format("the trace begins with device {}", device_name(*device_)));
    if ((event.action & kIsFlush) != 0) requests_.push_back({.kind = IoKind::kFlush});
    if (event.bytes == 0) {
      if ((event.action & kIsFlush) == 0) trace_.omit("request of no bytes", "it does nothing");
      return;
    }
    const bool is_discard = (event.action & kIsDiscard) != 0;
    if (!is_discard && (event.action & kIsWrite) == 0)
      return trace_.omit("read", "it changes nothing and is not logged");
    requests_.push_back({.kind = is_discard ? IoKind::kDiscard : IoKind::kWrite,
                         .offset = event.sector * kSectorBytes,
                         .length = event.bytes,
                         .fua = !is_discard && (event.action & kIsFua) != 0});
  }

  Bytes bytes_;
  Trace trace_;
  std::vector<Event> events_;
  model::Stage requests_;
  std::optional<std::uint32_t> device_;
};

}  // namespace

bool is_blktrace(std::span<const std::byte> bytes) { return as_trace(bytes).has_value(); }

Result read_blktrace(std::span<const std::byte> bytes) {
  const auto trace = as_trace(bytes);
  if (!trace) return Error{"byte 0: no event begins where one should"};
  return Reader(*trace).read();
}

}  // namespace simcheck::traces
