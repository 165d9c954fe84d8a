// What a power cut leaves, judged by a property of one's own: `power_cut --faults cut`.
#include "cli/command.hpp"

using namespace simcheck;
using properties::Judgement;
using sim::BlockDevice, sim::DeviceRole, sim::DiskMoment, sim::IoFlags, sim::IoKind, sim::IoStatus;
using u64 = std::uint64_t;

// Hands every request on. The `lazy` kind acknowledges flushes without doing them.
template <bool lazy>
struct Forwarder final : BlockDevice {
  Forwarder(sim::World&, BlockDevice& data, BlockDevice&) : dev(data) {}
  IoStatus do_read(u64 a, std::span<std::byte> to) override { return dev.read(a, to); }
  IoStatus do_write(u64 a, const sim::Payload& b, IoFlags f) override { return dev.write(a, b, f); }
  IoStatus do_write_zeroes(u64 a, u64 n, IoFlags f) override { return dev.write_zeroes(a, n, f); }
  IoStatus do_discard(u64 a, u64 n) override { return dev.discard(a, n); }
  IoStatus do_flush() override { return lazy ? IoStatus::kOk : dev.flush(); }
  u64 size() const override { return dev.size(); }
  BlockDevice& dev;
};

struct FlushedSurvives final : properties::Property {
  std::string_view name() const override { return "flushed-survives"; }
  std::string_view summary() const override { return "a power cut takes nothing that was flushed"; }

  // The cut is tried around what changes the promise (acknowledgements) or what is found.
  properties::Observes observes() const override {
    constexpr std::uint32_t kCut = bit_of(sim::EventKind::kAcknowledged) |
                                   bit_of(DeviceRole::kData, DiskMoment::kBodyEffect) |
                                   bit_of(DeviceRole::kData, DiskMoment::kFlushCompleted);
    return {.orders = properties::kWhoIsInFlight, .cut = kCut};
  }

  // Without a cut, there is nothing to judge.
  Judgement judge(const properties::Evidence&) const override { return Judgement::not_exercised(); }

  // `left.data` is one content that the cut may leave; requests must not overlap.
  Judgement judge_crash(const sim::History& left) const override {
    const properties::Journal journal(left);
    Judgement judgement = Judgement::not_exercised();
    for (u64 f = 0; f < left.requests.size(); ++f) {
      if (left.requests[f].kind != IoKind::kFlush || !journal.lives[f].ok) continue;
      for (u64 w = 0; w < left.requests.size(); ++w) {
        const sim::RequestInfo& write = left.requests[w];
        if (write.kind != IoKind::kWrite || !journal.lives[w].ok) continue;
        if (journal.lives[w].acknowledged > journal.lives[f].submitted) continue;
        if (!sim::is_filled(*left.data, write.offset, write.length, write.fill))
          return Judgement::violated("a write that was flushed is gone", left.steps - 1);
        judgement = Judgement::holds();
      }
    }
    return judgement;
  }
};

int main(int argc, char** argv) {
  return cli::run_command(
      argc, argv,
      {.drivers = {cli::driver<Forwarder<true>>("lazy", "acknowledges flushes without doing them"),
                   cli::driver<Forwarder<false>>("eager", "hands every request on")},
       .properties = {cli::property<FlushedSurvives>()},
       .default_properties = {"flushed-survives", "deadlock-free", "no-exception"}});
}
