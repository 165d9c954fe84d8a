// A driver on two disks in a World that a test drives by hand. Requests are fibers named A, B, ...
// and a schedule is a word over these letters: one letter, one transition.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "drivers/generations.hpp"
#include "sim/sim.hpp"

namespace simcheck::test {

class Rig {
 public:
  using Body = std::function<sim::IoStatus(sim::BlockDevice&)>;
  /// Puts another device on top of the driver.
  using Stack =
      std::function<sim::BlockDevice&(sim::World&, sim::BlockDevice&, sim::Disk&, sim::Disk&)>;

  struct Options {
    drivers::LogWritesOptions driver;
    std::uint64_t data_bytes = sim::Disk::kDefaultBytes;
    std::uint64_t log_bytes = sim::Disk::kDefaultBytes;
    int failing_log_request = 0;  // the n-th, from 1 on, fails with EIO
    Stack stack;
  };

  explicit Rig(std::string_view driver) : Rig(driver, Options{}) {}
  Rig(std::string_view driver, const Options& options);
  ~Rig();
  Rig(const Rig&) = delete;

  // Each adds a fiber: A is the first.
  Rig& write(std::uint64_t offset, std::uint64_t length, unsigned fill = 0xaa, bool fua = false);
  Rig& zeroes(std::uint64_t offset, std::uint64_t length, bool fua = false);
  Rig& discard(std::uint64_t offset, std::uint64_t length);
  Rig& flush();
  Rig& request(Body body);

  /// Runs these transitions; each must be enabled.
  void run(std::string_view schedule);
  /// Runs one fiber until it ends or waits for another.
  void finish(char fiber);
  /// The first enabled fiber runs, until none is: the requests one after the other.
  void finish_all();

  /// What each transition of the schedule touched, in order and without repetition:
  /// "w nr_entries" (r: read, a: add), "w log 1+2" for log sectors 1 and 2. A "-" touched nothing.
  std::vector<std::string> footprints(std::string_view schedule);

  bool enabled(char fiber) const;
  /// "-" until the request has ended, then its status.
  std::string status(char fiber) const;
  /// "A entry 1+8 flags 0", "A data 2+8", in order; submissions and acknowledgements left out.
  std::vector<std::string> placements() const;
  std::vector<std::string> exceptions() const;
  std::vector<std::string> stuck() const;  // "B: log mutex"

  logs::EntryHeader header_at(std::uint64_t sector) const;
  logs::Superblock superblock() const;
  /// True if the log sectors, or the data bytes, hold `fill` throughout.
  bool log_filled(std::uint64_t sector, std::uint64_t count, unsigned fill) const;
  bool data_filled(std::uint64_t offset, std::uint64_t length, unsigned fill) const;

  sim::World world;
  sim::Disk& data;
  sim::Disk& log;

 private:
  std::string describe(const sim::Access& access) const;

  std::uint32_t sector_size_;
  sim::BlockDevice* top_;
  std::map<char, std::string> status_;
};

}  // namespace simcheck::test
