// What a cut left is judged along with the events before it: of two cuts that leave the same disks,
// none is taken for the other unless no property could tell them apart by what it names.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <utility>

#include "sim/sim.hpp"
#include "tests/model/drivers_under_check.hpp"
#include "tests/model/forwarder.hpp"

namespace simcheck::test {
namespace {

using model::StrategyKind;
using properties::Judgement;
using sim::DeviceRole;
using sim::DiskMoment;
using sim::EventKind;
using sim::IoStatus;

constexpr std::uint32_t kLogEffects =
    bit_of_log(DiskMoment::kHeadEffect) | bit_of_log(DiskMoment::kBodyEffect);

// Says too late where its entry is.
struct SaysLate final : Forwarder {
  using Forwarder::Forwarder;
  IoStatus do_write(std::uint64_t, const sim::Payload& bytes, sim::IoFlags) override {
    const IoStatus status = log.write(512, bytes);
    world.emit({.kind = EventKind::kEntryPlaced, .sector = 1, .nr_sectors = 1});
    world.yield();
    return status;
  }
};

// Both writes are there before the first of them, by arrival, is acknowledged; then the other is.
struct InTurn final : Forwarder {
  InTurn(sim::World& in, sim::BlockDevice& data_device, sim::BlockDevice& log_device)
      : Forwarder(in, data_device, log_device),
        arrived(in, "arrived"),
        written(in, "written"),
        first_done(in, "first_done"),
        changed(in, "changed") {}
  IoStatus do_write(std::uint64_t at, const sim::Payload& bytes, sim::IoFlags flags) override {
    const int ticket = arrived.fetch_add(1);
    const IoStatus status = Forwarder::do_write(at, bytes, flags);
    ++written;
    changed.wake_all();
    while (written.load() < 2 || (ticket == 1 && first_done.load() == 0)) changed.wait();
    if (ticket == 0) first_done.store(1);
    changed.wake_all();
    return status;
  }
  sim::Shared<int> arrived, written, first_done;
  sim::WaitQueue changed;
};

// Broken by a cut behind which `is_wrong`.
class Judge final : public properties::Property {
 public:
  Judge(std::uint32_t cut, std::function<bool(const sim::History&)> is_wrong,
        std::span<const properties::Order> orders = {})
      : cut_(cut), is_wrong_(std::move(is_wrong)), orders_(orders) {}

  std::string_view name() const override { return "judge"; }
  std::string_view summary() const override { return "looks at what came before a cut"; }
  properties::Observes observes() const override { return {.orders = orders_, .cut = cut_}; }
  Judgement judge(const properties::Evidence&) const override { return Judgement::not_exercised(); }
  Judgement judge_crash(const sim::History& left) const override {
    return is_wrong_(left) ? Judgement::violated("wrong", left.steps - 1) : Judgement::holds();
  }

 private:
  std::uint32_t cut_;
  std::function<bool(const sim::History&)> is_wrong_;
  std::span<const properties::Order> orders_;
};

std::size_t count(const sim::History& history, EventKind kind) {
  return static_cast<std::size_t>(std::ranges::count(history.events, kind, &sim::Event::kind));
}

bool is_in_log(const sim::History& left) {
  return !sim::is_filled(*left.log, 512, 512, std::byte{0});
}

void check_violated(model::CheckOptions options, std::shared_ptr<const Judge> judge) {
  options.properties = {std::move(judge)};
  options.power_cut.emplace();
  for (const StrategyKind strategy : {StrategyKind::kDfs, StrategyKind::kDpor}) {
    options.strategy = strategy;
    CHECK(check(options).verdict == model::Verdict::kViolated);
  }
}

}  // namespace

TEST_CASE("an event that is named, before and behind which the disks hold the same") {
  model::CheckOptions options = options_for("fixed", "write 0 512");
  options.make_device = make<SaysLate>;
  check_violated(options, std::make_shared<Judge>(
                              bit_of(EventKind::kEntryPlaced) | kLogEffects, [](const auto& left) {
                                return is_in_log(left) && count(left, EventKind::kEntryPlaced) == 0;
                              }));
}

TEST_CASE("a stage is submitted behind the last acknowledgement of the one before") {
  model::CheckOptions options = options_for("fixed", "write 0 512 ; read 0 512");
  options.make_device = make<SaysLate>;
  check_violated(options, std::make_shared<Judge>(
                              bit_of(EventKind::kSubmitted) | kLogEffects, [](const auto& left) {
                                return is_in_log(left) && count(left, EventKind::kSubmitted) < 2;
                              }));
}

// An order makes submissions count, too; whose they are must not cancel out against whose the
// acknowledgements are.
TEST_CASE("which request was acknowledged is told apart, where submissions count along with it") {
  static constexpr properties::Order kOrders[] = {
      {.reads = bit_of(EventKind::kEntryPlaced), .writes = bit_of(EventKind::kSubmitted)}};
  model::CheckOptions options = options_for("fixed", "3*write");
  options.make_device = make<Forwarder>;
  for (const std::uint32_t alone : {0U, 1U, 2U}) {
    CAPTURE(alone);
    const auto only_that = [alone](const sim::History& left) {
      const auto first =
          std::ranges::find(left.events, EventKind::kAcknowledged, &sim::Event::kind);
      return count(left, EventKind::kAcknowledged) == 1 && sim::index_of(first->request) == alone;
    };
    check_violated(options, std::make_shared<Judge>(bit_of(EventKind::kAcknowledged) | kLogEffects,
                                                    only_that, kOrders));
  }
}

TEST_CASE("behind a filter, requests are told apart by what they are, not by when they arrive") {
  model::CheckOptions options = options_for("fixed", "write 0 512, write 8k 512");
  options.make_device = make<InTurn>;
  options.make_filter = [](sim::World&, sim::BlockDevice& driver, sim::BlockDevice&,
                           sim::BlockDevice&) -> sim::BlockDevice& { return driver; };
  for (const std::uint64_t wrong : {0U, 8192U}) {
    CAPTURE(wrong);
    const auto only_that = [wrong](const sim::History& left) {
      const auto acknowledged =
          std::ranges::find(left.events, EventKind::kAcknowledged, &sim::Event::kind);
      return count(left, EventKind::kAcknowledged) == 1 &&
             left.requests[sim::index_of(acknowledged->request)].offset == wrong;
    };
    check_violated(options,
                   std::make_shared<Judge>(bit_of(EventKind::kAcknowledged) |
                                               bit_of(DeviceRole::kData, DiskMoment::kBodyEffect),
                                           only_that));
  }
}

}  // namespace simcheck::test
