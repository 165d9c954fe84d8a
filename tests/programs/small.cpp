// A main with a driver that is no log writer: 128k large, with its blocks somewhere else on the
// data device, a map on the other one, and a recovery. For the tests of what is taken for granted
// of drivers.
#include <stdexcept>

#include "cli/command.hpp"

namespace simcheck::test {
namespace {

using sim::BlockDevice, sim::IoFlags, sim::IoStatus, sim::Payload;

constexpr std::uint64_t kBytes = 128 << 10, kBlocksAt = 1 << 20, kMapSector = 512;

class Small final : public BlockDevice {
 public:
  Small(sim::World&, BlockDevice& data, BlockDevice& map) : data_(data), map_(map) {}

  IoStatus do_read(std::uint64_t at, std::span<std::byte> to) override {
    return data_.read(kBlocksAt + at, to);
  }
  IoStatus do_write(std::uint64_t at, const Payload& bytes, IoFlags flags) override {
    if (at + bytes.length() > kBytes) return IoStatus::kNoSpace;
    const IoStatus status =
        data_.write(kBlocksAt + at, bytes, {.fua = flags.fua, .label = "block"});
    if (status != IoStatus::kOk) return status;
    return map_.write(0, Payload::filled(std::byte{1}, kMapSector), {.label = "map"});
  }
  IoStatus do_write_zeroes(std::uint64_t at, std::uint64_t bytes, IoFlags flags) override {
    if (at + bytes > kBytes) return IoStatus::kNoSpace;
    return data_.write_zeroes(kBlocksAt + at, bytes, flags);
  }
  IoStatus do_discard(std::uint64_t, std::uint64_t) override { return IoStatus::kOk; }
  IoStatus do_flush() override { return data_.flush(); }
  std::uint64_t size() const override { return kBytes; }

 private:
  BlockDevice &data_, &map_;
};

int run(int argc, char** argv) {
  return cli::run_command(
      argc, argv,
      {.drivers = {cli::driver<Small>("small", "has 128k, and a map")},
       .recoveries = {{"rescan", "does nothing", {.run = [](const sim::RecoveryDevices&) {}}}},
       .default_properties = {"deadlock-free", "terminates", "no-exception"}});
}

}  // namespace
}  // namespace simcheck::test

int main(int argc, char** argv) { return simcheck::test::run(argc, argv); }
