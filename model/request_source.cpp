#include "model/request_source.hpp"

#include <numeric>

#include "sim/assert.hpp"
#include "sim/random.hpp"

namespace simcheck::model {
namespace {

class Dice {
 public:
  Dice(const RequestMix& mix, std::uint64_t seed, std::uint64_t count)
      : mix_(mix),
        random_(seed),
        total_(std::accumulate(mix.weights.begin(), mix.weights.end(), std::uint64_t{0})),
        left_(count == 0 ? UINT64_MAX : count) {
    SIMCHECK_ASSERT(total_ > 0 && mix.block_bytes > 0 && mix.block_bytes <= mix.range_bytes,
                    "a mix has a kind, and room for a block");
  }

  std::optional<GuestRequest> next() {
    if (left_ == 0) return std::nullopt;
    --left_;
    GuestRequest next{.request = {.kind = draw_kind()}};
    if (next.request.kind == sim::IoKind::kFlush) return next;
    next.request.offset = random_.below(mix_.range_bytes / mix_.block_bytes) * mix_.block_bytes;
    next.request.length = mix_.block_bytes;
    return next;
  }

 private:
  sim::IoKind draw_kind() {
    std::uint64_t drawn = random_.below(total_);
    std::size_t kind = 0;
    while (drawn >= mix_.weights[kind]) drawn -= mix_.weights[kind++];
    return static_cast<sim::IoKind>(kind);
  }

  RequestMix mix_;
  sim::Random random_;
  std::uint64_t total_;
  std::uint64_t left_;
};

class Reader {
 public:
  Reader(const Workload& workload, std::uint64_t count)
      : workload_(workload), left_(count == 0 ? workload.size() : count) {
    if (workload.size() == 0) left_ = 0;
  }

  std::optional<GuestRequest> next() {
    if (left_ == 0) return std::nullopt;
    --left_;
    while (request_ == workload_.stages[stage_].size()) {
      request_ = 0;
      stage_ = (stage_ + 1) % workload_.stages.size();
    }
    const bool after_all = request_ == 0;
    return GuestRequest{workload_.stages[stage_][request_++], after_all};
  }

 private:
  const Workload& workload_;
  std::uint64_t left_;
  std::size_t stage_ = 0, request_ = 0;  // of the next one
};

}  // namespace

RequestSource random_requests(const RequestMix& mix, std::uint64_t seed, std::uint64_t count) {
  return [dice = Dice(mix, seed, count)]() mutable { return dice.next(); };
}

RequestSource requests_of(const Workload& workload, std::uint64_t count) {
  return [reader = Reader(workload, count)]() mutable { return reader.next(); };
}

}  // namespace simcheck::model
