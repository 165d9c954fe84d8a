#include "sim/state_hasher.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "sim/grown_at.hpp"
#include "sim/shared.hpp"

namespace simcheck::sim {
namespace {

constexpr bool is_read(AccessMode mode) { return mode == AccessMode::kRead; }
constexpr bool is_add(AccessMode mode) { return mode == AccessMode::kAdd; }

// What an object of that value adds to the sum over all objects.
Hash128 share_of(ObjectId object, const Hash128& value) {
  if (value == Hash128{}) return {};
  Hash128 share = kHashSeed;
  mix(share, index_of(object));
  mix(share, value);
  return share;
}

// Runs of one byte, longest possible, so that equal contents give equal runs.
class RunSum {
 public:
  void add(std::byte byte, std::uint64_t length) {
    if (byte != byte_) {
      close();
      byte_ = byte;
    }
    end_ += length;
  }
  Hash128 sum() {
    close();
    return sum_;
  }

 private:
  void close() {
    if (byte_ != std::byte{0} && begin_ != end_) {
      Hash128 run = kHashSeed;
      mix(run, begin_);
      mix(run, end_);
      mix(run, std::to_integer<std::uint64_t>(byte_));
      sum_ += run;
    }
    begin_ = end_;
  }

  std::uint64_t begin_ = 0, end_ = 0;
  std::byte byte_{0};
  Hash128 sum_;
};

}  // namespace

StateHasher::FiberState& StateHasher::fiber(FiberId id) { return grown_at(fibers_, index_of(id)); }

StateHasher::Object& StateHasher::object(ObjectId id) {
  if (is_enabling(id)) return grown_at(enabling_objects_, index_of(id) & ~kEnablingBit);
  return grown_at(objects_, index_of(id));
}

void StateHasher::begin(FiberId id) {
  building_ = false;
  running_ = id;
  ++fiber(id).transitions;
}

// A write is known by what its writer knew after it: that decides what it wrote.
void StateHasher::end(std::span<const Access> footprint, bool fiber_ended) {
  FiberState& state = fiber(running_);
  const auto is_opaque = [this](const Access& access) {
    return !is_enabling(access.object) && !object(access.object).known;
  };
  for (const Access& access : footprint) {
    if (!is_opaque(access) || is_add(access.mode)) continue;
    mix(state.inferred, index_of(access.object));
    mix(state.inferred, object(access.object).value);
  }
  Hash128 writer = state.told;
  mix(writer, state.inferred);
  mix(writer, std::uint64_t{index_of(running_)} << 32 | state.transitions);
  for (const Access& access : footprint) {
    if (!is_opaque(access) || is_read(access.mode)) continue;
    Hash128 value = object(access.object).value;
    if (is_add(access.mode)) {
      value += writer;
    } else {
      mix(value, writer);
    }
    set(access.object, value);
  }
  state.ended = fiber_ended;
}

void StateHasher::observe(ObjectId object, const Hash128& value) {
  Hash128& told = fiber(running_).told;
  mix(told, index_of(object));
  mix(told, value);
}

void StateHasher::set(ObjectId id, const Hash128& value) {
  Hash128& known = object(id).value;
  objects_sum_ -= share_of(id, known);
  known = value;
  objects_sum_ += share_of(id, known);
}

void StateHasher::know(ObjectId id) { object(id).known = true; }

void StateHasher::observe_order(std::uint32_t reads, std::uint32_t writes) {
  observations_.push_back({reads, writes, {}});
}

// Numbers of requests that fibers register depend on the order in which they do, which nobody may
// rely on; so such a request goes by its fiber and its number there.
void StateHasher::add_request(const RequestInfo& request) {
  if (building_) return request_keys_.push_back(request_keys_.size());
  FiberState& state = fiber(running_);
  request_keys_.push_back(std::uint64_t{index_of(running_) + 1} << 32 | state.requests++);
  mix(state.tale, static_cast<std::uint64_t>(request.kind) << 8 | (request.fua ? 1 : 0));
  mix(state.tale, request.offset);
  mix(state.tale, request.length);
  mix(state.tale, request.mixed ? request.checksum : std::to_integer<std::uint64_t>(request.fill));
  mix(state.tale, std::uint64_t{request.stage} << 33 | request.lane << 1 | (request.mixed ? 1 : 0));
}

std::uint64_t StateHasher::key_of(RequestId request) const {
  const std::uint32_t index = index_of(request);
  return index < request_keys_.size() ? request_keys_[index] : UINT64_MAX;
}

void StateHasher::tell(const Event& event, FiberId lane, std::string_view text) {
  Hash128& tale = fiber(lane).tale;
  mix(tale, static_cast<std::uint64_t>(event.kind) << 8 | static_cast<std::uint64_t>(event.status));
  mix(tale, key_of(event.request));
  mix(tale, event.sector);
  mix(tale, event.nr_sectors);
  mix(tale, event.flags);
  mix(tale, std::as_bytes(std::span(text)));
  Hash128 identity = tale;
  mix(identity, index_of(lane));
  note_order(1U << static_cast<unsigned>(event.kind), identity);
}

void StateHasher::note_order(std::uint32_t kind_bit, const Hash128& identity) {
  for (std::size_t o = 0; o < observations_.size(); ++o) {
    Observation& observation = observations_[o];
    if ((observation.reads & kind_bit) != 0) {
      Hash128 read = identity;
      mix(read, o);
      mix(read, observation.writes_so_far);
      order_ += read;
    }
    if ((observation.writes & kind_bit) != 0) observation.writes_so_far += identity;
  }
}

void StateHasher::tell_moment(FiberId fiber, std::uint32_t kind_bit) {
  mix(moments_, std::uint64_t{index_of(fiber)} << 32 | kind_bit);
  note_order(kind_bit, moments_);
}

Hash128 StateHasher::hash() const {
  Hash128 hash = kHashSeed;
  for (const FiberState& state : fibers_) {
    mix(hash, state.ended ? UINT64_MAX : state.transitions);
    mix(hash, state.tale);
    if (state.ended) continue;
    mix(hash, state.told);
    mix(hash, state.inferred);
  }
  mix(hash, objects_sum_);
  mix(hash, order_);
  mix(hash, moments_);
  return hash;
}

Hash128 hash_of_fibers(std::span<const FiberId> fibers) {
  Hash128 hash;
  for (const FiberId fiber : fibers) mix(hash, index_of(fiber) + 1);
  return hash;
}

Hash128 hash_of_content(const ContentView& view, std::uint64_t end) {
  RunSum runs;
  for (std::uint64_t offset = 0; offset < end;) {
    const Chunk chunk = view.run_at(offset, end - offset);
    if (chunk.bytes == nullptr) {
      runs.add(chunk.fill, chunk.length);
    } else {
      for (std::uint64_t i = 0; i < chunk.length; ++i) runs.add(chunk.bytes[i], 1);
    }
    offset += chunk.length;
  }
  return runs.sum();
}

void refuse_pointer(std::string_view name) {
  throw std::logic_error(
      fmt::format("the Shared {} is a pointer, by which stateful cannot recognise states: share an "
                  "index instead, or use dpor",
                  name));
}

}  // namespace simcheck::sim
