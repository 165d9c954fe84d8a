// Reads of a workload: what they read is there to be judged.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "model/check.hpp"
#include "tests/model/drivers_under_check.hpp"

namespace simcheck::test {
namespace {

// Keeps the last write in memory until the next one, and answers reads of its place from there. The
// hasty kind forgets it before the disk has it.
template <bool hasty>
class OneBlockCache final : public sim::BlockDevice {
 public:
  OneBlockCache(sim::World& world, sim::BlockDevice& data)
      : data_(data), offset_(world, "cached_offset", kNothing), fill_(world, "cached_fill") {}

 private:
  static constexpr std::uint64_t kNothing = UINT64_MAX;

  sim::IoStatus do_read(std::uint64_t offset, std::span<std::byte> into) override {
    if (offset_ != offset) return data_.read(offset, into);
    std::ranges::fill(into, static_cast<std::byte>(fill_.load()));
    return sim::IoStatus::kOk;
  }
  sim::IoStatus do_write(std::uint64_t offset, const sim::Payload& data, sim::IoFlags) override {
    fill_ = std::to_integer<unsigned>(data.chunks().front().fill);
    offset_ = offset;
    return sim::IoStatus::kOk;
  }
  sim::IoStatus do_write_zeroes(std::uint64_t offset, std::uint64_t length, sim::IoFlags) override {
    return data_.write_zeroes(offset, length);
  }
  sim::IoStatus do_discard(std::uint64_t offset, std::uint64_t length) override {
    return data_.discard(offset, length);
  }
  sim::IoStatus do_flush() override {
    if (offset_ == kNothing) return data_.flush();
    const std::uint64_t offset = offset_;
    const auto fill = static_cast<std::byte>(fill_.load());
    if (hasty) offset_ = kNothing;
    data_.write(offset, sim::Payload::filled(fill, 4096));  // yields
    if (!hasty) offset_ = kNothing;
    return data_.flush();
  }
  std::uint64_t size() const override { return data_.size(); }

  sim::BlockDevice& data_;
  sim::Shared<std::uint64_t> offset_;
  sim::Shared<unsigned> fill_;
};

// Every read finds what the first request wrote.
class ReadsTheWrite final : public properties::Property {
 public:
  std::string_view name() const override { return "reads-the-write"; }
  std::string_view summary() const override { return "reads find what was written"; }
  properties::Judgement judge(const properties::Evidence& history) const override {
    const std::uint64_t written =
        checksum_of(sim::Payload::filled(history.requests[0].fill, history.requests[0].length));
    bool exercised = false;
    for (const sim::Event& event : history.events) {
      if (event.kind != sim::EventKind::kAcknowledged) continue;
      if (history.requests[sim::index_of(event.request)].kind != sim::IoKind::kRead) continue;
      if (event.flags != written)
        return properties::Judgement::violated("a read found something else", event.step);
      exercised = true;
    }
    return exercised ? properties::Judgement::holds() : properties::Judgement::not_exercised();
  }
};

template <class Device>
model::Verdict verdict_of(const std::string& requests) {
  model::CheckOptions options = options_for("fixed", requests);
  options.make_device = [](sim::World& world, sim::BlockDevice& data,
                           sim::BlockDevice&) -> sim::BlockDevice& {
    return world.make<Device>(world, data);
  };
  options.properties = {std::make_shared<ReadsTheWrite>()};
  return model::check(options).verdict;
}

}  // namespace

TEST_CASE("a property sees what was read") {
  CHECK(verdict_of<OneBlockCache<false>>("write 0 4k ; flush") == model::Verdict::kNotExercised);
  CHECK(verdict_of<OneBlockCache<false>>("write 0 4k ; read 0 4k, flush") ==
        model::Verdict::kHolds);
  CHECK(verdict_of<OneBlockCache<true>>("write 0 4k ; flush ; read 0 4k") ==
        model::Verdict::kHolds);
  CHECK(verdict_of<OneBlockCache<true>>("write 0 4k ; read 0 4k, flush") ==
        model::Verdict::kViolated);
}

TEST_CASE("the built-in drivers pass reads on, and log nothing of them") {
  for (const char* driver : {"fixed", "serialized"}) {
    model::CheckOptions options = options_for(driver, "write 0 4k, read 0 4k ; read 0 4k, flush");
    CHECK(model::check(options).verdict == model::Verdict::kHolds);
  }
}

}  // namespace simcheck::test
