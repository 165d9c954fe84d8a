// A driver, a property and a main of one's own, which inherit the whole command line.
#include "cli/command.hpp"

using namespace simcheck;
using sim::BlockDevice, sim::IoFlags, sim::IoStatus, sim::Payload, properties::Judgement;
using u64 = std::uint64_t;

// Notes every request in a journal before it is carried out. The `hasty` kind reserves a note's
// place only after the note is written, so two requests can take the same one.
template <bool hasty>
struct Journal final : BlockDevice {
  Journal(sim::World& world, BlockDevice& data, BlockDevice& log)
      : dev(data), journal(log), end(world, "journal_end") {}
  void add() {
    const u64 place = hasty ? end.load() : end.fetch_add(512);
    journal.write(place, Payload::filled(std::byte{1}, 512), {.label = "note"});  // yields
    if (hasty) end = place + 512;
  }
  IoStatus do_read(u64 a, std::span<std::byte> to) override { return dev.read(a, to); }
  IoStatus do_write(u64 a, const Payload& b, IoFlags) override { return add(), dev.write(a, b); }
  IoStatus do_write_zeroes(u64 a, u64 n, IoFlags) override { return add(), dev.write_zeroes(a, n); }
  IoStatus do_discard(u64 a, u64 n) override { return add(), dev.discard(a, n); }
  IoStatus do_flush() override { return add(), dev.flush(); }
  u64 size() const override { return dev.size(); }
  BlockDevice &dev, &journal;
  sim::Shared<u64> end;  // what requests share is a Shared: the checker sees every access
};

struct AllNoted final : properties::Property {
  std::string_view name() const override { return "all-noted"; }
  std::string_view summary() const override { return "every request has a note of its own"; }
  Judgement judge(const properties::Evidence& history) const override {
    for (u64 i = 0; i < history.requests.size(); ++i)
      if (sim::is_filled(*history.log, i * 512, 512, std::byte{0}))
        return Judgement::violated("a request has no note", history.steps);
    return Judgement::holds();
  }
};

int main(int argc, char** argv) {
  return cli::run_command(
      argc, argv,
      {.drivers = {cli::driver<Journal<true>>("hasty", "reserves a note's place too late"),
                   cli::driver<Journal<false>>("careful", "reserves it before it yields")},
       .properties = {cli::property<AllNoted>()},
       .default_properties = {"all-noted", "deadlock-free", "no-exception"}});
}
