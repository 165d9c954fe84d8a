#include "tests/drivers/rig.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>

#include "tests/drivers/failing_device.hpp"

namespace simcheck::test {
namespace {

using sim::IoStatus;

sim::FiberId fiber_of(char letter) {
  return sim::FiberId{static_cast<std::uint32_t>(letter - 'A')};
}

sim::BlockDevice& make_driver(std::string_view name, sim::World& world, sim::BlockDevice& data,
                              sim::BlockDevice& log, const drivers::LogWritesOptions& options) {
  const auto all = drivers::all_drivers();
  const auto info = std::ranges::find(all, name, &drivers::DriverInfo::name);
  REQUIRE(info != all.end());
  return info->make(world, data, log, options);
}

char letter_of(sim::AccessMode mode) {
  return mode == sim::AccessMode::kRead ? 'r' : mode == sim::AccessMode::kAdd ? 'a' : 'w';
}

}  // namespace

Rig::Rig(std::string_view driver, const Options& options)
    : data(world.make<sim::Disk>(world, "data", options.data_bytes)),
      log(world.make<sim::Disk>(world, "log", options.log_bytes)),
      sector_size_(options.driver.sector_size),
      top_(&make_driver(driver, world, data,
                        world.make<FailingDevice>(log, options.failing_log_request),
                        options.driver)) {
  if (options.stack) top_ = &options.stack(world, *top_, data, log);
}

Rig::~Rig() { world.cancel(); }

Rig& Rig::request(Body body) {
  const auto index = static_cast<std::uint32_t>(world.fiber_count());
  const char letter = static_cast<char>('A' + index);
  status_[letter] = "-";
  world.spawn(std::string(1, letter),
              [this, letter, body = std::move(body)] { status_[letter] = to_string(body(*top_)); },
              {.request = sim::RequestId{index}});
  return *this;
}

Rig& Rig::write(std::uint64_t offset, std::uint64_t length, unsigned fill, bool fua) {
  return request([=](sim::BlockDevice& device) {
    return device.write(offset, sim::Payload::filled(std::byte(fill), length), {.fua = fua});
  });
}

Rig& Rig::zeroes(std::uint64_t offset, std::uint64_t length, bool fua) {
  return request(
      [=](sim::BlockDevice& device) { return device.write_zeroes(offset, length, {.fua = fua}); });
}

Rig& Rig::discard(std::uint64_t offset, std::uint64_t length) {
  return request([=](sim::BlockDevice& device) { return device.discard(offset, length); });
}

Rig& Rig::flush() {
  return request([](sim::BlockDevice& device) { return device.flush(); });
}

void Rig::run(std::string_view schedule) {
  for (const char letter : schedule) {
    REQUIRE_MESSAGE(enabled(letter), "the schedule names a fiber that cannot run");
    world.run(fiber_of(letter));
  }
}

void Rig::finish(char fiber) {
  while (enabled(fiber)) world.run(fiber_of(fiber));
}

void Rig::finish_all() {
  while (const sim::FiberSet enabled = world.enabled()) {
    world.run(sim::FiberId{static_cast<std::uint32_t>(std::countr_zero(enabled))});
  }
}

std::vector<std::string> Rig::footprints(std::string_view schedule) {
  std::vector<std::string> result;
  for (const char letter : schedule) {
    run(std::string_view(&letter, 1));
    std::string text;
    for (const sim::Access& access : world.footprint()) {
      if (!text.empty()) text += ", ";
      text += describe(access);
    }
    result.push_back(text.empty() ? "-" : text);
  }
  return result;
}

std::string Rig::describe(const sim::Access& access) const {
  std::string text = fmt::format("{} {}", letter_of(access.mode), world.object_name(access.object));
  if (access.end == UINT64_MAX) return text;
  return fmt::format("{} {}+{}", text, access.begin / sector_size_,
                     (access.end - access.begin) / sector_size_);
}

bool Rig::enabled(char fiber) const { return (world.enabled() & bit_of(fiber_of(fiber))) != 0; }

std::string Rig::status(char fiber) const { return status_.at(fiber); }

std::vector<std::string> Rig::placements() const {
  std::vector<std::string> result;
  for (const sim::Event& event : world.history().events) {
    const char letter = static_cast<char>('A' + index_of(event.request));
    if (event.kind == sim::EventKind::kEntryPlaced) {
      result.push_back(fmt::format("{} entry {}+{} flags {}", letter, event.sector,
                                   event.nr_sectors, event.flags));
    } else if (event.kind == sim::EventKind::kDataPlaced) {
      result.push_back(fmt::format("{} data {}+{}", letter, event.sector, event.nr_sectors));
    }
  }
  return result;
}

std::vector<std::string> Rig::exceptions() const {
  const auto texts = world.history().exceptions;
  return {texts.begin(), texts.end()};
}

std::vector<std::string> Rig::stuck() const {
  std::vector<std::string> result;
  for (const sim::StuckFiber& stuck : world.stuck_fibers()) {
    result.push_back(stuck.fiber + ": " + stuck.waits_for);
  }
  return result;
}

logs::EntryHeader Rig::header_at(std::uint64_t sector) const {
  std::array<std::byte, logs::kEntryHeaderBytes> bytes;
  sim::read_content(log, sector * sector_size_, bytes);
  return logs::decode_entry(bytes);
}

logs::Superblock Rig::superblock() const {
  std::array<std::byte, logs::kSuperblockBytes> bytes;
  sim::read_content(log, 0, bytes);
  return logs::decode_superblock(bytes);
}

bool Rig::log_filled(std::uint64_t sector, std::uint64_t count, unsigned fill) const {
  return sim::is_filled(log, sector * sector_size_, count * sector_size_, std::byte(fill));
}

bool Rig::data_filled(std::uint64_t offset, std::uint64_t length, unsigned fill) const {
  return sim::is_filled(data, offset, length, std::byte(fill));
}

}  // namespace simcheck::test
